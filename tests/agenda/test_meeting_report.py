"""The minutes of a meeting as a document: for who may know of the meeting, and no more than they may know."""

from typing import Any

from tests.agenda.meetings import planned, points, the
from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from tests.contributed import texts_of
from tests.counting import statements
from vitaal.agenda import minutes as taking
from vitaal.agenda.meeting_report import minutes
from vitaal.agenda.models import Point
from vitaal.decisions.models import How
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.pages.document import Section
from vitaal.workspaces.models import Circle


def held(cast: Cast, **about: Any) -> int:
    """A meeting with a point at which something was noted, decided and agreed; Anna and Chaima were there."""
    number = planned(cast, "Bijpraten", **about)
    point_id = points(cast, number, "Samen eten", "Rondvraag")[0]
    with cast.acting_as("Anna"):
        by, meeting, point = member(cast, "Anna"), the(number), here(Point, point_id)
        assert point
        point.take_note("Iedereen wil soep.", by=by, version=point.version)
        taking.decide(
            meeting,
            point,
            "Wij koken op dinsdag.",
            how=How.CONSENT,
            on=clock.today(),
            by=by,
            minority="De Kom.",
        )
        taking.agree(meeting, point, "Pannen halen", by=by, owner_id=cast.amersfoort.members["Chaima"])
        taking.agree(meeting, point, "Geld zoeken", by=by, owner_id=by.id, circle=Circle.INNER)
        present = [cast.amersfoort.members[name] for name in ("Anna", "Chaima")]
        taking.note_attendance(meeting, present, by=by)
        db.session.commit()
    return number


def document(cast: Cast, number: int, name: str = "Anna") -> tuple[Section, ...]:
    with cast.acting_as(name):
        return minutes(the(number))


def test_it_says_when_and_where_and_what_came_of_each_point(cast: Cast) -> None:
    sections = document(cast, held(cast))
    assert [section.title for section in sections] == ["Waar en wanneer", "1. Samen eten", "2. Rondvraag"]
    said = texts_of(sections)
    assert "14.00 tot 16.00 uur, De Kom." in said
    assert str(clock.day_of(clock.now()).year) in said
    assert "Iedereen wil soep." in said
    assert "Wij koken op dinsdag." in said
    assert "Wie het anders zag: De Kom." in said
    assert "Hierover is niets opgeschreven." in said


def test_to_everyone_the_outer_circle_is_not_named_and_nothing_of_the_inner_circle_told(cast: Cast) -> None:
    said = texts_of(document(cast, held(cast)))
    assert "Erbij waren: Anna (Buurthuis De Kom) en 1 ander." in said
    assert "Er niet bij waren: Bram (Welzijn Oost)." in said
    assert "Pannen halen\niemand uit de buitencirkel" in said
    assert "Geld zoeken" not in said
    assert "Chaima" not in said


def test_a_point_from_an_action_of_the_inner_circle_is_left_out(cast: Cast) -> None:
    number, secret = held(cast), an_action(cast, "Begroting", circle=Circle.INNER)
    with cast.acting_as("Anna"):
        (point,) = taking.add_points(the(number), taking.from_actions([found(secret)]))
        taking.decide(
            the(number), point, "Minder geld", how=How.MANDATE, on=clock.today(), by=member(cast, "Anna")
        )
        db.session.commit()
    said = texts_of(document(cast, number))
    assert "Begroting" not in said
    assert "Minder geld" not in said


def test_of_a_meeting_of_the_inner_circle_the_inner_circle_reads_everything(cast: Cast) -> None:
    said = texts_of(document(cast, held(cast, circle=Circle.INNER)))
    assert "Erbij waren: Anna (Buurthuis De Kom) en Chaima (Wandelclub)." in said
    assert "Geld zoeken" in said
    assert "Pannen halen\nChaima" in said


def test_who_reads_it_makes_no_difference_for_what_everyone_may_know(cast: Cast) -> None:
    number = held(cast)
    assert document(cast, number) == document(cast, number, "Chaima")


def test_a_meeting_of_which_nothing_was_written_down_says_so(cast: Cast) -> None:
    (only,) = document(cast, planned(cast))
    assert texts_of([only]).endswith("Er stonden geen punten op de agenda.")


def test_it_asks_as_much_of_many_points_as_of_one(cast: Cast) -> None:
    def asked(number: int) -> int:
        with cast.acting_as("Anna"), statements(cast.app) as counted:
            minutes(the(number))
        return len(counted)

    few, many = held(cast), held(cast)
    points(cast, many, *[f"Punt {number}" for number in range(40)])
    assert asked(few) == asked(many) <= 6
