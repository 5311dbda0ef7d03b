"""What bounced mail lets wait: whose mail does not arrive, for who arranges. They can call, which mail can't."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from vitaal.kernel.access import Asker, permits
from vitaal.kernel.db import db
from vitaal.people.models import Person
from vitaal.post.models import UnreachableAddress
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line

_UNREACHABLE = "unreachable"


def lines(member: Membership, workspace: Workspace) -> Iterable[Select[Any]]:
    """Each live member, but not the reader, whose address does not exist."""
    if permits(Asker(None, member, workspace), WorkspacePermission.ARRANGE):
        yield _of_live_members(
            line(
                _UNREACHABLE, since=UnreachableAddress.since_at, thing=Membership.id, title=Person.phone,
                name=Membership.name,
            )
        ).where(Membership.id != member.id)  # fmt: skip


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it; with their number when they gave one."""
    how = _("Bel %(phone)s en vraag naar een adres dat werkt.", phone=waits.title) if waits.title else _(
        "Vraag op een andere manier naar een adres dat werkt."
    )  # fmt: skip
    return Ask(
        "envelope-simple", _("Mail aan %(name)s komt niet aan", name=waits.name), how, _("Bekijk"),
        url("workspaces.show_member", member_id=waits.thing),
    )  # fmt: skip


def out_of_reach(reader: Membership) -> set[UUID]:
    """The members whom mail does not reach, for who arranges; others are not told. One statement, or none."""
    return set(db.session.scalars(_of_live_members(select(Membership.id)))) if reader.arranges else set()


def _of_live_members(question: Select[Any]) -> Select[Any]:
    return (
        question.select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(UnreachableAddress, UnreachableAddress.email == func.lower(Person.email))
        .where(Membership.left_at.is_(None))
    )
