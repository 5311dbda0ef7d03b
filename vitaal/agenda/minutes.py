"""Preparing a meeting and taking its minutes: points, who is there, what is decided, what is going to be done.

When the lead says so, the minutes go to everyone who was asked. What is written after that goes as a corrected
version, when the lead says so again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from vitaal.agenda.meeting_queries import points_of
from vitaal.agenda.meeting_record import record_of
from vitaal.agenda.models import (
    Action,
    Attendance,
    Invitee,
    Meeting,
    MeetingAction,
    Point,
    PointKind,
)
from vitaal.decisions import deciding
from vitaal.decisions.models import Decision, How
from vitaal.decisions.origins import Origin
from vitaal.kernel import clock, web
from vitaal.kernel.db import db, new_id, take_turn
from vitaal.kernel.promises import promise_each
from vitaal.workspaces.models import Circle, Membership

SEND_MINUTES = "agenda.send_minutes"


class HasOutcome(RuntimeError):
    """Something was noted, decided or agreed at this point, so it stays."""


def add_points(meeting: Meeting, points: Iterable[dict[str, Any]]) -> Sequence[Point]:
    """Put points at the end of a meeting's agenda, in this order."""
    _hold_order(meeting)
    last = db.session.scalar(select(func.max(Point.position)).where(Point.meeting_id == meeting.id)) or 0
    added = [
        Point(id=new_id(), meeting_id=meeting.id, position=position, **fields)
        for position, fields in enumerate(points, start=last + 1)
    ]
    db.session.add_all(added)
    db.session.flush()
    return added


def from_actions(actions: Iterable[Action]) -> list[dict[str, Any]]:
    """What a point is that is taken from an action."""
    return [{"title": each.title, "kind": PointKind.ACTION, "action_id": each.id} for each in actions]


def from_ingredients(names: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """What a point is that is taken from an ingredient of the method, by its key and name."""
    return [{"title": name, "kind": PointKind.INGREDIENT, "ingredient": key} for key, name in names]


def move(meeting: Meeting, point: Point, *, up: bool) -> None:
    """Let a point change places with the one before it, or after it; at the end it stays where it is."""
    _hold_order(meeting)
    order = list(points_of(meeting))
    here = order.index(point)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    _number(order)


def remove(meeting: Meeting, point: Point) -> None:
    """Take a point off a meeting's agenda; one that is gone already does no harm.

    Raises HasOutcome when something came of it, even while someone was doing this.
    """
    _hold_order(meeting)
    if not _is_held(point):
        return
    if point.note or _came_of(point):
        raise HasOutcome(point.id)
    order = [each for each in points_of(meeting) if each.id != point.id]
    db.session.delete(point)
    db.session.flush()
    _number(order)


def note_attendance(meeting: Meeting, present: Collection[UUID], *, by: Membership) -> None:
    """Write down who of those who were asked was there (by member id); the others were not."""
    asked = db.session.scalars(select(Invitee.member_id).where(Invitee.meeting_id == meeting.id)).all()
    known = select(Attendance.member_id, Attendance.was_there).where(Attendance.meeting_id == meeting.id)
    before = dict(db.session.execute(known).all())
    rows = [
        {
            "workspace_id": meeting.workspace_id, "meeting_id": meeting.id, "member_id": member_id,
            "was_there": member_id in present, "noted_by_id": by.id, "noted_at": clock.now(),
        }
        for member_id in asked
        if before.get(member_id) is not (member_id in present)
    ]  # fmt: skip
    if not rows:
        return
    fresh = insert(Attendance)
    changed = {name: fresh.excluded[name] for name in ("was_there", "noted_by_id", "noted_at")}
    keys = ["workspace_id", "meeting_id", "member_id"]
    db.session.execute(fresh.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def decide(
    meeting: Meeting, point: Point, text: str, *, how: How, on: date, by: Membership, **more: Any
) -> Decision:
    """Write down what was decided at a point; who sees the point may know. Raises Gone when it was removed meanwhile.

    `more` is what else `deciding.decide` takes: who decided, who saw it otherwise, until when it holds.
    """
    columns = {"meeting_id": meeting.id, "point_id": point.id}
    origin = Origin(columns, _known_to(meeting, point))
    return deciding.decide(text, how=how, on=on, by=by, origin=origin, **more)


def agree(meeting: Meeting, point: Point, title: str, *, by: Membership, **fields: Any) -> Action:
    """Put an action on the agenda that was agreed in a meeting, and remember that it came of it."""
    action = Action.add(
        title,
        by=by,
        origin_kind="meeting",
        origin_key=str(meeting.number),
        **fields,
    )
    db.session.add(
        MeetingAction(
            workspace_id=meeting.workspace_id, meeting_id=meeting.id, action_id=action.id,
            point_id=point.id,
        )
    )  # fmt: skip
    db.session.flush()
    return action


def send(meeting: Meeting) -> int:
    """Send the minutes to everyone who was asked and has an account; returns to how many.

    When nothing was written since the last time, nothing is sent.
    """
    db.session.refresh(meeting, with_for_update=True)
    found = record_of(meeting)
    if not found.has_news:
        return 0
    meeting.minutes_revision += 1
    meeting.minutes_sent_at = clock.now()
    members = [guest.invitee.member for guest in found.guests if guest.invitee.member]
    readers = [member.person_id for member in members if member.person_id and not member.left_at]
    promise_each(SEND_MINUTES, meeting.id, readers, due_at=clock.now())
    web.promise()
    db.session.flush()
    return len(readers)


def _hold_order(meeting: Meeting) -> None:
    """Who changes the order of the same meeting at the same moment waits."""
    take_turn(f"points {meeting.id}")


def _is_held(point: Point) -> bool:
    """Whether a point is still there; if so it is as it is now, and nobody notes or decides at it meanwhile."""
    asked = select(Point).where(Point.id == point.id).with_for_update(of=Point)
    return db.session.scalar(asked, execution_options={"populate_existing": True}) is not None


def _number(points: Iterable[Point]) -> None:
    for position, point in enumerate(points, start=1):
        point.position = position
    db.session.flush()


def _came_of(point: Point) -> bool:
    decided = select(Decision.id).where(Decision.point_id == point.id)
    agreed = select(MeetingAction.action_id).where(MeetingAction.point_id == point.id)
    return bool(db.session.scalar(select(decided.exists() | agreed.exists())))


def _known_to(meeting: Meeting, point: Point) -> Circle:
    """Who may know of what was decided at a point: who sees the meeting, and the action that it was taken from."""
    circle = db.session.scalar(select(Action.circle).where(Action.id == point.action_id))
    is_hidden = point.kind == PointKind.ACTION and circle != Circle.OUTER
    is_shared = meeting.sent_at and meeting.circle == Circle.OUTER and not is_hidden
    return Circle.OUTER if is_shared else Circle.INNER
