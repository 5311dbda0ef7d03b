"""What a programme sees: only what workspaces hand up, read through a role that has no way to anything else.

The role is vitaal_programme. It reads `oversight`, and of that only what is handed up to whom the context's
person works for; it has no access to the schema `app`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, literal, select, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by

from vitaal.kernel.db import db
from vitaal.workspaces.models import Municipality, Programme, ProgrammeStaff, Progress

PAGE = 400


@dataclass(frozen=True)
class Overseen:
    """A programme, and the person who works for it and looks."""

    id: UUID
    slug: str
    name: str
    staff_id: UUID


@dataclass(frozen=True)
class Locality:
    """What one workspace handed up."""

    id: UUID
    name: str
    municipalities: str
    founded_on: date
    invited: int
    accepted: int
    first_session_on: date | None


@dataclass(frozen=True)
class Counts:
    """How many localities there are, and in how many a first session was held."""

    localities: int
    met: int


def overseen_by(programme_slug: str, person_id: UUID) -> Overseen | None:
    """The programme at this address, when the person works for it; None otherwise."""
    asked = (
        select(Programme.id, Programme.slug, Programme.name, ProgrammeStaff.person_id.label("staff_id"))
        .join(ProgrammeStaff, ProgrammeStaff.programme_id == Programme.id)
        .where(Programme.slug == programme_slug, ProgrammeStaff.person_id == person_id)
    )
    with reading() as connection:
        found = connection.execute(asked).one_or_none()
    return Overseen(*found) if found else None


def counts(programme: Overseen) -> Counts:
    """How many localities handed something up to this programme."""
    mine = Progress.programme_id == programme.id
    asked = select(
        func.count(Progress.workspace_id.distinct()),
        func.count(Progress.workspace_id.distinct()).filter(Progress.first_session_on.is_not(None)),
    ).where(mine)
    with reading() as connection:
        return Counts(*connection.execute(asked).one())


def localities(programme: Overseen, after: tuple[str, UUID] | None = None) -> Sequence[Locality]:
    """A page of localities by name, after the one with this name (in lower case) and id."""
    name = func.lower(Progress.workspace_name)
    places = func.string_agg(Municipality.name, aggregate_order_by(literal(", "), Municipality.name))
    asked = (
        select(
            Progress.workspace_id,
            Progress.workspace_name,
            places,
            func.min(Progress.founded_on),
            func.max(Progress.invited),
            func.max(Progress.accepted),
            func.min(Progress.first_session_on),
        )
        .join(Municipality, Municipality.code == Progress.municipality_code)
        .where(Progress.programme_id == programme.id)
        .group_by(Progress.workspace_id, Progress.workspace_name)
        .order_by(name, Progress.workspace_id)
        .limit(PAGE)
    )
    if after:
        asked = asked.where(tuple_(name, Progress.workspace_id) > tuple_(*after))
    with reading() as connection:
        return [Locality(*row) for row in connection.execute(asked)]


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection as vitaal_programme, in the context of who looks."""
    with db.engines["programme"].begin() as connection:
        yield connection
