"""What pages and letters ask about meetings. The wall leaves out what the reader may not see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from vitaal.agenda.models import (
    Action,
    Answer,
    Attendance,
    Invitee,
    Meeting,
    MeetingAction,
    Point,
    Status,
    WorkingGroup,
)
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.decisions.models import Decision
from vitaal.kernel import clock
from vitaal.kernel.db import HIGHEST_NUMBER, db
from vitaal.workspaces.models import Membership

PAGE = 20
_OPEN = [status for status in Status if status.is_open]


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting in a list: how many say to come, and how the reader was asked, if they were."""

    meeting: Meeting
    coming: int
    mine: Invitee | None

    @property
    def my_answer(self) -> Answer:
        """What the reader said, about the time as it is now."""
        return self.mine.answer_for(self.meeting) if self.mine else Answer.NONE

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader was asked and has still to say something."""
        return self.mine is not None and self.meeting.is_on and not self.my_answer


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who is asked, and whether they were there: None while nobody wrote that down."""

    invitee: Invitee
    attendance: Attendance | None

    @property
    def was_there(self) -> bool | None:
        """Whether they were there, if that was written down."""
        return self.attendance.was_there if self.attendance else None


@dataclass(frozen=True, slots=True)
class PointAt:
    """A point, and the meeting on whose agenda it stands."""

    meeting: Meeting
    point: Point


@dataclass(frozen=True, slots=True)
class DecisionAt:
    """A decision, and the meeting in which it was taken."""

    meeting: Meeting
    decision: Decision


def meeting_numbered(number: int) -> Meeting | None:
    """The meeting with this number; None where there is none that the reader may see."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(select(Meeting).where(Meeting.number == number)).one_or_none()


def point_at(number: int, point_id: UUID) -> PointAt | None:
    """A point of the meeting with this number, or None."""
    if number > HIGHEST_NUMBER:
        return None
    row = db.session.execute(
        select(Meeting, Point)
        .join(Point, Point.meeting_id == Meeting.id)
        .where(Meeting.number == number, Point.id == point_id)
        .options(joinedload(Point.action))
    ).first()
    return PointAt(row[0], row[1]) if row else None


def decision_at(number: int, decision_id: UUID) -> DecisionAt | None:
    """A decision at a point of the meeting with this number, or None."""
    if number > HIGHEST_NUMBER:
        return None
    row = db.session.execute(
        select(Meeting, Decision)
        .join(Decision, Decision.meeting_id == Meeting.id)
        .where(Meeting.number == number, Decision.id == decision_id, Decision.point_id.is_not(None))
    ).first()
    return DecisionAt(row[0], row[1]) if row else None


def coming_up(member: Membership, limit: int | None = None) -> list[Planned]:
    """Every meeting that has still to end, the first one first; called-off ones too."""
    asked = _planned(member).where(Meeting.ends_at > clock.now())
    return _rows(asked.order_by(Meeting.starts_at, Meeting.id).limit(limit))


def been(member: Membership, before: int | None = None) -> tuple[list[Planned], int | None]:
    """A page of meetings that are over, the last one first, and the number before which the next page begins."""
    asked = _planned(member).where(Meeting.ends_at <= clock.now())
    if before is not None:
        last = aliased(Meeting)
        moment = select(last.starts_at).where(last.number == before).scalar_subquery()
        asked = asked.where(tuple_(Meeting.starts_at, Meeting.number) < tuple_(moment, literal(before)))
    rows = _rows(asked.order_by(Meeting.starts_at.desc(), Meeting.number.desc()).limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].meeting.number if len(rows) > PAGE else None


def meetings_of(group_id: UUID) -> Sequence[Meeting]:
    """The meetings for which a working group is asked, the last one first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.asks.contains([str(group_id)]))
        .order_by(Meeting.starts_at.desc())
        .limit(PAGE)
    ).all()


def guests_of(meeting: Meeting) -> list[Guest]:
    """Everyone who is asked, by name; whom the reader may not see stands last, without a member."""
    rows = db.session.execute(
        select(Invitee, Attendance)
        .outerjoin(Attendance, _same(Attendance, Invitee))
        .outerjoin(Invitee.member)
        .outerjoin(Membership.partner)
        .where(Invitee.meeting_id == meeting.id)
        .options(contains_eager(Invitee.member).contains_eager(Membership.partner))
        .order_by(Membership.name, Invitee.member_id)
    ).all()
    return [Guest(invitee, attendance) for invitee, attendance in rows]


def points_of(meeting: Meeting) -> Sequence[Point]:
    """The points of a meeting in their order, each with the action it was taken from."""
    return db.session.scalars(
        select(Point)
        .where(Point.meeting_id == meeting.id)
        .options(joinedload(Point.action))
        .order_by(Point.position, Point.id)
    ).all()


def decisions_of(meeting: Meeting) -> Sequence[Decision]:
    """What was decided at its points, in the order in which it was written; the replaced ones too."""
    at_a_point = (Decision.meeting_id == meeting.id, Decision.point_id.is_not(None))
    return db.session.scalars(
        select(Decision).where(*at_a_point).order_by(Decision.written_at, Decision.id)
    ).all()


def actions_of(meeting: Meeting) -> Sequence[MeetingAction]:
    """The actions that came of a meeting, each with who leads it; what was thrown away is left out."""
    return db.session.scalars(
        select(MeetingAction)
        .join(MeetingAction.action)
        .where(MeetingAction.meeting_id == meeting.id, Action.deleted_at.is_(None))
        .options(contains_eager(MeetingAction.action).joinedload(Action.owner))
        .order_by(Action.number)
    ).all()


def asked_for(meeting_id: UUID, person_id: UUID | None) -> tuple[Meeting, Invitee] | None:
    """A meeting, and how this person was asked for it; None when they were not, or do not take part any more."""
    row = db.session.execute(
        select(Meeting, Invitee)
        .join(Invitee, Invitee.meeting_id == Meeting.id)
        .join(Invitee.member)
        .where(Meeting.id == meeting_id, Membership.person_id == person_id, Membership.left_at.is_(None))
        .options(contains_eager(Invitee.member).joinedload(Membership.person))
    ).first()
    return (row[0], row[1]) if row else None


def _planned(member: Membership) -> Select[Any]:
    others = aliased(Invitee)
    still_holds = func.coalesce(others.answered_at >= Meeting.moved_at, True)
    coming = (
        select(func.count())
        .where(others.meeting_id == Meeting.id, others.answer == Answer.YES, still_holds)
        .scalar_subquery()
    )
    return select(Meeting, coming, Invitee).outerjoin(
        Invitee, and_(Invitee.meeting_id == Meeting.id, Invitee.member_id == member.id)
    )


def _rows(asked: Select[Any]) -> list[Planned]:
    return [Planned(meeting, coming, mine) for meeting, coming, mine in db.session.execute(asked)]


def _same(one: type[Attendance], other: type[Invitee]) -> ColumnElement[bool]:
    return and_(one.meeting_id == other.meeting_id, one.member_id == other.member_id)


def others_to_ask(meeting: Meeting) -> Sequence[Membership]:
    """Every member who was not asked yet, by name."""
    asked = select(Invitee.member_id).where(Invitee.meeting_id == meeting.id)
    return db.session.scalars(
        select(Membership)
        .where(Membership.left_at.is_(None), Membership.id.not_in(asked))
        .order_by(func.lower(Membership.name))
    ).all()


def live_groups() -> Sequence[WorkingGroup]:
    """The working groups that are at work, by name."""
    return db.session.scalars(
        select(WorkingGroup).where(WorkingGroup.ended_at.is_(None)).order_by(func.lower(WorkingGroup.name))
    ).all()


def actions_to_take(words: str, limit: int = 30) -> Sequence[Action]:
    """Open actions that can be taken as a point: those that hold these words, else what is due first."""
    asked = select(Action).where(*ON_THE_AGENDA, Action.status.in_(_OPEN))
    if words:
        found = Action.search.bool_op("@@")(func.websearch_to_tsquery("dutch", words))
        asked = asked.where(or_(found, Action.title.icontains(words, autoescape=True)))
    return db.session.scalars(
        asked.order_by(Action.due_on.asc().nulls_last(), Action.position).limit(limit)
    ).all()


def actions_with(ids: Sequence[UUID]) -> Sequence[Action]:
    """The actions with these ids, in the order of the agenda."""
    return db.session.scalars(
        select(Action).where(Action.id.in_(ids), *ON_THE_AGENDA).order_by(Action.position)
    ).all()
