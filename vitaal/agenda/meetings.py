"""From a plan to people who know where and when: asking, answering, moving and calling off a meeting.

Who is asked becomes a list of members when it is sent; who joins a circle later is asked when it is sent again.
Each is told in a letter of their own, which a worker writes as its reader.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from vitaal.agenda.models import (
    Answer,
    Attendance,
    GroupMember,
    Invitee,
    Meeting,
    MeetingAction,
    Point,
    WorkingGroup,
)
from vitaal.decisions.models import Agreement, Decision
from vitaal.kernel import clock, web
from vitaal.kernel.db import db
from vitaal.kernel.promises import promise_each
from vitaal.workspaces.memberships import acting_for
from vitaal.workspaces.models import Circle, Membership, Role

INVITE = "agenda.invite"


class NotAsked(RuntimeError):
    """Who is not asked can't be answered for by someone else."""


class InUse(RuntimeError):
    """People were told of this meeting, or something came of it, so it stays."""


def send(meeting: Meeting, *, by: Membership) -> Sequence[Membership]:
    """Ask everyone who is meant and was not asked yet; returns them. The first time, that is news."""
    meeting.announce(by=by)
    new = newcomers(meeting)
    _ask(meeting, new)
    return new


def ask(meeting: Meeting, member: Membership, *, by: Membership) -> None:
    """Ask one member, beside whom was meant."""
    meeting.announce(by=by)
    _ask(meeting, [member])


def newcomers(meeting: Meeting) -> Sequence[Membership]:
    """Who is meant by whom the meeting asks, and was not asked yet."""
    asked = select(Invitee.member_id).where(Invitee.meeting_id == meeting.id)
    return db.session.scalars(
        select(Membership)
        .where(Membership.left_at.is_(None), or_(*_meant(meeting.asks)), Membership.id.not_in(asked))
        .order_by(Membership.name)
    ).all()


def change(meeting: Meeting, *, by: Membership, version: int, **wanted: Any) -> list[str]:
    """Change a meeting; who was asked hears it when their calendar shows something else now.

    Returns the names of what became different. Raises ChangedMeanwhile.
    """
    before = meeting.sequence
    changed = meeting.change(by=by, version=version, **wanted)
    if meeting.sequence != before:
        _write_to_all(meeting)
    return changed


def call_off(meeting: Meeting, reason: str, *, by: Membership) -> None:
    """It will not take place; who was asked hears it."""
    if meeting.cancel(reason, by=by):
        _write_to_all(meeting)


def revive(meeting: Meeting, *, by: Membership) -> None:
    """It takes place after all; who was asked hears it."""
    if meeting.revive(by=by):
        _write_to_all(meeting)


def is_only_a_plan(meeting: Meeting) -> bool:
    """Whether nobody was told of it and nothing came of it: no note, decision, agreement, action, or who was there."""
    if meeting.sent_at:
        return False
    points = select(Point.id).where(Point.meeting_id == meeting.id, Point.note != "")
    others = [
        select(each.workspace_id).where(each.meeting_id == meeting.id)
        for each in (Decision, Agreement, MeetingAction, Attendance)
    ]
    return not db.session.scalar(select(or_(*(each.exists() for each in (points, *others)))))


def throw_away(meeting: Meeting) -> None:
    """Let a plan be gone for good, with the points on its agenda; one that is gone already does no harm.

    Raises InUse, also when it came to that while someone was doing this.
    """
    held = select(Meeting).where(Meeting.id == meeting.id).with_for_update()
    if db.session.scalar(held, execution_options={"populate_existing": True}) is None:
        return
    db.session.scalars(select(Point.id).where(Point.meeting_id == meeting.id).with_for_update()).all()
    if not is_only_a_plan(meeting):
        raise InUse(meeting.id)
    db.session.execute(delete(Point).where(Point.meeting_id == meeting.id))
    db.session.delete(meeting)
    db.session.flush()


def answer(meeting: Meeting, member: Membership, said: Answer, *, actor: Membership) -> None:
    """A member says whether they come, themselves or through their helper; they may say something else later.

    Who was not asked and sees the meeting may come too: they get the letter as well. Raises NotAsked, or
    NoLongerAllowed when the actor does not act for the member.
    """
    acting_for(member, actor)
    mine = Invitee.meeting_id == meeting.id, Invitee.member_id == member.id
    values = {"answer": said, "answered_at": clock.now() if said else None}
    known = db.session.scalars(
        update(Invitee)
        .where(*mine)
        .values(**values)
        .returning(Invitee.member_id)
        .execution_options(synchronize_session=False)
    ).all()
    if known:
        return
    if member.id != actor.id:
        raise NotAsked(member.id)
    key = {"workspace_id": meeting.workspace_id, "meeting_id": meeting.id, "member_id": member.id}
    asked = insert(Invitee).values(**key, **values)
    db.session.execute(asked.on_conflict_do_update(index_elements=list(key), set_=values))
    _write_to(meeting, [member.person_id])


def _meant(asks: Iterable[str]) -> list[Any]:
    """The conditions on a member who is meant by any of these; none of them means nobody."""
    arranges = Membership.roles.overlap([Role.LEAD, Role.FACILITATOR])
    conditions: list[Any] = [Membership.id.is_(None)]
    if Circle.INNER in asks:
        conditions += [Membership.circle == Circle.INNER, arranges]
    if Circle.OUTER in asks:
        conditions.append(Membership.circle == Circle.OUTER)
    if groups := [UUID(name) for name in asks if name not in set(Circle)]:
        conditions += [
            Membership.id.in_(select(GroupMember.member_id).where(GroupMember.group_id.in_(groups))),
            Membership.id.in_(select(WorkingGroup.lead_id).where(WorkingGroup.id.in_(groups))),
        ]
    return conditions


def _ask(meeting: Meeting, members: Sequence[Membership]) -> None:
    rows = [
        {
            "workspace_id": meeting.workspace_id,
            "meeting_id": meeting.id,
            "member_id": member.id,
            "invited_at": clock.now(),
        }
        for member in members
    ]
    if rows:
        db.session.execute(insert(Invitee).on_conflict_do_nothing(), rows)
    _write_to(meeting, [member.person_id for member in members])


def _write_to_all(meeting: Meeting) -> None:
    people = (
        select(Membership.person_id)
        .join(Invitee, Invitee.member_id == Membership.id)
        .where(Invitee.meeting_id == meeting.id, Membership.left_at.is_(None))
    )
    _write_to(meeting, db.session.scalars(people).all())


def _write_to(meeting: Meeting, person_ids: Iterable[UUID | None]) -> None:
    """Promise a letter to each who has an account, unless it is too late to come."""
    people = [person_id for person_id in person_ids if person_id]
    if people and not meeting.is_over:
        promise_each(INVITE, meeting.id, people, due_at=clock.now())
        web.promise()
