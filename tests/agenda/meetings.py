"""What the tests of meetings share: someone plans one and asks everyone, letters are written, answers given."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from icalendar import Calendar, Component
from sqlalchemy import select

from tests.agenda.story import member
from tests.cast import Cast, Place
from tests.invitations.letters import letters_to
from vitaal.agenda import meeting_letters, meetings, minutes
from vitaal.agenda.meeting_queries import meeting_numbered
from vitaal.agenda.models import Meeting, Point
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.post.models import Letter
from vitaal.workspaces.models import Circle

KEEPERS = {meetings.INVITE: meeting_letters.invite, minutes.SEND_MINUTES: meeting_letters.send_minutes}
EVERYONE = (Circle.INNER, Circle.OUTER)


def in_days(days: int, hour: int = 14, minute: int = 0) -> datetime:
    """That time on Dutch clocks, so many days from now."""
    return clock.moment_on(clock.today() + timedelta(days), time(hour, minute))


def planned(
    cast: Cast,
    title: str = "Bijpraten",
    *,
    by: str = "Anna",
    days: int = 7,
    is_sent: bool = True,
    where: Place | None = None,
    **fields: Any,
) -> int:
    """Someone plans a meeting of two hours, for everyone unless said, and asks them; its number."""
    about = {"place": "De Kom", "asks": [*EVERYONE], "starts_at": in_days(days), "ends_at": in_days(days, 16)}
    with cast.acting_as(by, where):
        meeting = Meeting.plan(title, by=member(cast, by, where), **{**about, **fields})
        if is_sent:
            meetings.send(meeting, by=member(cast, by, where))
        db.session.commit()
        return meeting.number


def the(number: int) -> Meeting:
    """The meeting with this number; within `cast.acting_as`."""
    meeting = meeting_numbered(number)
    assert meeting
    return meeting


def points(cast: Cast, number: int, *titles: str) -> list[UUID]:
    """Bram puts points on a meeting's agenda; their ids."""
    with cast.acting_as("Bram"):
        added: list[Point] = list(minutes.add_points(the(number), [{"title": title} for title in titles]))
        db.session.commit()
        return [point.id for point in added]


def address(cast: Cast, *more: object) -> str:
    """The page of the meetings, or one below it."""
    return "/".join([f"/w/{cast.amersfoort.slug}/bijeenkomsten", *map(str, more)])


def letters_are_written(worker: Flask) -> None:
    """The worker keeps every promise that was made about meetings, even those that it kept before."""
    with worker.app_context():
        promised = db.session.scalars(
            select(Promise).where(Promise.kind.in_(KEEPERS)).order_by(Promise.id)
        ).all()
        db.session.expunge_all()
        db.session.commit()
        for promise in promised:
            KEEPERS[promise.kind](promise)


def letters(worker: Flask, name: str) -> list[Letter]:
    """What someone got about meetings by now, the oldest first."""
    letters_are_written(worker)
    found = [
        each for each in letters_to(worker, f"{name.lower()}@example.nl") if each.kind.startswith("meeting.")
    ]
    return sorted(found, key=lambda letter: letter.created_at)


def appointment(letter: Letter) -> tuple[str, Component]:
    """What a letter asks of a calendar program: the method, and the appointment."""
    calendar = Calendar.from_ical(letter.calendar)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event
