"""Where a decision or an agreement comes from: a meeting, an action, a working group, a proposal, or the whole group.

The features that have those say where they are (`vitaal/activity/topics.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation
from sqlalchemy.exc import IntegrityError

from vitaal.activity.topics import Whereabouts, whereabouts
from vitaal.decisions.models import Agreement, CameFrom, Decision
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle

DECISION = "besluit"


class Gone(RuntimeError):
    """What something was about is no longer there."""


class Source(StrEnum):
    """What a group can decide something about; the value is its kind of topic."""

    MEETING = "meeting"
    ACTION = "action"
    GROUP = "working_group"
    PROPOSAL = "proposal"


COLUMNS = {
    Source.MEETING: "meeting_id",
    Source.ACTION: "action_id",
    Source.GROUP: "group_id",
    Source.PROPOSAL: "proposal_id",
}
IN_ADDRESS = {
    "bijeenkomst": Source.MEETING,
    "actie": Source.ACTION,
    "werkgroep": Source.GROUP,
    "voorstel": Source.PROPOSAL,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something comes from: the columns that say so, the outermost circle that may know, and its page.

    Without any it is of the group as a whole.
    """

    columns: Mapping[str, UUID] = field(default_factory=dict)
    circle: str = Circle.OUTER
    source: Source | None = None
    where: Whereabouts | None = None

    def within(self, circle: str) -> Circle:
        """This circle, or the one in which it stays: never wider than where it comes from."""
        return Circle.INNER if Circle.INNER in {circle, self.circle} else Circle.OUTER


def about(source: Source, row_id: UUID) -> str:
    """How an address names where something comes from: `actie:<id>`."""
    word = next(word for word, known in IN_ADDRESS.items() if known == source)
    return f"{word}:{row_id}"


def named(typed: str) -> tuple[Source, UUID] | None:
    """What an address names so; None for what makes no sense."""
    word, _mark, row_id = typed.partition(":")
    try:
        return IN_ADDRESS[word], UUID(row_id)
    except (KeyError, ValueError):
        return None


def origin_at(typed: str | None) -> Origin | None:
    """The origin that an address names, or the group as a whole when it names none.

    None for what makes no sense, what is gone, and what the reader may not see. At most one statement.
    """
    if not typed:
        return Origin()
    found = named(typed)
    where = found and whereabouts({found}).get(found)
    if not found or not where:
        return None
    source, row_id = found
    return Origin({COLUMNS[source]: row_id}, where.circle, source, where)


def origin_with_decision(typed: str | None) -> Origin | None:
    """The same, where an address may also name a decision that is agreed on: `besluit:<id>`. At most one statement."""
    word, _mark, row_id = (typed or "").partition(":")
    if word != DECISION:
        return origin_at(typed)
    try:
        decision = here(Decision, UUID(row_id))
    except ValueError:
        return None
    return origin_in(decision) if decision else None


def origin_in(decision: Decision) -> Origin:
    """A decision as the origin of an agreement: from where the decision came, for whom it was written."""
    columns = {name: row_id for name, row_id in columns_of(decision).items() if row_id}
    where = Whereabouts(
        decision.text, "decisions.show_decision", {"decision_id": decision.id}, decision.circle
    )
    return Origin({**columns, "decision_id": decision.id}, decision.circle, None, where)


def columns_of(row: CameFrom) -> dict[str, UUID | None]:
    """The columns of a row that say where it came from."""
    return {name: getattr(row, name) for name in (*COLUMNS.values(), "point_id")}


def source_of(row: Any) -> tuple[Source, UUID] | None:
    """From what a decision, an agreement or a line of the register came; None for the group as a whole."""
    for source, column in COLUMNS.items():
        if row_id := getattr(row, column):
            return source, row_id
    return None


def place_of(row: CameFrom) -> Whereabouts | None:
    """The page of what a row came from, when the reader may see it. At most one statement."""
    found = source_of(row)
    return whereabouts({found}).get(found) if found else None


def write(row: Decision | Agreement) -> None:
    """Write a row down. Raises Gone when what it came from was thrown away at this very moment."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        if not isinstance(error.orig, ForeignKeyViolation):
            raise
        raise Gone(row.id) from error
