"""What the officer's pages ask: how far coalitions are, which drafts there are, and the municipalities' names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from slugify import slugify
from sqlalchemy import select

from vitaal.kernel.db import db
from vitaal.onboarding.models import CoalitionDraft
from vitaal.workspaces.models import Municipality, Progress

_ALSO_CALLED = {"den-haag": "s-gravenhage", "den-bosch": "s-hertogenbosch"}


@dataclass(frozen=True)
class HandedUp:
    """How far one coalition is: all that a municipality sees of it."""

    name: str
    invited: int
    accepted: int
    first_session_on: date | None
    founded_on: date


@dataclass(frozen=True)
class Names:
    """The municipalities by name: to choose from, and to find a code by what was typed."""

    by_code: Mapping[str, str]

    def code_of(self, typed: str) -> str | None:
        """The CBS code of a municipality, however its name was capitalised or accented; None when unknown."""
        wanted = slugify(typed)
        wanted = _ALSO_CALLED.get(wanted, wanted)
        return next((code for code, name in self.by_code.items() if slugify(name) == wanted), None)


def coalitions_in(municipality_code: str) -> Sequence[HandedUp]:
    """What the coalitions in a municipality handed up, the newest first.

    Read as vitaal_programme, which has no way into a workspace.
    """
    newest_first = (
        select(
            Progress.workspace_name,
            Progress.invited,
            Progress.accepted,
            Progress.first_session_on,
            Progress.founded_on,
        )
        .where(Progress.municipality_code == municipality_code)
        .order_by(Progress.founded_on.desc(), Progress.workspace_id.desc())
    )
    with db.engines["programme"].connect() as connection:
        return [HandedUp(*row) for row in connection.execute(newest_first)]


def drafts_for(municipality_code: str, officer_id: UUID) -> Sequence[CoalitionDraft]:
    """What an officer is preparing for a municipality, the last changed first."""
    return db.session.scalars(
        select(CoalitionDraft)
        .where(
            CoalitionDraft.municipality_code == municipality_code,
            CoalitionDraft.officer_id == officer_id,
            CoalitionDraft.founded_slug.is_(None),
        )
        .order_by(CoalitionDraft.changed_at.desc(), CoalitionDraft.id)
    ).all()


@cache
def names_of_municipalities() -> Names:
    """Every municipality by its CBS code, in the order of their names.

    Asked once in the life of a process: only a migration changes them.
    """
    rows = db.session.execute(select(Municipality.code, Municipality.name).order_by(Municipality.name)).all()
    return Names({row.code: row.name for row in rows})
