"""What a digest says, to whom, and what the next one says when this one did not arrive."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.cast import Cast
from tests.crowd import fill
from tests.digests.story import TUESDAY, adds, before, digests_of, ends, letters_to, morning, reckoned
from vitaal.activity.contribution import Reader
from vitaal.digests import composing
from vitaal.digests.models import Digest
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.post.models import Letter
from vitaal.workspaces.models import Circle, LastSeen, Membership

WEEK = timedelta(days=7)
YESTERDAY = before(TUESDAY, hours=20)


@pytest.fixture
def told(cast: Cast, worker: Flask) -> Cast:
    """The cast, after everyone has been told how it all began."""
    reckoned(worker, before(TUESDAY, days=8))
    morning(worker, before(TUESDAY, days=7))
    for who in ("Anna", "Bram", "Daan"):
        for letter in letters_to(worker, who):
            ends(worker, letter, "sent")
    return cast


def latest(worker: Flask, who: str) -> Letter:
    return letters_to(worker, who)[-1]


def test_a_digest_tells_what_others_did(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    letter = latest(worker, "Anna")
    assert "Bram zette ‘Soep koken’ op de agenda" in letter.text
    assert "Bram zette ‘Soep koken’ op de agenda" in letter.html
    assert letter.subject == "Samen in Amersfoort: Bram zette ‘Soep koken’ op de agenda"


def test_own_things_are_left_out_and_nothing_new_means_no_mail(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    told_before = len(letters_to(worker, "Bram"))
    ended = morning(worker, TUESDAY)
    assert len(letters_to(worker, "Bram")) == told_before
    assert ended == {"composed": 1, "empty": 2}


def test_what_was_seen_on_screen_is_left_out(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    with told.acting_as("Anna"):
        member = here(Membership, told.amersfoort.members["Anna"])
        assert member
        LastSeen.mark(member, YESTERDAY + timedelta(minutes=1))
        db.session.commit()
    assert morning(worker, TUESDAY) == {"empty": 3}


def test_a_digest_says_only_what_its_reader_may_see(told: Cast, worker: Flask) -> None:
    first_tuesday = TUESDAY + timedelta(days=21)
    adds(told, "Bram", "Iets voor het midden", before(first_tuesday, days=1), circle=Circle.INNER)
    adds(told, "Bram", "Iets voor iedereen", before(first_tuesday, days=1))
    morning(worker, first_tuesday)
    assert "Iets voor iedereen" in latest(worker, "Chaima").text
    assert "Iets voor het midden" not in latest(worker, "Chaima").text + latest(worker, "Chaima").html
    assert "Iets voor het midden" in latest(worker, "Anna").text


def test_another_workspace_stays_behind_its_wall(told: Cast, worker: Flask) -> None:
    adds(told, "Daan", "Geheim van elders", YESTERDAY, place=told.elsewhere)
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    assert "Geheim van elders" not in latest(worker, "Anna").text


def test_at_most_five_new_things_and_the_rest_as_a_number(told: Cast, worker: Flask) -> None:
    for number in range(8):
        adds(told, "Bram", f"Actie {number}", YESTERDAY + timedelta(minutes=number))
    morning(worker, TUESDAY)
    letter = latest(worker, "Anna")
    assert letter.text.count("op de agenda") == 5
    assert "En nog drie berichten." in letter.text
    assert letter.subject.endswith("(en zeven andere berichten)")


@pytest.mark.parametrize("state", ["uncertain", "refused", "parked", "lapsed", "waiting"])
def test_what_a_digest_said_that_did_not_arrive_is_in_the_next(told: Cast, worker: Flask, state: str) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    ends(worker, latest(worker, "Anna"), state)
    adds(told, "Bram", "Ramen lappen", YESTERDAY + WEEK)
    morning(worker, TUESDAY + WEEK)
    assert "Soep koken" in latest(worker, "Anna").text
    assert "Ramen lappen" in latest(worker, "Anna").text


def test_what_a_digest_said_that_arrived_is_not_said_again(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    ends(worker, latest(worker, "Anna"), "sent")
    adds(told, "Bram", "Ramen lappen", YESTERDAY + WEEK)
    morning(worker, TUESDAY + WEEK)
    assert "Soep koken" not in latest(worker, "Anna").text


def test_a_digest_that_still_waits_is_overtaken_by_the_next(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    morning(worker, TUESDAY + WEEK)
    assert [letter.state for letter in letters_to(worker, "Anna")][-2:] == ["lapsed", "waiting"]


def test_a_digest_of_which_the_worker_died_is_written_once_by_the_next(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    count = len(letters_to(worker, "Anna"))
    with worker.app_context(), clock.at(TUESDAY + timedelta(minutes=10)):
        assert composing.compose() == {}
    assert len(letters_to(worker, "Anna")) == count


def test_a_digest_that_was_taken_over_meanwhile_stores_nothing(
    told: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    count = len(letters_to(worker, "Anna"))
    really = composing.mails.digest

    def lose_the_lease(*given: object, **named: object) -> Letter:
        db.session.execute(update(Digest).values(lease_token=None))
        db.session.info["stolen"] = True
        return really(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(composing.mails, "digest", lose_the_lease)
    assert morning(worker, TUESDAY)["taken over"] == 1
    assert len(letters_to(worker, "Anna")) == count


def test_a_digest_that_fails_again_and_again_is_parked_and_the_others_are_written(
    told: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    adds(told, "Anna", "Ramen lappen", YESTERDAY)
    really = composing.chapter_of

    def fail_for_anna(reader: Reader, said: object) -> object:
        if reader.member.person_id == told.people["Anna"]:
            raise RuntimeError("Something is wrong with this digest.")
        return really(reader, said)  # type: ignore[arg-type]

    monkeypatch.setattr(composing, "chapter_of", fail_for_anna)
    for hours in range(0, 12, 2):
        morning(worker, TUESDAY + timedelta(hours=hours))
    digest = digests_of(worker, told.people["Anna"])[-1]
    assert (digest.state, digest.last_error) == (
        "parked",
        "RuntimeError: Something is wrong with this digest.",
    )
    assert "Ramen lappen" in latest(worker, "Bram").text


def test_of_many_newcomers_a_few_are_named_and_the_rest_counted(told: Cast, worker: Flask) -> None:
    with clock.at(YESTERDAY):
        fill(told, 9)
    morning(worker, TUESDAY)
    text = latest(worker, "Anna").text
    assert text.count("(Buurthuis De Kom)") == 3
    assert "en 6 anderen doen nu mee" in text


def test_one_mail_over_all_workspaces(told: Cast, worker: Flask) -> None:
    with told.acting_as("Daan", told.elsewhere):
        daan = here(Membership, told.elsewhere.members["Daan"])
        assert daan
        other = Membership(
            person_id=told.people["Anna"], partner_id=daan.partner_id, name="Anna", circle=Circle.INNER,
            joined_at=before(TUESDAY, days=2),
        )  # fmt: skip
        db.session.add(other)
        db.session.commit()
    adds(told, "Bram", "Soep koken", YESTERDAY)
    adds(told, "Daan", "Brood bakken", YESTERDAY, place=told.elsewhere)
    count = len(letters_to(worker, "Anna"))
    morning(worker, TUESDAY)
    letter = latest(worker, "Anna")
    assert len(letters_to(worker, "Anna")) == count + 1
    assert (
        letter.text.index("Elders")
        < letter.text.index("Brood bakken")
        < letter.text.index("Samen in Amersfoort")
    )
    assert "Soep koken" in letter.text


def test_text_and_html_say_the_same_and_carry_the_way_out(told: Cast, worker: Flask) -> None:
    adds(told, "Bram", "Soep koken", YESTERDAY)
    morning(worker, TUESDAY)
    letter = latest(worker, "Anna")
    for words in ("Dag Anna, dit is jouw week", "dinsdag 12 januari 2027", "Je krijgt deze mail op dinsdag", letter.unsubscribe_url,
                  "/mijn/mail", "Wij meten niet"):  # fmt: skip
        assert words in letter.text
        assert words in letter.html
    assert "<img" not in letter.html
