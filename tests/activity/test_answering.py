"""Answering by mail: what you write stands in the conversation, by the same rules as on the page."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.activity.answers import QUOTE, a_mail, answers, letters_to, mentioned, notice_for, said
from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from tests.jobs.workshop import sql
from tests.spelregels.story import a_proposal
from tests.spelregels.story import found as the_proposal
from vitaal.activity import answering
from vitaal.activity.answering import Outcome
from vitaal.activity.models import Notice
from vitaal.agenda.putting_away import throw_away
from vitaal.kernel.db import db, new_id
from vitaal.pages.forms import STORY
from vitaal.post.models import Received
from vitaal.post.reply_text import own_words
from vitaal.settings import Settings
from vitaal.spelregels import deciding
from vitaal.workspaces import memberships


@pytest.fixture
def number(cast: Cast) -> int:
    """An action to talk about."""
    return an_action(cast)


@pytest.fixture
def notice(cast: Cast, worker: Flask, number: int) -> UUID:
    """Anna mentioned Bram there."""
    return mentioned(cast, worker, number)


def test_an_answer_is_said_where_the_question_was(cast: Cast, worker: Flask, notice: UUID) -> None:
    assert answers(worker, notice, a_mail("Ja hoor. @Anna, en jij?" + QUOTE)) == Outcome.SAID
    assert said(cast) == [("Bram", "Ja hoor. @Anna, en jij?")]
    assert letters_to(worker) == []
    assert notice_for(cast, worker, "Anna")


def test_the_same_mail_twice_is_said_once_and_another_one_again(
    cast: Cast, worker: Flask, notice: UUID
) -> None:
    mail = a_mail()
    assert [answers(worker, notice, mail) for _ in range(2)] == [Outcome.SAID, Outcome.AGAIN]
    assert answers(worker, notice, a_mail("Nog iets.")) == Outcome.SAID
    assert said(cast) == [("Bram", "Ja hoor."), ("Bram", "Nog iets.")]


def test_a_mail_without_an_id_is_known_by_what_it_says(cast: Cast, worker: Flask, notice: UUID) -> None:
    mail = a_mail()
    del mail["Message-ID"]
    assert [answers(worker, notice, mail) for _ in range(2)] == [Outcome.SAID, Outcome.AGAIN]
    mail["Message-ID"] = "<" + "x" * 3000 + "\x00>"
    assert [answers(worker, notice, mail) for _ in range(2)] == [Outcome.SAID, Outcome.AGAIN]


def test_what_dies_halfway_leaves_nothing_and_works_the_next_time(
    cast: Cast, worker: Flask, notice: UUID, settings: Settings
) -> None:
    mail = a_mail("@Anna, zie bijlage.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    sql(settings, "REVOKE INSERT ON ops.received FROM vitaal_worker")
    try:
        with pytest.raises(DBAPIError):
            answers(worker, notice, mail)
    finally:
        sql(settings, "GRANT INSERT ON ops.received TO vitaal_worker")
    assert (said(cast), letters_to(worker)) == ([], [])
    assert answers(worker, notice, mail) == Outcome.SAID_IN_PART
    assert (len(said(cast)), len(letters_to(worker))) == (1, 1)


@pytest.mark.parametrize("sender", [
    "chaima@example.nl", "niemand@elders.nl", "bram@example.nl, anna@example.nl", "", "Bram", "bram@example.nl@evil.nl",
    "bram@example.nl <evil@elders.nl>",
])  # fmt: skip
def test_someone_else_is_a_stranger_and_gets_no_letter(
    cast: Cast, worker: Flask, notice: UUID, sender: str
) -> None:
    raw = f"From: {sender}\nMessage-ID: <1@x>\n\nHallo".encode()
    assert answers(worker, notice, raw) == Outcome.STRANGER
    assert answers(worker, notice, b"From: bram@example.nl\n" + raw) == Outcome.STRANGER
    assert said(cast) == []
    with worker.app_context():
        assert db.session.scalar(select(func.count()).select_from(Received)) == 0
        assert letters_to(worker) == letters_to(worker, "chaima@example.nl") == []


def test_every_address_that_is_mine_may_answer(cast: Cast, worker: Flask, notice: UUID) -> None:
    with cast.app.app_context():
        db.session.execute(
            db.text("INSERT INTO app.address VALUES ('bram@thuis.nl', :id, now())"),
            {"id": cast.people["Bram"]},
        )
        db.session.commit()
    assert answers(worker, notice, a_mail(sender='"Bram Bakker, thuis" <Bram@Thuis.NL>')) == Outcome.SAID


def test_a_notice_that_is_unknown_or_about_something_else_is_not_answered(
    cast: Cast, worker: Flask, notice: UUID
) -> None:
    assert answers(worker, new_id(), a_mail()) == Outcome.UNKNOWN
    with worker.app_context():
        db.session.get_one(Notice, notice).kind = "due"
        db.session.commit()
    assert answers(worker, notice, a_mail()) == Outcome.UNKNOWN


def test_where_the_talk_is_over_a_letter_says_so(
    cast: Cast, worker: Flask, notice: UUID, number: int
) -> None:
    with cast.acting_as("Anna"):
        throw_away(found(number), by=member(cast, "Anna"))
        db.session.commit()
    mail = a_mail()
    assert [answers(worker, notice, mail) for _ in range(2)] == [Outcome.NOT_SAID, Outcome.AGAIN]
    (letter,) = letters_to(worker)
    assert letter.subject == "Je antwoord kon er niet bij"
    assert "want het gesprek hierover is gesloten." in letter.text
    assert f"http://localhost/w/{cast.amersfoort.slug}" in letter.text
    assert letter.reply_to == ""
    assert said(cast) == []


def test_who_may_not_see_it_any_more_is_told_no_more_of_it(cast: Cast, worker: Flask, number: int) -> None:
    notice = mentioned(cast, worker, number, "Chaima")
    with cast.acting_as("Anna"):
        found(number).change(circle="inner", by=member(cast, "Anna"))
        db.session.commit()
    assert answers(worker, notice, a_mail(sender="chaima@example.nl")) == Outcome.NOT_SAID
    (letter,) = letters_to(worker, "chaima@example.nl")
    assert "niet meer voor jou te zien" in letter.text
    assert "Samen eten" not in letter.text + letter.subject


def test_who_left_gets_a_letter_that_names_nothing(cast: Cast, worker: Flask, notice: UUID) -> None:
    with cast.acting_as("Bram"):
        memberships.leave(member(cast, "Bram"), actor=member(cast, "Bram"))
        db.session.commit()
    assert answers(worker, notice, a_mail()) == Outcome.NOT_SAID
    (letter,) = letters_to(worker)
    assert "want je doet niet meer mee met deze groep." in letter.text
    assert "Samen" not in letter.text
    assert said(cast) == []


@pytest.mark.parametrize(("text", "why"), [
    (QUOTE, "geen tekst van jou"),
    ("\n\n-- \nBram\n", "geen tekst van jou"),
    ("x" * (STORY + 1), "te lang"),
])  # fmt: skip
def test_what_can_not_be_a_comment_is_told_kindly(
    cast: Cast, worker: Flask, notice: UUID, number: int, text: str, why: str
) -> None:
    assert answers(worker, notice, a_mail(text)) == Outcome.NOT_SAID
    (letter,) = letters_to(worker)
    assert why in letter.text
    assert "Over: Samen eten" in letter.text
    assert f"http://localhost/w/{cast.amersfoort.slug}/agenda/{number}" in letter.text
    assert said(cast) == []


def test_the_text_is_added_and_a_letter_tells_that_the_attachment_was_not(
    cast: Cast, worker: Flask, notice: UUID, number: int
) -> None:
    mail = a_mail("Zie bijlage." + QUOTE)
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan van ons.pdf")
    mail.add_attachment(b"JPEG", maintype="image", subtype="jpeg", filename="foto.jpg")
    assert answers(worker, notice, mail) == Outcome.SAID_IN_PART
    assert said(cast) == [("Bram", "Zie bijlage.")]
    (letter,) = letters_to(worker)
    assert letter.subject == "Je antwoord staat erbij, maar niet alles kon mee"
    assert "plan van ons.pdf, foto.jpg" in letter.text
    assert f"/agenda/{number}#reactie-" in letter.text


def test_a_picture_in_a_signature_is_no_attachment(cast: Cast, worker: Flask, notice: UUID) -> None:
    mail = a_mail("Ja." + QUOTE)
    mail.add_alternative("<p>Ja.</p><img src='cid:logo'>", subtype="html")
    mail.get_payload()[1].add_related(
        b"PNG", "image", "png", cid="<logo>", filename="logo.png", disposition="inline"
    )
    assert answers(worker, notice, mail) == Outcome.SAID
    assert letters_to(worker) == []


def test_a_name_that_more_have_stays_text_and_the_letter_says_so(
    cast: Cast, worker: Flask, notice: UUID
) -> None:
    with cast.acting_as("Anna"):
        member(cast, "Anna").name, member(cast, "Chaima").name = "Ria Smit", "Ria Bos"
        db.session.commit()
    assert answers(worker, notice, a_mail("@Ria weet het.")) == Outcome.SAID_IN_PART
    assert said(cast) == [("Bram", "@Ria weet het.")]
    assert "die Ria heten" in letters_to(worker)[0].text


def test_a_proposal_is_answered_too_until_it_is_over(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast)
    said_there = f"/w/{cast.amersfoort.slug}/spelregels/voorstellen/{number}/reacties"
    cast.client("Anna").post(said_there, data={"reactie-text": "@Bram, wat vind jij?"})
    notice = notice_for(cast, worker, "Bram")
    assert answers(worker, notice, a_mail("Mooi zo.")) == Outcome.SAID
    with cast.acting_as("Bram"):
        deciding.withdraw(the_proposal(number), "Het hoeft niet", by=member(cast, "Bram"))
        db.session.commit()
    assert answers(worker, notice, a_mail("Jammer.")) == Outcome.NOT_SAID
    assert said(cast) == [("Bram", "Mooi zo.")]


def test_where_answers_go_is_known_only_where_mail_can_come_in(worker: Flask) -> None:
    with worker.app_context():
        assert answering.reply_address(new_id()) == ""


HEAD = "Van: Vitaal <post@vitaal.example>\nVerzonden: dinsdag 24 november 2026 10:12\nAan: Bram <bram@example.nl>\n"
OUTLOOK = HEAD + "Onderwerp: Anna noemde je\n\nAnna noemde je in een reactie.\n"
APPLE = "> Op 24 nov 2026, om 10:12 heeft Vitaal <post@vitaal.example> het volgende geschreven:\n> \n> Hoi\n"
WRAPPED = "Op di 24 nov 2026 om 10:12 schreef Anna van de Buurtkamer in Oost via Vitaal <\npost@vitaal.example>:\n\n> Hoi\n"


@pytest.mark.parametrize(("text", "own"), [
    ("Ja.\n\nTot dan.\n\n" + WRAPPED, "Ja.\n\nTot dan."),
    ("Ja.\n\nVerstuurd vanaf mijn iPhone\n\n" + APPLE, "Ja."),
    ("Ja.\n\n" + APPLE.replace("> ", "").replace(">", ""), "Ja."),
    ("Ja.\n\nMet vriendelijke groet,\nBram\n\n" + "_" * 32 + "\n" + OUTLOOK, "Ja."),
    ("Ja.\n\nOutlook voor Android<https://aka.ms/AAb9ysg> downloaden\n" + "_" * 32 + "\n" + OUTLOOK, "Ja."),
    ("Ja.\n\nVerzonden vanaf mijn Galaxy\n\n-------- Oorspronkelijk bericht --------\n" + OUTLOOK, "Ja."),
    (QUOTE.replace("kun jij", "-- \n> kun jij") + "\nMijn antwoord.\n\n-- \nBram\nWelzijn Oost", "Mijn antwoord."),
    ("Zie hieronder.\n\nOp 24-11-2026 om 10:12 schreef Anna:\n> Soep?\nJa.\n> Brood?\nNee.", "Zie hieronder.\n\nJa.\n\nNee."),
    ("Fine.\n\nOn Tue, Nov 24, 2026 at 10:12 AM Vitaal <post@vitaal.example> wrote:\n\n> Hi\n", "Fine."),
    ("Bedankt, dat doen we.\nBedankt, ook jij.\n- soep\n- brood\n\nGroetjes, Bram", "Bedankt, dat doen we.\nBedankt, ook jij.\n- soep\n- brood"),
    ("Op 3 mei kwam iedereen. Anna schreef het op.\nWanneer? Van: 10 tot 12\nDatum: dinsdag",) * 2,
    ("Groeten uit Amersfoort nemen we mee naar de hele buurt.",) * 2,
    ("\n" + OUTLOOK, ""),
    (QUOTE, ""),
    (APPLE, ""),
])  # fmt: skip
def test_only_what_was_written_is_said(text: str, own: str) -> None:
    assert own_words(text) == own
    assert own_words(text.replace("\n", "\r\n").replace("\r", "")) == own


STRANGE = [
    (b"Content-Type: text/plain; charset=windows-1252\n\nEen caf\xe9 \x96 ja", "Een caf\u00e9 \u2013 ja"),
    (b"Content-Type: text/plain; charset=iso-8859-1\n\nEen caf\xe9 \x96 ja", "Een caf\u00e9 \u2013 ja"),
    (b"Content-Type: text/plain; charset=x-unknown\n\nEen caf\xc3\xa9", "Een caf\u00e9"),
    (b"Content-Type: text/plain; charset=idna\n\nEen caf\xe9", "Een caf\u00e9"),
    (b"Content-Type: text/plain; charset=hex\n\nJa", "Ja"),
    (b'Content-Type: text/plain; charset="\xe9\n\nJa', "Ja"),
    (b"\nEen caf\xe9", "Een caf\u00e9"),
    (b"Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\nEen caf=C3=A9 =\nja =ZZ", "Een caf\u00e9 ja =ZZ"),
    (b"Content-Transfer-Encoding: base64\n\nSmEgaG9vc", "SmEgaG9vc"),
    (b"Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\nSmE=", "Ja"),
    (b"Content-Type: text/html; charset=utf-8\n\n<style>p{}</style><p>Ja &amp; <b>nee</b></p><p>x&lt;b&gt;</p><blockquote>Hoi</blockquote>", "Ja & nee\nx<b>"),
    (b"Content-Type: text/html\n\n<div>Ja</div><br><div><b>Van:</b> Vitaal<br><b>Verzonden:</b> nu<br><b>Aan:</b> Bram</div>Hoi", "Ja"),
    (b"Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n \n--x\nContent-Type: text/html\n\n<p>Ja</p>\n--x--", "Ja"),
    (b"Content-Type: text/plain; format=flowed\n\nDit is een lange \nzin.\n> Hoi \n> daar", "Dit is een lange zin."),
    (b"\nJa\x00 \xe2\x80\xaehoor\x07", "Ja hoor"),
]  # fmt: skip
BROKEN = [
    b"Content-Type: multipart/mixed\n\nJa",
    b"Content-Type: multipart/mixed; boundary=\n\n--\nJa",
    b"Content-Type: message/rfc822\n\n\n",
    b"Content-Type: \xff\xfe/;;;=\n\nJa",
    b"Content-Disposition: attachment; filename*=utf-8''%ff%00\n\nJa",
    b"Content-Type: text/plain; charset*=x''%ff\n\nJa",
    b"Subject: =?x?q?=\nTo: =?utf-8?b?////?=\n\nJa",
    b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\xff\n--x--",
    b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 300,
]  # fmt: skip


@pytest.mark.parametrize(("content", "text"), STRANGE)
def test_however_it_was_written_it_reads_the_same(
    cast: Cast, worker: Flask, notice: UUID, content: bytes, text: str
) -> None:
    assert answers(worker, notice, b"From: bram@example.nl\n" + content) == Outcome.SAID
    assert said(cast) == [("Bram", text)]


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_broken_is_an_answer_or_none_and_never_an_error(
    worker: Flask, notice: UUID, content: bytes
) -> None:
    for head in (b"From: bram@example.nl\n", b"From: =?utf-8?q?=FF?= <\xff>\n", b""):
        assert answers(worker, notice, head + content) in set(Outcome)
