"""A meeting on a day that has been, and one that was only a plan."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete

from tests.agenda.meetings import address, planned, points, the
from tests.agenda.story import member, page
from tests.cast import Cast
from vitaal.agenda import meetings, minutes
from vitaal.agenda.models import Meeting, Point
from vitaal.decisions.models import How
from vitaal.kernel import clock
from vitaal.kernel.db import db, here

WISH = {
    "title": "Soep en plannen", "day": "2027-03-04", "starts": "13:30", "ends": "15:00", "place": "De Kom",
    "link": "", "asks": ["inner"], "circle": "outer",
}  # fmt: skip
PAST_DAY = "Deze dag is al geweest. Klopt dat?"


def test_a_day_that_has_been_is_asked_about_and_kept(cast: Cast) -> None:
    yesterday = (clock.today() - timedelta(1)).isoformat()
    anna = cast.client("Anna")
    saved = anna.post(address(cast), data={**WISH, "day": yesterday})
    assert PAST_DAY in anna.get(saved.location).text
    change = {**WISH, "version": "1", "day": yesterday, "title": "Soep"}
    answer = anna.post(f"{saved.location}/aanpassen", data=change)
    assert PAST_DAY not in anna.get(answer.location).text
    answer = anna.post(f"{saved.location}/aanpassen", data={**change, "version": "2", "starts": "13:00"})
    assert PAST_DAY in anna.get(answer.location).text
    assert PAST_DAY not in anna.get(anna.post(address(cast), data=WISH).location).text


def test_what_is_over_goes_into_no_calendar_any_more(cast: Cast) -> None:
    for days, is_offered in ((7, True), (-1, False)):
        shown = page(cast, "Bram", address(cast, planned(cast, days=days))).main.get_text()
        assert ("Zet in mijn agenda" in shown) is is_offered


def test_a_plan_that_nobody_was_told_of_can_be_thrown_away_with_its_points(cast: Cast) -> None:
    number = planned(cast, is_sent=False, days=-1)
    points(cast, number, "Opening", "Rondje")
    buttons = page(cast, "Anna", address(cast, number)).main.find_all("button")
    assert "Gooi weg deze bijeenkomst" in [button.get_text() for button in buttons]
    answer = cast.client("Anna").post(address(cast, number, "weg"))
    assert answer.location == address(cast)
    assert cast.client("Anna").get(address(cast, number)).status_code == 404
    with cast.acting_as("Anna"):
        assert db.session.query(Meeting).count() == db.session.query(Point).count() == 0


def _noted(meeting: Meeting, point: Point, cast: Cast) -> None:
    point.take_note("Het gaat goed.", by=member(cast, "Anna"), version=1)


def _decided(meeting: Meeting, point: Point, cast: Cast) -> None:
    minutes.decide(meeting, point, "Wij koken", how=How.CONSENT, on=clock.today(), by=member(cast, "Anna"))


def _agreed(meeting: Meeting, point: Point, cast: Cast) -> None:
    minutes.agree(meeting, point, "Koken", by=member(cast, "Anna"))


def _sent(meeting: Meeting, _point: Point, cast: Cast) -> None:
    meetings.send(meeting, by=member(cast, "Anna"))


@pytest.mark.parametrize("became", [_noted, _decided, _agreed, _sent])
def test_what_people_were_told_of_or_something_came_of_stays(
    cast: Cast, became: Callable[[Meeting, Point, Cast], None]
) -> None:
    number = planned(cast, is_sent=False)
    (point_id,) = points(cast, number, "Opening")
    with cast.acting_as("Anna"):
        became(the(number), _the_point(point_id), cast)
        db.session.commit()
    anna = cast.client("Anna")
    assert "Gooi weg" not in anna.get(address(cast, number)).text
    answer = anna.post(address(cast, number, "weg"))
    assert "Deze bijeenkomst blijft staan" in anna.get(answer.location).text
    with cast.acting_as("Anna"):
        assert the(number).title == "Bijpraten"
        assert _the_point(point_id).title == "Opening"


def _the_point(point_id: UUID) -> Point:
    point = here(Point, point_id)
    assert point
    return point


def test_of_the_inner_circle_only_who_made_a_plan_throws_it_away(cast: Cast) -> None:
    of_anna, of_bram = planned(cast, is_sent=False), planned(cast, by="Bram", is_sent=False)
    bram = cast.client("Bram")
    assert bram.post(address(cast, of_anna, "weg")).status_code == 403
    assert "Gooi weg" not in bram.get(address(cast, of_anna)).text
    assert bram.post(address(cast, of_bram, "weg")).status_code == 303


def test_the_wall_keeps_what_was_sent_and_what_others_planned(cast: Cast) -> None:
    planned(cast, "Verstuurd")
    planned(cast, "Van Anna", is_sent=False)
    planned(cast, "Van Bram", by="Bram", is_sent=False)
    with cast.acting_as("Chaima"):
        db.session.execute(delete(Meeting))
        db.session.commit()
    with cast.acting_as("Bram"):
        db.session.execute(delete(Meeting))
        assert {one.title for one in db.session.query(Meeting)} == {"Verstuurd", "Van Anna"}
        db.session.commit()
    with cast.acting_as("Anna"):
        db.session.execute(delete(Meeting))
        assert [one.title for one in db.session.query(Meeting)] == ["Verstuurd"]
