"""What a digest says under which heading, and what it keeps for later."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.cast import Cast, Place
from tests.digests.story import (
    TUESDAY,
    adds,
    before,
    digests_of,
    ends,
    letters_to,
    morning,
    reckoned,
)
from vitaal.activity.models import record
from vitaal.agenda.models import Action
from vitaal.digests import composing
from vitaal.digests.models import MailChoice
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.people.models import Person
from vitaal.post.models import Letter
from vitaal.workspaces.models import Circle, Membership, Workspace

WEEK = timedelta(days=7)
YESTERDAY = before(TUESDAY, hours=20)


@pytest.fixture
def told(cast: Cast, worker: Flask) -> Cast:
    """The cast, after everyone has been told how it all began."""
    reckoned(worker, before(TUESDAY, days=8))
    morning(worker, before(TUESDAY, days=7))
    arrive(worker)
    return cast


def arrive(worker: Flask) -> None:
    """Every digest that was written reaches its reader."""
    for who in ("Anna", "Bram", "Chaima", "Daan"):
        for letter in letters_to(worker, who):
            ends(worker, letter, "sent")


def latest(worker: Flask, who: str) -> Letter:
    return letters_to(worker, who)[-1]


def happened(
    cast: Cast, who: str, verb: str, kind: str, title: str, *, at: object = YESTERDAY, about: object = None
) -> None:
    with clock.at(at), cast.acting_as(who):  # type: ignore[arg-type]
        member = here(Membership, cast.amersfoort.members[who])
        assert member
        record(verb, kind, title, by=member, object_id=about, circle=Circle.OUTER)  # type: ignore[arg-type]
        db.session.commit()


def is_due(cast: Cast, owner: str, title: str, on: date) -> None:
    with clock.at(YESTERDAY), cast.acting_as(owner):
        member = here(Membership, cast.amersfoort.members[owner])
        assert member
        db.session.add(
            Action(number=900, title=title, owner_id=member.id, due_on=on, position=1, circle=Circle.OUTER)
        )
        db.session.commit()


def test_what_asks_something_stands_first_with_its_day_and_a_button(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    is_due(told, "Anna", "Flyers drukken", date(2027, 1, 15))
    morning(worker, TUESDAY)
    letter = latest(worker, "Anna")
    order = (
        "Dit vraagt iets van jou",
        "Flyers drukken",
        "Klaar op 15 januari",
        "Bekijk de actie",
        "Nieuw",
        "Soep koken",
    )
    places = [letter.text.index(words) for words in order]
    assert places == sorted(places)
    assert (
        letter.subject
        == "Samen in Amersfoort: Flyers drukken, vóór vrijdag 15 januari (en één ander bericht)"
    )


def test_a_request_returns_until_it_was_said_three_times_and_then_only_on_screen(
    told: Cast, worker: Flask
) -> None:
    is_due(told, "Anna", "Flyers drukken", date(2027, 1, 15))
    asked = []
    for weeks in range(5):
        adds(told, "Bram", f"Nieuws {weeks}", YESTERDAY + weeks * WEEK)
        morning(worker, TUESDAY + weeks * WEEK)
        asked.append("Flyers drukken" in latest(worker, "Anna").text)
        arrive(worker)
    assert asked == [True, True, True, False, False]


def test_a_request_that_did_not_arrive_does_not_count_as_said(told: Cast, worker: Flask) -> None:
    is_due(told, "Anna", "Flyers drukken", date(2027, 1, 15))
    for weeks in range(4):
        morning(worker, TUESDAY + weeks * WEEK)
        ends(worker, latest(worker, "Anna"), "refused")
    assert "Flyers drukken" in latest(worker, "Anna").text


def test_a_request_that_got_another_day_is_asked_anew(told: Cast, worker: Flask) -> None:
    is_due(told, "Anna", "Flyers drukken", date(2027, 1, 15))
    for weeks in range(3):
        morning(worker, TUESDAY + weeks * WEEK)
        arrive(worker)
    with told.acting_as("Anna"):
        db.session.execute(update(Action).values(due_on=date(2027, 2, 3)))
        db.session.commit()
    morning(worker, TUESDAY + 3 * WEEK)
    assert "Flyers drukken" in latest(worker, "Anna").text


def test_ten_changes_to_one_thing_are_one_line(told: Cast, worker: Flask) -> None:
    action = new_id()
    for number in range(10):
        happened(told, "Bram", "archived" if number % 2 else "threw_away", "action", "Soep koken",
                 at=YESTERDAY + timedelta(minutes=number), about=action)  # fmt: skip
    morning(worker, TUESDAY)
    text = latest(worker, "Anna").text
    assert text.count("Soep koken") == 1
    assert "En er gebeurden nog vijf dingen mee." in text


def test_decisions_have_a_heading_of_their_own(told: Cast, worker: Flask) -> None:
    happened(told, "Bram", "decided", "decision", "We eten op donderdag")
    morning(worker, TUESDAY)
    text = latest(worker, "Anna").text
    assert text.index("\nBesloten\n") < text.index("Besloten: We eten op donderdag")


def test_what_there_is_to_celebrate_stands_last_and_once(told: Cast, worker: Flask) -> None:
    happened(told, "Bram", "finished", "action", "Soep koken", about=new_id())
    happened(
        told,
        "Bram",
        "finished",
        "action",
        "Brood bakken",
        at=YESTERDAY + timedelta(minutes=1),
        about=new_id(),
    )
    adds(told, "Bram", "Ramen lappen", YESTERDAY)
    morning(worker, TUESDAY)
    text = latest(worker, "Anna").text
    assert text.index("Ramen lappen") < text.index("Om blij mee te zijn") < text.index("Brood bakken")
    assert "Soep koken" not in text


def test_only_something_to_celebrate_waits_for_other_news(told: Cast, worker: Flask) -> None:
    happened(told, "Bram", "finished", "action", "Soep koken", about=new_id())
    count = len(letters_to(worker, "Anna"))
    morning(worker, TUESDAY)
    assert len(letters_to(worker, "Anna")) == count
    adds(told, "Bram", "Ramen lappen", YESTERDAY + WEEK)
    morning(worker, TUESDAY + WEEK)
    assert "Soep koken" in latest(worker, "Anna").text


def test_something_to_celebrate_waits_no_longer_than_four_weeks(told: Cast, worker: Flask) -> None:
    happened(told, "Bram", "finished", "action", "Soep koken", about=new_id())
    count = len(letters_to(worker, "Anna"))
    for weeks in range(4):
        morning(worker, TUESDAY + weeks * WEEK)
    assert len(letters_to(worker, "Anna")) == count + 1
    assert "Soep koken" in latest(worker, "Anna").text


def chooses(cast: Cast, who: str, place: Place, **choice: object) -> None:
    with cast.app.app_context(), composing.entering(db.session, person_id=cast.people[who]):
        db.session.add(MailChoice(workspace_id=place.id, person_id=cast.people[who], **choice))
        db.session.commit()


def test_another_rhythm_for_one_workspace_counts_for_that_workspace_only(told: Cast, worker: Flask) -> None:
    with told.acting_as("Daan", told.elsewhere):
        daan = here(Membership, told.elsewhere.members["Daan"])
        assert daan
        db.session.add(Membership(
            person_id=told.people["Anna"], partner_id=daan.partner_id, name="Anna", circle=Circle.INNER,
            joined_at=before(TUESDAY, days=5),
        ))  # fmt: skip
        db.session.commit()
    chooses(told, "Anna", told.elsewhere, cadence="daily")
    reckoned(worker, before(TUESDAY, days=4))
    adds(told, "Bram", "Soep koken", before(TUESDAY, days=4))
    adds(told, "Daan", "Brood bakken", before(TUESDAY, days=4), place=told.elsewhere)
    morning(worker, before(TUESDAY, days=3))
    arrive(worker)
    assert "Brood bakken" not in "".join(
        letter.text for letter in letters_to(worker, "Anna")
    )  # a quiet Saturday
    morning(worker, before(TUESDAY, days=1))
    arrive(worker)
    assert "Brood bakken" in latest(worker, "Anna").text
    assert "Soep koken" not in latest(worker, "Anna").text
    morning(worker, TUESDAY)
    assert "Soep koken" in latest(worker, "Anna").text
    assert "Brood bakken" not in latest(worker, "Anna").text


def test_a_workspace_that_closed_since_it_was_planned_is_left_out(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    with told.acting_as("Anna"):
        db.session.execute(update(Workspace).values(archived_at=YESTERDAY))
        db.session.commit()
    assert morning(worker, TUESDAY)["composed"] == 0


def test_who_left_since_it_was_planned_hears_nothing(told: Cast, worker: Flask) -> None:
    adds(told, "Anna", "Soep koken", YESTERDAY)
    with told.acting_as("Anna"):
        bram = here(Membership, told.amersfoort.members["Bram"])
        assert bram
        bram.left_at = YESTERDAY
        db.session.commit()
    count = len(letters_to(worker, "Bram"))
    morning(worker, TUESDAY)
    assert len(letters_to(worker, "Bram")) == count


def test_who_let_nothing_be_heard_for_half_a_year_is_asked_once_and_then_left_in_peace(
    told: Cast, worker: Flask
) -> None:
    later = TUESDAY + timedelta(days=182)
    reckoned(worker, later - timedelta(days=1))
    adds(told, "Bram", "Soep koken", later - timedelta(hours=20))
    morning(worker, later)
    assert latest(worker, "Anna").subject == "Wil je nog mail van ons krijgen?"
    arrive(worker)
    count = len(letters_to(worker, "Anna"))
    for weeks in (1, 5, 6):
        morning(worker, later + weeks * WEEK)
    assert len(letters_to(worker, "Anna")) == count
    with worker.app_context():
        assert db.session.get_one(Person, told.people["Anna"]).digest_cadence == "never"


def test_who_answered_that_question_hears_of_it_all_again(told: Cast, worker: Flask) -> None:
    later = TUESDAY + timedelta(days=182)
    reckoned(worker, later - timedelta(days=1))
    adds(told, "Bram", "Soep koken", later - timedelta(hours=20))
    morning(worker, later)
    arrive(worker)
    with worker.app_context():
        anna = Person.id == told.people["Anna"]
        db.session.execute(update(Person).where(anna).values(heard_on=later.date(), digest_cadence="weekly"))
        db.session.commit()
    morning(worker, later + WEEK)
    assert "Soep koken" in latest(worker, "Anna").text


def test_a_preview_says_the_same_and_tells_nothing(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    with worker.app_context(), clock.at(TUESDAY):
        seen = composing.preview(told.people["Anna"])
    assert seen
    planned = len(digests_of(worker, told.people["Anna"]))
    morning(worker, TUESDAY)
    assert latest(worker, "Anna").text == seen.text
    assert len(digests_of(worker, told.people["Anna"])) == planned + 1
