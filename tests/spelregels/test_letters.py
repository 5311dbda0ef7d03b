"""Who is written to about a proposal, and what the letter says."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.agenda.story import member
from tests.cast import Cast
from tests.spelregels.story import A_TEXT, a_proposal, closes, found, says, take_step
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.post.models import Letter
from vitaal.spelregels import deciding, letters, proposing, telling
from vitaal.spelregels.consent import Answer, Closing, Stage
from vitaal.spelregels.deciding import REMIND
from vitaal.spelregels.keeping import remind_in_time
from vitaal.spelregels.proposing import Text

KEEPERS = {
    telling.ASK: letters.ask,
    telling.WRITE_REMINDER: letters.write_reminder,
    telling.TELL: letters.tell,
    telling.TELL_CLOSED: letters.tell_closed,
    REMIND: remind_in_time,
}


def keep(worker: Flask, kind: str) -> None:
    """The worker keeps every promise of this kind that is due."""
    with worker.app_context():
        due = select(Promise).where(Promise.kind == kind, Promise.due_at <= clock.now())
        promises = db.session.scalars(due.order_by(Promise.due_at)).all()
        for promise in promises:
            db.session.expunge(promise)
        db.session.commit()
        for promise in promises:
            KEEPERS[kind](promise)


def written(worker: Flask, kind: str) -> dict[str, Letter]:
    """The newest letter of a kind, by address."""
    with worker.app_context():
        found = db.session.scalars(
            select(Letter).where(Letter.kind == kind).order_by(Letter.created_at)
        ).all()
        db.session.expunge_all()
        db.session.commit()
        return {letter.recipient: letter for letter in found}


def test_who_speaks_for_a_partner_is_asked_once(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    keep(worker, telling.ASK)
    keep(worker, telling.ASK)
    found = written(worker, "spelregels.question")
    assert set(found) == {"anna@example.nl", "bram@example.nl"}
    letter = found["anna@example.nl"]
    assert letter.subject == "Wat vinden jullie?: We beginnen op tijd"
    assert f"/w/{cast.amersfoort.slug}/spelregels/voorstellen/{number}" in letter.text
    assert "De knop opent alleen de pagina" in letter.text


def test_opening_the_link_of_a_letter_answers_nothing(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    page = f"/w/{cast.amersfoort.slug}/spelregels/voorstellen/{number}"
    assert cast.client("Anna").get(page).status_code == 200
    answer = f"{page}/antwoord/{cast.amersfoort.partners['Anna']}"
    assert cast.client("Anna").get(answer, query_string={"answer": "agree"}).status_code == 200
    with cast.acting_as("Anna"):
        assert db.session.execute(db.text("SELECT count(*) FROM app.consent_answer")).scalar() == 0


def test_three_days_and_one_day_before_only_who_is_silent_is_reminded(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    with clock.at(clock.now() + timedelta(days=5, hours=12)):
        keep(worker, REMIND)
        keep(worker, telling.WRITE_REMINDER)
        assert set(written(worker, "spelregels.question")) == {"bram@example.nl"}


def test_who_answered_before_the_letter_was_written_gets_none(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    keep(worker, telling.ASK)
    assert set(written(worker, "spelregels.question")) == {"bram@example.nl"}


def test_everyone_hears_how_it_ended(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.OBJECTION, "Te vroeg")
    says(cast, "Bram", number, Answer.AGREE)
    closes(cast, number)
    keep(worker, telling.TELL)
    found = written(worker, "spelregels.outcome")
    assert set(found) == {"anna@example.nl", "bram@example.nl"}
    assert found["bram@example.nl"].subject.startswith("Er is een bezwaar, we praten verder")
    assert "Te vroeg" not in found["bram@example.nl"].text


def test_who_objected_hears_what_the_group_did_with_it(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.OBJECTION, "Te vroeg")
    says(cast, "Anna", number, Answer.AGREE)
    closes(cast, number)
    with cast.acting_as("Anna"):
        deciding.close_objection(
            found(number),
            cast.amersfoort.partners["Bram"],
            Closing.SET_ASIDE,
            "We proberen het",
            by=member(cast, "Anna"),
        )
        db.session.commit()
    keep(worker, telling.TELL_CLOSED)
    keep(worker, telling.TELL_CLOSED)
    letters_written = written(worker, "spelregels.objection")
    assert set(letters_written) == {"bram@example.nl"}
    assert "We proberen het" in letters_written["bram@example.nl"].text


def test_a_second_round_says_that_it_is_another(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.OBJECTION, "Te vroeg")
    says(cast, "Anna", number, Answer.AGREE)
    closes(cast, number)
    with cast.acting_as("Bram"):
        better = Text("We beginnen om elf uur", "", "Daarom", A_TEXT.review_on)
        proposing.reword(found(number), better, by=member(cast, "Bram"), wording=1)
        db.session.commit()
    take_step(cast, number, Stage.ROUND)
    keep(worker, telling.ASK)
    subject = written(worker, "spelregels.question")["bram@example.nl"].subject
    assert subject == "Ronde 2, de tekst is veranderd: We beginnen om elf uur"
