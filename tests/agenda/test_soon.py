"""What becomes due within two days: who has to do something is told once, and again when the day moves."""

from datetime import date, datetime, timedelta

from flask import Flask

from tests.agenda.rounds import begin
from tests.agenda.rounds import says as gives_view
from tests.agenda.story import found, member
from tests.agenda.test_imports import brought, say_yes, work
from tests.cast import Cast
from tests.decisions.story import agreed
from tests.digests.at_once import (
    THURSDAY,
    action_of,
    after,
    changes,
    letters_to,
    someone_helped,
    subjects,
    tells,
)
from tests.digests.story import morning, reckoned
from vitaal.agenda import putting_away
from vitaal.agenda.models import Status
from vitaal.agenda.models.action import append
from vitaal.decisions import agreeing
from vitaal.decisions.models import Agreement, Outcome
from vitaal.kernel import clock
from vitaal.kernel.db import db, here

BEGIN = THURSDAY - timedelta(days=30)
DAY = date(2027, 1, 21)  # a Thursday
TWO_BEFORE = datetime.fromisoformat("2027-01-19T07:00+01:00")


def test_who_leads_an_action_is_told_two_days_before(cast: Cast, worker: Flask) -> None:
    bram = cast.amersfoort.members["Bram"]
    action_of(cast, at=BEGIN, by="Bram", owner_id=bram, due_on=DAY)
    assert tells(worker, after(TWO_BEFORE, minutes=-1)) == {}
    assert tells(worker, TWO_BEFORE) == {"composed": 1}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject == "Samen in Amersfoort: ‘Soep’ is bijna aan de beurt: klaar op 21 januari"
    assert "Je krijgt deze mail omdat een actie bijna klaar moet zijn." in letter.text
    assert tells(worker, after(TWO_BEFORE, days=1)) == {}


def test_who_leads_it_by_then_is_told(cast: Cast, worker: Flask) -> None:
    number = action_of(cast, at=BEGIN, owner_id=cast.amersfoort.members["Bram"], due_on=DAY)
    changes(cast, "Anna", number, BEGIN, owner_id=cast.amersfoort.members["Chaima"])
    tells(worker, BEGIN)
    assert tells(worker, TWO_BEFORE) == {"composed": 1}
    assert len(subjects(worker, "Chaima")) == 2
    assert subjects(worker, "Bram") == []


def test_a_day_that_moves_is_told_anew_and_once(cast: Cast, worker: Flask) -> None:
    bram = cast.amersfoort.members["Bram"]
    number = action_of(cast, at=BEGIN, by="Bram", owner_id=bram, due_on=DAY)
    changes(cast, "Bram", number, BEGIN, due_on=DAY + timedelta(days=7))
    changes(cast, "Bram", number, BEGIN, due_on=DAY)
    assert tells(worker, TWO_BEFORE) == {"composed": 1}
    changes(cast, "Anna", number, after(TWO_BEFORE, hours=2), due_on=DAY + timedelta(days=7))
    assert tells(worker, after(TWO_BEFORE, days=1)) == {}
    assert tells(worker, after(TWO_BEFORE, days=7)) == {"composed": 1}
    changes(cast, "Anna", number, after(TWO_BEFORE, days=7, hours=1), due_on=DAY)
    changes(cast, "Anna", number, after(TWO_BEFORE, days=7, hours=1), due_on=DAY + timedelta(days=7))
    assert tells(worker, after(TWO_BEFORE, days=7, hours=1)) == {}
    assert len(letters_to(worker, "Bram")) == 2


def test_a_day_that_was_put_off_before_it_came_near_is_told_when_the_new_day_does(
    cast: Cast, worker: Flask
) -> None:
    number = action_of(cast, at=BEGIN, by="Bram", owner_id=cast.amersfoort.members["Bram"], due_on=DAY)
    changes(cast, "Bram", number, BEGIN, due_on=DAY + timedelta(days=7))
    assert tells(worker, TWO_BEFORE) == {}
    assert tells(worker, after(TWO_BEFORE, days=7)) == {"composed": 1}


def test_a_day_that_someone_else_puts_near_is_told_at_once_and_ones_own_is_not(
    cast: Cast, worker: Flask
) -> None:
    bram = cast.amersfoort.members["Bram"]
    number = action_of(cast, at=BEGIN, by="Bram", owner_id=bram)
    changes(cast, "Bram", number, THURSDAY, due_on=date(2027, 1, 15))
    assert tells(worker, THURSDAY) == {}
    changes(cast, "Anna", number, THURSDAY, due_on=date(2027, 1, 16))
    assert tells(worker, THURSDAY) == {"composed": 1}


def test_what_is_done_or_thrown_away_by_then_is_not_told(cast: Cast, worker: Flask) -> None:
    bram = cast.amersfoort.members["Bram"]
    numbers = [action_of(cast, title, at=BEGIN, by="Bram", owner_id=bram, due_on=DAY) for title in "abc"]
    changes(cast, "Bram", numbers[0], BEGIN, status=Status.DONE)
    changes(cast, "Bram", numbers[1], BEGIN, due_on=None)
    with clock.at(BEGIN), cast.acting_as("Anna"):
        putting_away.throw_away(found(numbers[2]), by=member(cast, "Anna"))
        db.session.commit()
    assert set(tells(worker, TWO_BEFORE)) <= {"dropped"}
    assert letters_to(worker, "Bram") == []


def test_a_given_action_that_is_soon_due_is_one_line(cast: Cast, worker: Flask) -> None:
    action_of(cast, owner_id=cast.amersfoort.members["Bram"], due_on=date(2027, 1, 15))
    assert tells(worker, THURSDAY) == {"composed": 1}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject == "Samen in Amersfoort: Anna vroeg je om ‘Soep’ te trekken"
    assert "Klaar op 15 januari. Dat is al snel." in letter.text


def test_an_action_for_who_is_helped_is_told_to_who_helps(cast: Cast, worker: Flask) -> None:
    riet = someone_helped(cast, "Bram")
    action_of(cast, at=BEGIN, owner_id=riet, due_on=DAY)
    tells(worker, BEGIN)
    tells(worker, TWO_BEFORE)
    assert subjects(worker, "Bram") == [
        "Samen in Amersfoort: Anna vroeg Riet, die jij helpt, om ‘Soep’ te trekken",
        "Samen in Amersfoort: ‘Soep’ van Riet, die jij helpt, is bijna aan de beurt: klaar op 21 januari",
    ]


def test_an_import_of_many_actions_is_told_as_one_thing(cast: Cast, worker: Flask) -> None:
    with clock.at(THURSDAY):
        where = brought(cast, "Een;;Bram;;", "Twee;;Bram;;", "Drie;;Anna;;")
        say_yes(cast, where)
        work(worker)
    assert tells(worker, THURSDAY) == {"composed": 1}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject == "Samen in Amersfoort: Anna vroeg je acties te trekken uit ‘lijst.csv’"
    assert "Het zijn 2 acties." in letter.text
    assert "/agenda?mijn=1" in letter.text


def test_who_has_not_given_a_view_is_told_two_days_before_the_round_closes(cast: Cast, worker: Flask) -> None:
    with clock.at(BEGIN):
        round_id = begin(cast, closes_on=DAY)
        gives_view(cast, "Anna", round_id, (5, 5), (4, 4), (3, 3))
    assert tells(worker, TWO_BEFORE) == {"composed": 2}
    assert letters_to(worker, "Anna") == []
    (letter,) = letters_to(worker, "Chaima")
    assert letter.subject == "Samen in Amersfoort: Geef je mening: wat doen we eerst? Het kan tot 21 januari"
    assert "Je doet dit namens Wandelclub." in letter.text


def test_of_a_round_for_the_inner_circle_the_outer_circle_is_not_told(cast: Cast, worker: Flask) -> None:
    with clock.at(BEGIN):
        begin(cast, circle="inner", closes_on=DAY)
    assert tells(worker, TWO_BEFORE) == {"composed": 2}
    assert letters_to(worker, "Chaima") == []


def test_an_agreement_to_look_at_is_told_two_days_before(cast: Cast, worker: Flask) -> None:
    with clock.at(BEGIN):
        agreement_id = agreed(cast, owner="Bram", by="Bram", check_on=DAY)
        agreed(cast, "Wij groeten elkaar.", owner="Chaima", check_on=DAY + timedelta(days=30))
    tells(worker, BEGIN)
    assert subjects(worker, "Chaima") == [
        "Samen in Amersfoort: Jij let nu op de afspraak ‘Wij groeten elkaar.’"
    ]
    assert tells(worker, TWO_BEFORE) == {"composed": 1}
    assert subjects(worker, "Bram") == [
        "Samen in Amersfoort: Werkt deze afspraak nog? ‘Wie kookt, wast niet af.’"
    ]
    with clock.at(after(TWO_BEFORE, hours=1)), cast.acting_as("Bram"):
        agreement = here(Agreement, agreement_id)
        assert agreement
        agreeing.check(
            agreement, Outcome.KEEP, by=member(cast, "Bram"), version=1, next_on=DAY + timedelta(days=7)
        )
        db.session.commit()
    assert tells(worker, after(TWO_BEFORE, days=7)) == {"composed": 1}


def test_many_actions_that_are_due_on_one_day_are_one_letter(cast: Cast, worker: Flask) -> None:
    bram = cast.amersfoort.members["Bram"]
    with clock.at(BEGIN), cast.acting_as("Anna"):
        append({"title": f"Nummer {number}", "owner_id": bram, "due_on": DAY} for number in range(12))
        db.session.commit()
    assert tells(worker, TWO_BEFORE) == {"composed": 12}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject.endswith("(en nog 11 dingen)")


def test_what_this_mornings_digest_asked_is_not_told_again(cast: Cast, worker: Flask) -> None:
    bram = cast.amersfoort.members["Bram"]
    action_of(cast, at=BEGIN, by="Bram", owner_id=bram, due_on=DAY)
    reckoned(worker, after(TWO_BEFORE, days=-1))
    assert morning(worker, TWO_BEFORE)["composed"] >= 1  # that day is a Tuesday
    assert tells(worker, TWO_BEFORE) == {"dropped": 1}
