"""The register: decisions and agreements in one list, as far as the reader may see them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Text,
    Uuid,
    and_,
    cast,
    extract,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from vitaal.activity.topics import Whereabouts, whereabouts
from vitaal.decisions.filters import Filter, Kind, State
from vitaal.decisions.models import Agreement, AgreementCheck, Decision
from vitaal.decisions.origins import COLUMNS, Source, source_of
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.searching import holds
from vitaal.workspaces.models import Membership

PAGE = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision or an agreement as it stands in the register. `owner` is None where the reader does not see them."""

    kind: str
    id: UUID
    text: str
    day: date
    circle: str
    by_name: str
    how: str | None
    decided_by: str | None
    minority: str | None
    valid_until: date | None
    replaced_by_id: UUID | None
    owner: str | None
    check_on: date | None
    ended_at: datetime | None
    outcome: str | None
    decision_id: UUID | None
    meeting_id: UUID | None
    action_id: UUID | None
    group_id: UUID | None
    proposal_id: UUID | None
    point_id: UUID | None

    @property
    def is_decision(self) -> bool:
        """Whether it is a decision, and no agreement."""
        return self.kind == Kind.DECISIONS

    @property
    def is_over(self) -> bool:
        """Whether it no longer holds: its last day has passed, or it has ended."""
        return bool(self.ended_at or (self.valid_until and self.valid_until < clock.today()))

    @property
    def is_due(self) -> bool:
        """Whether the day has come to look whether it works."""
        return bool(self.check_on and not self.ended_at and self.check_on <= clock.today())

    @property
    def source(self) -> tuple[Source, UUID] | None:
        """From what it came; None for the group as a whole."""
        return source_of(self)


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first, and the id before which the next page begins, when there is one."""

    entries: Sequence[Entry]
    earlier: UUID | None


def page_of_register(found: Filter, before: UUID | None = None, size: int = PAGE) -> Page:
    """The newest that a filter shows, or what comes after the one with the id `before`; an unknown id gives nothing."""
    key = (_ENTRIES.c.day, _ENTRIES.c.id)
    asked = (
        select(*_SHOWN).where(*_wanted(found)).order_by(*(column.desc() for column in key)).limit(size + 1)
    )
    if before is not None:
        last = _ENTRIES.alias()
        day = select(last.c.day).where(last.c.id == before).scalar_subquery()
        asked = asked.where(tuple_(*key) < tuple_(day, literal(before, Uuid)))
    rows = [Entry(*row) for row in db.session.execute(asked)]
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def every_entry(found: Filter) -> Sequence[Entry]:
    """Everything that a filter shows, newest first."""
    asked = select(*_SHOWN).where(*_wanted(found)).order_by(_ENTRIES.c.day.desc(), _ENTRIES.c.id.desc())
    return [Entry(*row) for row in db.session.execute(asked)]


def count(found: Filter) -> int:
    """How many a filter shows."""
    return db.session.scalar(select(func.count()).select_from(_ENTRIES).where(*_wanted(found))) or 0


def years() -> Sequence[int]:
    """The years of which the register holds something, the newest first."""
    year = cast(extract("year", _ENTRIES.c.day), Integer)
    return db.session.scalars(select(year).distinct().order_by(year.desc())).all()


def entries_of(source: Source, row_id: UUID, size: int) -> Page:
    """The newest that came from one meeting, action or working group."""
    return page_of_register(Filter(origin=(source, row_id)), size=size)


def agreements_with(decision: Decision) -> Sequence[Entry]:
    """The agreements that go with a decision, in the order in which they were made."""
    asked = select(*_SHOWN).where(_ENTRIES.c.decision_id == decision.id)
    return [Entry(*row) for row in db.session.execute(asked.order_by(_ENTRIES.c.day, _ENTRIES.c.id))]


def places(entries: Sequence[Entry]) -> Mapping[tuple[str, UUID], Whereabouts]:
    """The pages of what entries came from, as far as the reader may see them. One statement per kind."""
    return whereabouts({entry.source for entry in entries if entry.source})


def _wanted(found: Filter) -> Iterator[ColumnElement[bool]]:
    entry = _ENTRIES.c
    if found.words:
        yield holds(entry.search, found.words)
    for column, value in ((entry.kind, found.kind), (entry.how, found.how)):
        if value:
            yield column == value
    if found.state:
        yield _STATES[found.state]()
    if found.source:
        yield entry[COLUMNS[found.source]].is_not(None)
    if found.origin:
        source, row_id = found.origin
        yield entry[COLUMNS[source]] == row_id
    if found.year:
        yield entry.day.between(date(found.year, 1, 1), date(found.year, 12, 31))


def _is_over() -> ColumnElement[bool]:
    entry = _ENTRIES.c
    return or_(entry.ended_at.is_not(None), func.coalesce(entry.valid_until < clock.today(), False))


def _is_replaced() -> ColumnElement[bool]:
    replaced: ColumnElement[bool] = _ENTRIES.c.replaced_by_id.is_not(None)
    return replaced


_STATES: dict[State, Callable[[], ColumnElement[bool]]] = {
    State.HOLDS: lambda: and_(~_is_over(), ~_is_replaced()),
    State.REPLACED: _is_replaced,
    State.OVER: lambda: and_(_is_over(), ~_is_replaced()),
}


def _all_entries() -> Any:
    """Every decision and agreement, with the columns of Entry and what can be searched in."""

    def nothing(kind: Any) -> Any:
        return cast(null(), kind)

    newer, last = aliased(Decision), aliased(AgreementCheck)
    looks_after = and_(Membership.workspace_id == Agreement.workspace_id, Membership.id == Agreement.owner_id)
    replaced_by = select(newer.id).where(
        newer.workspace_id == Decision.workspace_id, newer.replaces_id == Decision.id
    )
    outcome = (
        select(last.outcome)
        .where(last.workspace_id == Agreement.workspace_id, last.agreement_id == Agreement.id)
        .order_by(last.checked_at.desc(), last.id.desc())
        .limit(1)
    )
    decisions = {
        "kind": literal(Kind.DECISIONS, Text), "id": Decision.id, "text": Decision.text, "day": Decision.decided_on,
        "circle": Decision.circle, "by_name": Decision.by_name, "how": Decision.how, "decided_by": Decision.decided_by,
        "minority": Decision.minority, "valid_until": Decision.valid_until,
        "replaced_by_id": replaced_by.scalar_subquery(), "owner": nothing(Text), "check_on": nothing(Date),
        "ended_at": nothing(DateTime(timezone=True)), "outcome": nothing(Text), "decision_id": nothing(Uuid),
    }  # fmt: skip
    agreements = {
        "kind": literal(Kind.AGREEMENTS, Text), "id": Agreement.id, "text": Agreement.text, "day": Agreement.agreed_on,
        "circle": Agreement.circle, "by_name": Agreement.by_name, "how": nothing(Text), "decided_by": nothing(Text),
        "minority": nothing(Text), "valid_until": nothing(Date), "replaced_by_id": nothing(Uuid),
        "owner": Membership.name, "check_on": Agreement.check_on, "ended_at": Agreement.ended_at,
        "outcome": outcome.scalar_subquery(), "decision_id": Agreement.decision_id,
    }  # fmt: skip
    return union_all(
        select(*_labelled(decisions, Decision)),
        select(*_labelled(agreements, Agreement)).outerjoin(Membership, looks_after),
    ).subquery("entry")


def _labelled(columns: Mapping[str, Any], model: Any) -> list[Any]:
    shared = {name: getattr(model, name) for name in (*COLUMNS.values(), "point_id", "search")}
    return [column.label(name) for name, column in {**columns, **shared}.items()]


_ENTRIES = _all_entries()
_SHOWN = [column for column in _ENTRIES.c if column.name != "search"]
