"""A meeting as one reader sees it: who was asked, the points with what came of them, and when it was last changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vitaal.agenda.meeting_queries import Guest, actions_of, decisions_of, guests_of, points_of
from vitaal.agenda.models import Action, Answer, Meeting, Point
from vitaal.decisions.models import Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a point: the decisions that hold, and the actions."""

    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A point with the time at which it begins (as far as that can be known) and what came of it."""

    point: Point
    starts_at: datetime | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Everything of a meeting that one reader may see. `before` are the decisions that others replaced, by what did."""

    meeting: Meeting
    guests: Sequence[Guest]
    items: Sequence[Item]
    before: Mapping[UUID, Decision]
    changed_at: datetime | None

    @property
    def minutes(self) -> int:
        """How long the points take together."""
        return sum(item.point.minutes or 0 for item in self.items)

    @property
    def is_kept(self) -> bool:
        """Whether anything was written down about what was said or who was there."""
        return self.changed_at is not None

    @property
    def has_news(self) -> bool:
        """Whether something was written down since the minutes were sent, or they never were."""
        sent_at = self.meeting.minutes_sent_at
        return self.changed_at is not None and (sent_at is None or self.changed_at > sent_at)

    @property
    def present(self) -> list[Guest]:
        """Who was there."""
        return [guest for guest in self.guests if guest.was_there]

    @property
    def absent(self) -> list[Guest]:
        """Who was asked and was not there."""
        return [guest for guest in self.guests if guest.was_there is False]

    @property
    def without_account(self) -> list[Guest]:
        """Who gets no mail."""
        return [guest for guest in self.guests if guest.invitee.member and not guest.invitee.member.person_id]

    def who_said(self, answer: Answer) -> list[Guest]:
        """Who gave this answer about the time as it is now."""
        return [guest for guest in self.guests if guest.invitee.answer_for(self.meeting) == answer]

    def mine(self, member_id: UUID) -> Guest | None:
        """How a member was asked, or None."""
        return next((guest for guest in self.guests if guest.invitee.member_id == member_id), None)


def record_of(meeting: Meeting) -> MeetingRecord:
    """Everything of a meeting that the reader may see; four statements."""
    guests, points = guests_of(meeting), points_of(meeting)
    decisions = decisions_of(meeting)
    made = [(each.point_id, each.action) for each in actions_of(meeting)]
    replaced = {decision.replaces_id for decision in decisions}
    valid = [decision for decision in decisions if decision.id not in replaced]
    by_id = {decision.id: decision for decision in decisions}

    def outcome(point_id: UUID) -> Outcome:
        return Outcome(
            tuple(decision for decision in valid if decision.point_id == point_id),
            tuple(action for at, action in made if at == point_id),
        )

    return MeetingRecord(
        meeting, guests,
        [Item(point, moment, outcome(point.id)) for point, moment in _timetable(meeting, points)],
        {each.id: by_id[each.replaces_id] for each in valid if each.replaces_id in by_id},
        max(_moments(guests, points, decisions), default=None),
    )  # fmt: skip


def _timetable(meeting: Meeting, points: Iterable[Point]) -> Iterator[tuple[Point, datetime | None]]:
    """When each point begins, until one takes nobody knows how long, or one stands between that is not seen."""
    moment: datetime | None = meeting.starts_at
    for place, point in enumerate(points, start=1):
        moment = moment if point.position == place else None
        yield point, moment
        moment = moment + timedelta(minutes=point.minutes) if moment and point.minutes else None


def _moments(
    guests: Iterable[Guest], points: Iterable[Point], decisions: Iterable[Decision]
) -> Iterator[datetime]:
    yield from (guest.attendance.noted_at for guest in guests if guest.attendance)
    yield from (point.noted_at for point in points if point.noted_at)
    yield from (decision.written_at for decision in decisions)
