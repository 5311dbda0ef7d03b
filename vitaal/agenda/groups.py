"""Working groups: how they come about, who takes part, and how they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from vitaal.activity.models import record
from vitaal.agenda.models import Action, GroupMember, Status, WorkingGroup
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.versions import revise
from vitaal.workspaces.models import Circle, Membership


@dataclass(frozen=True, slots=True)
class GroupInView:
    """A working group with who leads it, how many take part, and how many actions are open."""

    group: WorkingGroup
    lead: str | None
    members: int
    open_actions: int


def begin(name: str, *, purpose: str, lead: Membership | None, by: Membership) -> WorkingGroup:
    """A new working group; who leads it takes part, and so does who begins it."""
    group = WorkingGroup(id=new_id(), name=name, purpose=purpose, lead_id=lead.id if lead else None)
    db.session.add(group)
    db.session.flush()
    for member in {by, lead} - {None}:
        _take_part(group, member)
    record("began", "working_group", name, by=by, object_id=group.id, circle=Circle.OUTER)
    return group


def change(group: WorkingGroup, version: int, wanted: dict[str, Any], *, by: Membership) -> list[str]:
    """Change the name, purpose or lead. Returns what became different; raises ChangedMeanwhile."""
    changed = revise(group, version, wanted)
    if changed:
        if group.lead_id:
            _take_part(group, here(Membership, group.lead_id))
        record(
            "changed",
            "working_group",
            group.name,
            by=by,
            object_id=group.id,
            circle=Circle.OUTER,
            what=changed,
        )
    return changed


def welcome(group: WorkingGroup, member: Membership, *, by: Membership) -> None:
    """Let someone take part; doing it twice does no harm."""
    if _take_part(group, member):
        record(
            "joined",
            "working_group",
            group.name,
            by=by,
            object_id=group.id,
            circle=Circle.OUTER,
            name=member.open_name,
        )


def let_go(group: WorkingGroup, member: Membership, *, by: Membership) -> None:
    """Someone stops; a lead who stops leaves the group without one for now."""
    mine = (GroupMember.group_id == group.id, GroupMember.member_id == member.id)
    left = db.session.execute(delete(GroupMember).where(*mine).returning(GroupMember.member_id)).all()
    if left and group.lead_id == member.id and by.is_inside:
        group.lead_id = None
        group.version += 1
    if left:
        record(
            "left",
            "working_group",
            group.name,
            by=by,
            object_id=group.id,
            circle=Circle.OUTER,
            name=member.open_name,
        )


def end(group: WorkingGroup, *, by: Membership) -> None:
    """The work is done: the group stays readable, its actions stay on the agenda."""
    if group.ended_at is None:
        group.ended_at = clock.now()
        record("ended", "working_group", group.name, by=by, object_id=group.id, circle=Circle.OUTER)


def group_with(group_id: UUID) -> WorkingGroup | None:
    """The working group with this id; None where there is none."""
    return here(WorkingGroup, group_id)


def groups_in_view() -> list[GroupInView]:
    """All working groups, those that ended last."""
    size = select(func.count()).where(GroupMember.group_id == WorkingGroup.id).scalar_subquery()
    is_open = Action.status.not_in((Status.DONE, Status.STOPPED))
    work = (
        select(func.count())
        .where(Action.group_id == WorkingGroup.id, is_open, *ON_THE_AGENDA)
        .scalar_subquery()
    )
    lead = (
        select(Membership.name)
        .where(Membership.workspace_id == WorkingGroup.workspace_id, Membership.id == WorkingGroup.lead_id)
        .scalar_subquery()
    )
    asked = select(WorkingGroup, lead, size, work).order_by(
        WorkingGroup.ended_at.is_not(None), func.lower(WorkingGroup.name), WorkingGroup.id
    )
    return [GroupInView(*row) for row in db.session.execute(asked)]


def members_of(group: WorkingGroup) -> Sequence[Membership]:
    """Who takes part and is still a member, by name, with their partner."""
    return db.session.scalars(
        select(Membership)
        .join(GroupMember, GroupMember.member_id == Membership.id)
        .where(GroupMember.group_id == group.id, Membership.left_at.is_(None))
        .options(joinedload(Membership.partner))
        .order_by(func.lower(Membership.name), Membership.id)
    ).all()


def _take_part(group: WorkingGroup, member: Membership | None) -> bool:
    if member is None:
        return False
    row = {
        "workspace_id": group.workspace_id,
        "group_id": group.id,
        "member_id": member.id,
        "joined_at": clock.now(),
    }
    added = insert(GroupMember).values(**row).on_conflict_do_nothing().returning(GroupMember.member_id)
    return db.session.execute(added).first() is not None
