"""What people's own calendar programs get: an appointment with each letter, one to download, and a feed to follow."""

from datetime import date, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Component

from tests.agenda.meetings import address, appointment, in_days, letters, planned, the
from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from vitaal.agenda import meetings
from vitaal.agenda.models import Answer, CalendarFeed, FeedKind
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces import memberships
from vitaal.workspaces.models import Circle


def change(cast: Cast, number: int, **wanted: object) -> None:
    with cast.acting_as("Anna"):
        meeting = the(number)
        meetings.change(meeting, by=member(cast, "Anna"), version=meeting.version, **wanted)
        db.session.commit()


def feed(cast: Cast, name: str, kind: FeedKind = FeedKind.MINE) -> str:
    """The address that someone makes to follow."""
    with cast.acting_as(name):
        secret = CalendarFeed.make(kind, by=member(cast, name))
        db.session.commit()
    return f"/agenda/{secret}.ics"


def events(cast: Cast, path: str) -> dict[str, Component]:
    """What a program that follows an address shows, by title. It is signed in as nobody."""
    answer = cast.client().get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_a_letter_brings_an_appointment_that_names_only_its_reader(cast: Cast, worker: Flask) -> None:
    planned(cast, "Bijpraten")
    (letter,) = letters(worker, "Bram")
    method, event = appointment(letter)
    assert method == "REQUEST"
    assert (str(event["SUMMARY"]), str(event["LOCATION"]), event["SEQUENCE"]) == ("Bijpraten", "De Kom", 0)
    assert str(event["ATTENDEE"]) == "mailto:bram@example.nl"
    assert "chaima@example.nl" not in letter.calendar


def test_a_change_is_the_same_appointment_with_a_higher_number_and_calling_off_cancels_it(
    cast: Cast, worker: Flask
) -> None:
    number = planned(cast, "Bijpraten")
    letters(worker, "Bram")
    change(cast, number, place="Het Veld")
    letters(worker, "Bram")
    with cast.acting_as("Anna"):
        meetings.call_off(the(number), "Het regent.", by=member(cast, "Anna"))
        db.session.commit()
    told = [appointment(letter) for letter in letters(worker, "Bram")]
    assert [method for method, _ in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["UID"]) for _, event in told}) == 1
    assert [event["SEQUENCE"] for _, event in told] == [0, 1, 2]
    assert str(told[-1][1]["STATUS"]) == "CANCELLED"


def test_what_calendars_do_not_show_is_no_new_letter(cast: Cast, worker: Flask) -> None:
    number = planned(cast, "Bijpraten", asks=[Circle.INNER])
    assert len(letters(worker, "Bram")) == 1
    change(cast, number, circle=Circle.INNER)
    assert len(letters(worker, "Bram")) == 1


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2027, 1, 15), 1), (date(2027, 7, 15), 2), (date(2027, 3, 28), 2)]
)
def test_a_calendar_shows_the_time_of_dutch_clocks_on_every_day(cast: Cast, day: date, offset: int) -> None:
    from_then = clock.moment_on(day, in_days(0).astimezone(clock.AMSTERDAM).time())
    number = planned(cast, "Bijpraten", starts_at=from_then, ends_at=from_then + timedelta(hours=2))
    with cast.acting_as("Anna"):
        downloaded = cast.client("Anna").get(address(cast, number, "bijeenkomst.ics")).data
    (event,) = Calendar.from_ical(downloaded).walk("VEVENT")
    assert event["DTSTART"].dt.hour == 14
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=offset)


def test_my_feed_shows_my_meetings_and_my_days_and_nothing_of_others(cast: Cast) -> None:
    soon = clock.today() + timedelta(days=5)
    with cast.acting_as("Bram"):
        bram = member(cast, "Bram").id
    an_action(cast, "Van Bram", owner_id=bram, due_on=soon)
    an_action(cast, "Van niemand", due_on=soon)
    planned(cast, "Met Bram", asks=[Circle.INNER])
    planned(cast, "Zonder Bram", asks=[Circle.OUTER])
    path = feed(cast, "Bram")
    shown = events(cast, path)
    assert set(shown) == {"Klaar: Van Bram", "Met Bram"}
    assert shown["Klaar: Van Bram"]["DTSTART"].dt == soon
    with cast.acting_as("Bram"):
        meetings.answer(the(1), member(cast, "Bram"), Answer.NO, actor=member(cast, "Bram"))
        db.session.commit()
    assert set(events(cast, path)) == {"Klaar: Van Bram"}


def test_the_feed_of_a_workspace_shows_what_its_owner_may_see(cast: Cast) -> None:
    soon = clock.today() + timedelta(days=5)
    an_action(cast, "Voor allen", due_on=soon)
    an_action(cast, "Binnen", due_on=soon, circle=Circle.INNER)
    planned(cast, "Binnenoverleg", asks=[Circle.INNER], circle=Circle.INNER)
    assert set(events(cast, feed(cast, "Chaima", FeedKind.WORKSPACE))) == {"Klaar: Voor allen"}
    inside = events(cast, feed(cast, "Bram", FeedKind.WORKSPACE))
    assert set(inside) == {"Klaar: Voor allen", "Klaar: Binnen", "Binnenoverleg"}


def test_a_program_that_has_this_version_already_hears_just_that(cast: Cast) -> None:
    number = an_action(cast, "Voor allen", due_on=clock.today() + timedelta(days=5))
    path = feed(cast, "Anna", FeedKind.WORKSPACE)
    program = cast.client()
    etag = program.get(path).headers["ETag"]
    assert program.get(path, headers={"If-None-Match": etag}).status_code == 304
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), title="Voor iedereen")
        db.session.commit()
    assert program.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_a_revoked_address_opens_nothing(cast: Cast) -> None:
    path = feed(cast, "Anna")
    page = cast.client("Anna").get(address(cast, "volgen"))
    revoke = page.text.split("/intrekking")[0].rsplit('action="', 1)[1] + "/intrekking"
    assert cast.client("Bram").post(revoke).status_code == 404
    assert cast.client().get(path).status_code == 200
    assert cast.client("Anna").post(revoke).status_code == 303
    assert cast.client().get(path).status_code == 404


def test_who_left_follows_nothing_any_more(cast: Cast) -> None:
    path = feed(cast, "Bram")
    with cast.acting_as("Anna"):
        memberships.end(member(cast, "Bram"), reason="Verhuisd.", by=member(cast, "Anna"))
        db.session.commit()
    assert cast.client().get(path).status_code == 404


def test_an_address_is_shown_once_to_who_made_it(cast: Cast) -> None:
    anna = cast.client("Anna")
    assert anna.post(address(cast, "volgen"), data={"kind": "mine"}).status_code == 303
    first, second = (anna.get(address(cast, "volgen")).text for _ in range(2))
    assert ".ics" in first
    assert ".ics" not in second
