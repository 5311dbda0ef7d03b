"""Letters over SMTP: what the server says decides how each ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.post.sink import Sink
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.post.delivery import deliver
from vitaal.post.models import Assurance, Letter
from vitaal.post.smtp import Smtp

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
SENDER = "Vitaal <post@vitaal.example>"


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server."""
    with Sink() as sink:
        yield sink


def write(worker: Flask, to: str, assurance: Assurance = Assurance.AT_LEAST_ONCE, **more: object) -> None:
    letter_id = new_id()
    values = {
        "id": letter_id, "kind": "test", "assurance": assurance, "recipient": to, "subject": "Doe je mee?", "text": "Hallo\n",
        "html": "<p>Hallo</p>", "message_id": f"<{letter_id}@vitaal>", "due_at": NOW, "created_at": NOW, **more,
    }  # fmt: skip
    with worker.app_context():
        db.session.add(Letter(**values))
        db.session.commit()


def post(worker: Flask, url: str, at: datetime = NOW) -> dict[str, int]:
    with worker.app_context(), clock.at(at):
        return dict(deliver(Smtp(url, SENDER)))


def state_of(worker: Flask, to: str) -> str:
    with worker.app_context():
        return str(db.session.scalar(select(Letter.state).where(Letter.recipient == to)))


def test_a_batch_goes_over_one_connection(worker: Flask, sink: Sink) -> None:
    for number in range(5):
        write(worker, f"lezer{number}@example.nl")
    assert post(worker, sink.url) == {"sent": 5}
    assert (len(sink.accepted), sink.connections) == (5, 1)
    assert post(worker, sink.url) == {}


def test_a_letter_carries_what_mail_programs_need(worker: Flask, sink: Sink) -> None:
    long_url = "https://vitaal.example/mail/stop/" + "a" * 120
    write(
        worker,
        "lezer@example.nl",
        subject="Eén ding vraagt iets van jou",
        unsubscribe_url=long_url,
        text="Dag\n.punt\n",
    )
    post(worker, sink.url)
    (message,) = sink.accepted
    assert message["Subject"] == "Eén ding vraagt iets van jou"
    assert message["From"] == "Vitaal <post@vitaal.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{long_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@vitaal>")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content() == "Dag\n.punt\n"


def test_an_address_that_does_not_exist_is_refused_and_the_rest_goes_on(worker: Flask, sink: Sink) -> None:
    sink.on_recipient = lambda address: "550 no such mailbox" if address.startswith("weg") else None
    for name in ("een", "weg", "twee"):
        write(worker, f"{name}@example.nl")
    assert post(worker, sink.url) == {"sent": 2, "refused": 1}


def test_a_letter_that_can_not_be_written_down_is_tried_later_and_the_rest_goes_on(
    worker: Flask, sink: Sink
) -> None:
    write(worker, "stuk\r\nBcc: ander@example.nl")
    write(worker, "heel@example.nl")
    assert post(worker, sink.url) == {"waiting": 1, "sent": 1}
    assert sink.readers == {"heel@example.nl": 1}


def test_a_busy_server_gets_it_later_with_the_same_message_id(worker: Flask, sink: Sink) -> None:
    sink.on_content = lambda address: "451 busy"
    write(worker, "lezer@example.nl", Assurance.AT_MOST_ONCE)
    assert post(worker, sink.url) == {"waiting": 1}
    sink.on_content = lambda address: None
    assert post(worker, sink.url) == {}
    assert post(worker, sink.url, NOW + timedelta(minutes=2)) == {"sent": 1}


def test_a_server_that_refuses_the_content_refuses_the_letter(worker: Flask, sink: Sink) -> None:
    sink.on_content = lambda address: "554 spam"
    write(worker, "lezer@example.nl")
    assert post(worker, sink.url) == {"refused": 1}


@pytest.mark.parametrize("happens", ["hang up", "accept and hang up"])
def test_no_answer_after_the_content_makes_a_digest_uncertain_for_ever(
    worker: Flask, sink: Sink, happens: str
) -> None:
    sink.on_content = lambda address: happens
    write(worker, "lezer@example.nl", Assurance.AT_MOST_ONCE)
    assert post(worker, sink.url) == {"uncertain": 1}
    sink.on_content = lambda address: None
    assert post(worker, sink.url, NOW + timedelta(days=1)) == {}


def test_no_answer_after_the_content_sends_an_invitation_again(worker: Flask, sink: Sink) -> None:
    sink.on_content = lambda address: "hang up"
    write(worker, "lezer@example.nl")
    assert post(worker, sink.url) == {"waiting": 1}
    sink.on_content = lambda address: None
    assert post(worker, sink.url, NOW + timedelta(minutes=2)) == {"sent": 1}
    assert sink.readers == {"lezer@example.nl": 1}


def test_a_server_that_hangs_up_between_letters_is_called_again(worker: Flask, sink: Sink) -> None:
    sink.on_content = lambda address: "accept and hang up" if address.startswith("een") else None
    write(worker, "een@example.nl")
    write(worker, "twee@example.nl")
    assert post(worker, sink.url) == {"waiting": 1, "sent": 1}
    assert sink.connections == 2


def test_a_mail_server_that_is_away_costs_no_attempts(worker: Flask, sink: Sink) -> None:
    write(worker, "een@example.nl")
    write(worker, "twee@example.nl")
    for minutes in range(0, 40, 2):
        assert post(worker, "smtp://127.0.0.1:1", NOW + timedelta(minutes=minutes)) == {"waiting": 2}
    assert post(worker, sink.url, NOW + timedelta(hours=1)) == {"sent": 2}


def test_after_five_attempts_a_letter_is_parked_with_the_reason(worker: Flask, sink: Sink) -> None:
    sink.on_recipient = lambda address: "450 mailbox busy"
    write(worker, "lezer@example.nl")
    for hours in range(6):
        post(worker, sink.url, NOW + timedelta(hours=2 * hours))
    with worker.app_context():
        letter = db.session.scalars(select(Letter)).one()
        assert (letter.state, letter.attempts) == ("parked", 5)
        assert letter.last_error == "The mail server answered 450: mailbox busy"


def test_a_letter_that_came_too_late_is_not_sent(worker: Flask, sink: Sink) -> None:
    write(worker, "lezer@example.nl", give_up_at=NOW + timedelta(minutes=10))
    assert post(worker, sink.url, NOW + timedelta(minutes=11)) == {"lapsed": 1}
    assert sink.accepted == []


@pytest.mark.parametrize(
    ("assurance", "state", "received"), [("at_most_once", "uncertain", 0), ("at_least_once", "sent", 1)]
)
def test_what_a_dead_worker_was_handing_over(
    worker: Flask, sink: Sink, assurance: Assurance, state: str, received: int
) -> None:
    write(
        worker,
        "lezer@example.nl",
        assurance,
        state="handing_over",
        lease_until=NOW + timedelta(minutes=5),
        lease_token=new_id(),
    )
    assert post(worker, sink.url) == {}
    post(worker, sink.url, NOW + timedelta(minutes=6))
    assert (state_of(worker, "lezer@example.nl"), len(sink.accepted)) == (state, received)


def test_what_a_dead_worker_had_not_offered_yet_is_simply_sent(worker: Flask, sink: Sink) -> None:
    write(
        worker,
        "lezer@example.nl",
        Assurance.AT_MOST_ONCE,
        state="sending",
        lease_until=NOW,
        lease_token=new_id(),
    )
    assert post(worker, sink.url, NOW + timedelta(minutes=1)) == {"sent": 1}


def test_a_slow_worker_that_lost_its_letter_does_not_send_it(worker: Flask, sink: Sink) -> None:
    write(worker, "lezer@example.nl", Assurance.AT_MOST_ONCE)

    def someone_else_takes_it(_: str) -> None:
        with worker.app_context():
            db.session.execute(update(Letter).values(lease_token=new_id()))
            db.session.commit()

    sink.on_recipient = someone_else_takes_it
    assert post(worker, sink.url) == {"taken over": 1}
    assert sink.accepted == []


def test_an_address_with_other_letters_is_refused_where_the_server_can_not_write_it(
    worker: Flask, sink: Sink
) -> None:
    write(worker, "zoë@example.nl")
    assert post(worker, sink.url) == {"refused": 1}
