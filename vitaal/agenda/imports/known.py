"""What the lines of a file are compared with: the people, organisations, groups, goals and actions that are there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.agenda.choices import Choice, choices
from vitaal.agenda.columns import plain
from vitaal.agenda.imports.values import Wrong
from vitaal.agenda.models import Action, Status
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership


@dataclass(frozen=True, slots=True)
class Known:
    """Everything by its plain name. Members by their whole name, with their organisation, and by their first name."""

    members: Mapping[str, set[UUID]]
    first_names: Mapping[str, set[UUID]]
    insiders: set[UUID]
    partners: Mapping[str, UUID]
    groups: Mapping[str, UUID]
    goals: Mapping[str, UUID]
    open_actions: Mapping[str, int]

    def member(self, name: str) -> UUID:
        """The member whom a name means. Raises Wrong when nobody is called so, or more than one."""
        called = plain(name)
        meant = self.members.get(called) or self.first_names.get(called) or set()
        if len(meant) != 1:
            raise Wrong("ambiguous" if meant else "unknown_member", name)
        return next(iter(meant))


def known() -> Known:
    """Look everything up, in three statements."""
    found = choices()
    live = select(Membership).where(Membership.left_at.is_(None)).options(joinedload(Membership.partner))
    members, first_names = defaultdict(set), defaultdict(set)
    insiders = set()
    for member in db.session.scalars(live):
        for name in (member.name, f"{member.name} {member.partner.name}"):
            members[plain(name)].add(member.id)
        first_names[plain(member.name.split()[0])].add(member.id)
        insiders |= {member.id} if member.is_inside else set()
    is_open = Action.status.not_in([status for status in Status if not status.is_open])
    titles = db.session.execute(
        select(Action.title, Action.number).where(*ON_THE_AGENDA, is_open).order_by(Action.number.desc())
    )
    return Known(
        members,
        first_names,
        insiders,
        _by_name(found.partners),
        _by_name(found.groups),
        _by_name(found.goals),
        {same(title): number for title, number in titles},
    )


def same(title: str) -> str:
    """What two titles have in common that people take for the same."""
    return " ".join(title.casefold().split())


def _by_name(found: Iterable[Choice]) -> dict[str, UUID]:
    return {plain(choice.name): choice.id for choice in reversed(list(found))}
