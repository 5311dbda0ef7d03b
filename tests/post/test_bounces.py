"""Mail that comes back: what does not exist is known from then on, and nothing else is believed."""

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.counting import statements
from tests.people.letters import letters as all_letters
from tests.post import reports
from tests.post.sink import Sink
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.post import bounces, incoming
from vitaal.post.addresses import For, OurAddress, OurAddresses
from vitaal.post.delivery import deliver
from vitaal.post.models import Assurance, Letter, UnreachableAddress
from vitaal.post.smtp import Smtp
from vitaal.settings import BadSetting, Settings

OURS = OurAddresses("antwoord.vitaal.example", "only for tests")
TRUUS = "truus@example.nl"


def a_letter(worker: Flask, to: str = TRUUS, state: str = "sent", kind: str = "digest") -> UUID:
    letter_id = new_id()
    with worker.app_context():
        db.session.add(
            Letter(
                id=letter_id, kind=kind, assurance=Assurance.AT_MOST_ONCE, recipient=to, subject="Hoi", text="Hoi",
                html="<p>Hoi</p>", message_id=f"<{letter_id}@vitaal>", state=state,
            )
        )  # fmt: skip
        db.session.commit()
    return letter_id


def comes_back(worker: Flask, letter_id: UUID, report: str) -> None:
    with worker.app_context():
        bounces.take_in(letter_id, incoming.read(report.encode(), ""))


def gone(worker: Flask) -> dict[str, str]:
    with worker.app_context():
        return {row.email: row.reason for row in db.session.scalars(select(UnreachableAddress))}


def state_of(worker: Flask, letter_id: UUID) -> tuple[str, str]:
    with worker.app_context():
        letter = db.session.get_one(Letter, letter_id)
        return letter.state, letter.last_error


@pytest.mark.parametrize("report", [reports.postfix(TRUUS)] + [
    text.format(address=TRUUS, returns="terug@example.nl") for text in (reports.EXIM, reports.OFFICE365, reports.GMAIL)
])  # fmt: skip
def test_a_report_that_an_address_does_not_exist_is_kept_with_the_reason(worker: Flask, report: str) -> None:
    letter_id = a_letter(worker)
    comes_back(worker, letter_id, report)
    comes_back(worker, letter_id, report)
    assert list(gone(worker)) == [TRUUS]
    state, error = state_of(worker, letter_id)
    assert (state, error) == ("refused", gone(worker)[TRUUS])
    assert "550" in error


@pytest.mark.parametrize(
    ("action", "status", "said"),
    [
        ("delayed", "4.4.1", "connect to mail.example.nl: Connection timed out"),
        ("delayed", "5.1.1", "550 5.1.1 User unknown"),
        ("delivered", "2.0.0", "250 OK"),
        ("failed", "4.4.7", "delivery expired"),
        ("failed", "5.2.2", "552 5.2.2 Mailbox full"),
        ("failed", "5.7.1", "550 5.7.1 Message rejected as spam by user unknown to us"),
        ("failed", "5.3.4", "552 Message too large"),
        ("failed", "5.0.0", "554 rejected"),
        ("failed", "5.0.0", "550 Sender address rejected: Domain not found"),
        ("failed", "5.0.0", "550 5.7.26 Unauthenticated, user unknown"),
        ("failed", "5.4.1", "554 5.4.1 Relay access denied"),
    ],
)
def test_what_may_pass_or_is_about_the_content_says_nothing_of_the_address(
    worker: Flask, action: str, status: str, said: str
) -> None:
    letter_id = a_letter(worker)
    comes_back(worker, letter_id, reports.postfix(TRUUS, action=action, status=status, said=said))
    assert gone(worker) == {}
    assert state_of(worker, letter_id)[0] == "sent"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.1.2", "Host or domain name not found"),
        ("5.4.4", "Host or domain name not found. Name service error"),
        ("5.1.6", "mailbox has moved"),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach is inactive"),
        ("5.0.0", "550 5.1.1 gone"),
        ("5.5.0", "550 Requested action not taken: mailbox does not exist"),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied."),
        ("nonsense", "550 No such user"),
    ],
)
def test_many_words_say_that_it_does_not_exist(worker: Flask, status: str, said: str) -> None:
    comes_back(worker, a_letter(worker), reports.postfix(TRUUS, status=status, said=said))
    assert list(gone(worker)) == [TRUUS]


@pytest.mark.parametrize("report", [
    reports.postfix("iemand.anders@example.nl"),
    reports.postfix(""),
    "Subject: weg\n\nI am out of office.\n",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n",
    "Content-Type: message/delivery-status\n\nAction: failed\n\n",
    "",
])  # fmt: skip
def test_a_report_about_someone_else_or_nobody_silences_nobody(worker: Flask, report: str) -> None:
    letter_id = a_letter(worker)
    comes_back(worker, letter_id, report)
    comes_back(worker, new_id(), reports.postfix(TRUUS))
    assert gone(worker) == {}
    assert state_of(worker, letter_id)[0] == "sent"


def test_capitals_in_an_address_mean_nothing(worker: Flask) -> None:
    comes_back(worker, a_letter(worker), reports.postfix("Truus@Example.NL"))
    assert list(gone(worker)) == [TRUUS]


@pytest.mark.parametrize(
    ("answer", "is_gone"),
    [
        ("550 5.1.1 <truus@example.nl>: User unknown", True),
        ("550 no such mailbox", True),
        ("550 5.7.1 we don't like you", False),
        ("550 relay not permitted", False),
        ("554 5.1.1 go away", False),
        ("450 4.1.1 greylisted, user unknown", False),
    ],
)
def test_a_server_that_knows_nobody_there_says_so_at_once(worker: Flask, answer: str, is_gone: bool) -> None:
    a_letter(worker, state="waiting")
    with Sink() as sink, worker.app_context():
        sink.on_recipient = lambda _: answer
        deliver(Smtp(sink.url, "Vitaal <post@vitaal.example>"))
    assert (TRUUS in gone(worker)) == is_gone


def test_mail_to_what_does_not_exist_waits_for_nothing_and_signing_in_always_goes_out(worker: Flask) -> None:
    comes_back(worker, a_letter(worker), reports.postfix(TRUUS))
    held = a_letter(worker, state="waiting")
    held_too = a_letter(worker, "Truus@example.nl", state="waiting")
    for kind in bounces.ALWAYS:
        a_letter(worker, state="waiting", kind=kind)
    a_letter(worker, "ander@example.nl", state="waiting")
    with Sink() as sink, worker.app_context():
        assert deliver(Smtp(sink.url, "Vitaal <post@vitaal.example>")) == {"sent": 4, "lapsed": 2}
        assert sink.readers == {TRUUS: 3, "ander@example.nl": 1}
    assert state_of(worker, held) == state_of(worker, held_too) == ("lapsed", "The address bounced.")


def test_holding_back_takes_one_statement_for_any_number(worker: Flask) -> None:
    counts = []
    for number in (1, 20):
        letters = [a_letter(worker, state="sending") for _ in range(number)]
        with worker.app_context():
            rows = [db.session.get_one(Letter, letter_id) for letter_id in letters]
            db.session.commit()
            with statements(worker) as made:
                bounces.hold_back(rows)
            counts.append(len(made))
    assert counts[0] == counts[1]


def test_mail_starts_again_when_someone_signs_in_with_the_address(cast: Cast, worker: Flask) -> None:
    with worker.app_context():
        bounces.remember("bram@example.nl", "550 5.1.1")
        bounces.remember(TRUUS, "550 5.1.1")
        db.session.commit()
    browser = cast.client()
    browser.post("/inloggen", data={"email": "bram@example.nl"})
    browser.post("/inloggen/code", data={"code": all_letters(worker)[-1].code})
    assert list(gone(worker)) == [TRUUS]


def test_mail_goes_to_the_address_that_someone_adds_when_theirs_does_not_exist(
    cast: Cast, worker: Flask
) -> None:
    with worker.app_context():
        bounces.remember("bram@example.nl", "550 5.1.1")
        db.session.commit()
    for name, address in (("Bram", "bram@nieuw.example"), ("Anna", "anna@nieuw.example")):
        browser = cast.client(name)
        browser.post("/mijn/adressen", data={"email": address})
        browser.post("/inloggen/code", data={"code": all_letters(worker)[-1].code})
    with cast.app.app_context():
        mails = dict(db.session.execute(db.text("SELECT name, email FROM app.person")).all())
    assert (mails["Bram"], mails["Anna"]) == ("bram@nieuw.example", "anna@example.nl")


@pytest.mark.parametrize("use", list(For))
def test_an_address_of_ours_says_what_it_is_about_whatever_happens_to_its_capitals(use: For) -> None:
    about = new_id()
    address = OURS.address(use, about)
    assert len(address.partition("@")[0]) <= 64
    for written in (address, address.upper(), address.title()):
        assert OURS.read(written) == OurAddress(use, about)


@pytest.mark.parametrize("spoil", [
    lambda a: a.replace("antwoord+", "terug+"),
    lambda a: a.replace("@antwoord", "@elders"),
    lambda a: a.replace("antwoord+", "antwoord+a"),
    lambda a: a[:-len("x@antwoord.vitaal.example")] + "@antwoord.vitaal.example",
    lambda a: "antwoord@antwoord.vitaal.example",
    lambda a: "antwoord+@antwoord.vitaal.example",
    lambda a: "antwoord+é0189!@antwoord.vitaal.example",
    lambda a: "antwoord+" + "a" * 42 + "@antwoord.vitaal.example",
    lambda a: "", lambda a: "@", lambda a: a + "\r\n",
])  # fmt: skip
def test_an_address_that_was_made_up_is_none_of_ours(spoil: object) -> None:
    address = OURS.address(For.ANSWERS, UUID(int=7))
    assert OURS.read(spoil(address)) is None  # type: ignore[operator]
    assert OurAddresses("antwoord.vitaal.example", "another key").read(address) is None


def test_a_letter_comes_back_to_an_address_of_its_own_and_says_where_answers_go(worker: Flask) -> None:
    letter_id = a_letter(worker, state="waiting")
    reply_to = OURS.address(For.ANSWERS, new_id())
    with Sink() as sink, worker.app_context():
        db.session.get_one(Letter, letter_id).reply_to = reply_to
        db.session.commit()
        deliver(Smtp(sink.url, "Vitaal <post@vitaal.example>", OURS))
        (message,), (sender,) = sink.accepted, sink.senders
    assert message["Reply-To"] == reply_to
    assert message["From"] == "Vitaal <post@vitaal.example>"
    assert OURS.read(sender) == OurAddress(For.RETURNS, letter_id)


@pytest.mark.parametrize("evil", ["a@b.nl\r\nBcc: c@d.nl", "a@b.nl, c@d.nl", "Naam <a@b.nl>"])
def test_where_answers_go_is_one_address_and_no_header(worker: Flask, evil: str) -> None:
    letter_id = a_letter(worker, state="waiting")
    with Sink() as sink, worker.app_context():
        db.session.get_one(Letter, letter_id).reply_to = evil
        db.session.commit()
        assert deliver(Smtp(sink.url, "Vitaal <post@vitaal.example>")) == {"waiting": 1}
        assert sink.accepted == []


def test_without_a_domain_no_mail_comes_in(settings: Settings) -> None:
    assert OurAddresses.of(settings) is None
    assert OurAddresses.of(replace(settings, mail_domain="antwoord.vitaal.example"))


def test_the_settings_of_the_door_are_checked() -> None:
    read = Settings.from_environment(
        {"VITAAL_MAIL_DOMAIN": "Antwoord.Vitaal.example", "VITAAL_MAIL_DOOR": "0.0.0.0:24"}
    )
    assert (read.mail_domain, read.mail_door) == ("antwoord.vitaal.example", "lmtp://0.0.0.0:24")
    assert Settings.from_environment({}).mail_door == "lmtp://127.0.0.1:8024"
    assert Settings.from_environment({"VITAAL_MAIL_DOOR": "smtp://[::1]:25"}).mail_door == "smtp://[::1]:25"
    for name, wrong in (
        ("VITAAL_MAIL_DOMAIN", "vitaal"),
        ("VITAAL_MAIL_DOMAIN", "a@b.nl"),
        ("VITAAL_MAIL_DOOR", "8024"),
    ):
        with pytest.raises(BadSetting, match=name):
            Settings.from_environment({name: wrong})


def test_since_when_an_address_does_not_exist_stays_as_it_was_first_known(worker: Flask) -> None:
    first, letter_id = clock.now(), a_letter(worker)
    with clock.at(first):
        comes_back(worker, letter_id, reports.postfix(TRUUS))
    comes_back(worker, letter_id, reports.postfix(TRUUS, said="550 5.1.1 still unknown"))
    with worker.app_context():
        assert db.session.get_one(UnreachableAddress, TRUUS).since_at == first
