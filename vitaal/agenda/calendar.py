"""Meetings and actions as calendar programs read them (iCalendar: RFC 5545, invitations by mail: RFC 5546).

What is written depends on nothing but what is given: the same meeting always gives the same bytes, so that a
program that asks again can be told that nothing changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event, Timezone, vCalAddress, vText

from vitaal.agenda.models import Answer, Meeting
from vitaal.kernel.clock import AMSTERDAM

PRODUCT = "-//Vitaal//Samen in de buurt//NL"
_HOW_OFTEN = timedelta(hours=1)

# The rule since 1996, as clients want it: one line for summer and one for winter.
_AMSTERDAM = Timezone.from_ical("""BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
""")
_PARTSTAT = {Answer.NONE: "NEEDS-ACTION", Answer.YES: "ACCEPTED", Answer.NO: "DECLINED"}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Someone whom a calendar program may know: a name and an address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something should be ready."""

    uid: str
    title: str
    day: date
    url: str
    changed_at: datetime


def invitation(meeting: Meeting, url: str, *, organizer: Mailbox, reader: Mailbox, answer: Answer) -> str:
    """The request that goes with a letter, or when the meeting was called off: that it goes from the calendar.

    Only the reader stands in it, so that no one learns another's address. No answer by mail is asked: that is
    given on the page.
    """
    event = _event_of(meeting, url)
    event.add("organizer", _address(organizer))
    guest = _address(reader)
    guest.params["ROLE"], guest.params["PARTSTAT"] = "REQ-PARTICIPANT", _PARTSTAT[answer]
    guest.params["CUTYPE"], guest.params["RSVP"] = "INDIVIDUAL", "FALSE"
    event.add("attendee", guest)
    return _written([event], METHOD="CANCEL" if meeting.cancelled_at else "REQUEST").decode()


def file_of(meeting: Meeting, url: str) -> bytes:
    """One meeting, to download."""
    return _written([_event_of(meeting, url)], METHOD="PUBLISH")


def feed(name: str, meetings: Iterable[tuple[Meeting, str]], deadlines: Iterable[Deadline]) -> bytes:
    """A calendar to follow: meetings (with their address) at their time, deadlines as days."""
    events = [
        *(_event_of(meeting, url) for meeting, url in meetings),
        *(_day_of(deadline) for deadline in deadlines),
    ]
    return _written(
        events, NAME=name, X_WR_CALNAME=name, X_WR_TIMEZONE=str(AMSTERDAM), REFRESH_INTERVAL=_HOW_OFTEN
    )


def _event_of(meeting: Meeting, url: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@vitaal")
    event.add("dtstamp", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    event.add("created", meeting.created_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", meeting.ends_at.astimezone(AMSTERDAM))
    event.add("summary", meeting.title)
    event.add("location", meeting.place or meeting.link)
    event.add("description", "\n".join(filter(None, (meeting.link, url))))
    event.add("url", url)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event


def _day_of(deadline: Deadline) -> Event:
    event = Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", deadline.changed_at)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", deadline.title)
    event.add("description", deadline.url)
    event.add("url", deadline.url)
    event.add("transp", "TRANSPARENT")
    return event


def _address(mailbox: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{mailbox.email}")
    address.params["CN"] = vText(mailbox.name)
    return address


def _written(events: Iterable[Component], **about: object) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for name, value in about.items():
        calendar.add(name.replace("_", "-"), value)
    calendar.add_component(_AMSTERDAM)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
