"""What an operator does from the command line, and what they hear when it can't be."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast, play
from tests.commands.conftest import Vitaal
from tests.digests.story import adds, reckoned
from tests.jobs.workshop import sql
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.promises import Promise
from vitaal.people.models import Person, person_with
from vitaal.post.mailbox import LocalMailbox
from vitaal.post.models import Assurance, Letter
from vitaal.settings import Settings

MOMENT = "2026-11-24T07:00+01:00"
TUESDAY = datetime.fromisoformat(MOMENT)


@pytest.fixture
def autumn(app: Flask, worker: Flask) -> Cast:
    """The cast, together since September, with something to tell on the Tuesday in November."""
    with clock.at(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        cast = play(app)
    reckoned(worker, TUESDAY - timedelta(days=1))
    adds(cast, "Bram", "Soep koken", TUESDAY - timedelta(hours=20))
    return cast


def letter(worker: Flask, to: str, **values: object) -> UUID:
    """A letter, and how far it is."""
    made = Letter(
        id=new_id(), kind="test", assurance=Assurance.AT_MOST_ONCE, recipient=to, subject="Hallo", text="Hallo",
        html="", message_id=f"<{to}>", due_at=TUESDAY, **values,
    )  # fmt: skip
    with worker.app_context():
        db.session.add(made)
        db.session.commit()
        return made.id


def test_without_work_there_is_none_to_show(vitaal: Vitaal, worker: Flask) -> None:
    assert vitaal("jobs") == (0, "letters: none\ndigests: none\nnotices: none\npromises: none")


def test_what_needs_a_look_is_shown_with_its_reason(vitaal: Vitaal, worker: Flask) -> None:
    letter(worker, "anna@example.nl", state="sent")
    uncertain = letter(worker, "bram@example.nl", state="uncertain", last_error="No answer.")
    assert vitaal("jobs") == (
        0,
        (
            "letters: sent 1, uncertain 1\n"
            f"  uncertain {uncertain} test for bram@example.nl, due 2026-11-24 06:00 UTC: No answer.\n"
            "digests: none\nnotices: none\npromises: none"
        ),
    )


def test_work_is_shown_while_redis_is_away(vitaal: Vitaal, worker: Flask, closed_port: int) -> None:
    letter(worker, "anna@example.nl")
    code, said = vitaal("jobs", VITAAL_REDIS_URL=f"redis://127.0.0.1:{closed_port}/0")
    assert (code, said.splitlines()[0]) == (0, "letters: waiting 1")


def test_what_was_parked_is_tried_again_and_what_is_uncertain_is_not(
    vitaal: Vitaal, worker: Flask, settings: Settings
) -> None:
    letter(worker, "anna@example.nl", state="parked", attempts=5)
    letter(worker, "bram@example.nl", state="uncertain", attempts=1)
    with worker.app_context():
        db.session.add(Promise(kind="test", subject_id=new_id(), state="parked", attempts=5))
        db.session.commit()
    assert vitaal("jobs", "retry") == (0, "2 will be tried again.")
    assert sql(settings, "SELECT recipient, state, attempts FROM ops.letter ORDER BY 1") == [
        ("anna@example.nl", "waiting", 0),
        ("bram@example.nl", "uncertain", 1),
    ]
    assert sql(settings, "SELECT state, attempts FROM ops.promise") == [("waiting", 0)]
    assert vitaal("jobs", "retry") == (0, "0 will be tried again.")


def test_a_preview_says_what_the_digest_of_someone_would_say(vitaal: Vitaal, autumn: Cast) -> None:
    code, said = vitaal("digests", "preview", " Anna@example.nl")
    assert code == 0
    assert said.startswith("Samen in Amersfoort: ")
    assert "Soep koken" in said
    assert vitaal("digests", "preview", "farah@example.nl") == (0, "There is nothing to say now.")
    assert vitaal("digests", "preview", "niemand@example.nl") == (
        1,
        "Nobody here has the address niemand@example.nl.",
    )


def test_digests_of_a_moment_are_planned_written_and_delivered_once(
    vitaal: Vitaal, autumn: Cast, worker: Flask
) -> None:
    before = len(LocalMailbox(worker.extensions["storage"]).letters())
    assert vitaal("digests", "send", "--now", MOMENT) == (
        0,
        "Digests planned: 3. Written: 1, nothing new: 2, failed: 0. Delivered: 1, waiting: 0.",
    )
    assert vitaal("digests", "send", "--now", MOMENT) == (
        0,
        "Digests planned: 0. Written: 0, nothing new: 0, failed: 0. Delivered: 0, waiting: 0.",
    )
    arrived = LocalMailbox(worker.extensions["storage"]).letters()
    assert len(arrived) == before + 1
    assert "Soep koken" in next(mail["text"] for mail in arrived if mail["to"] == "anna@example.nl")


def test_digests_wait_for_a_mail_server_that_is_away(vitaal: Vitaal, autumn: Cast, closed_port: int) -> None:
    away = {"VITAAL_LOCAL_MAILBOX": "0", "VITAAL_SMTP_URL": f"smtp://127.0.0.1:{closed_port}"}
    code, said = vitaal("digests", "send", "--now", MOMENT, **away)
    assert (code, said.rpartition(" Delivered")[2]) == (0, ": 0, waiting: 1.")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("morgen", "'morgen' is no moment; write it like 2026-11-24T07:00+01:00."),
        ("2026-11-31T07:00+01:00", "'2026-11-31T07:00+01:00' is no moment; write it like 2026-11-24T07:00+01:00."),
        ("2026-11-24T07:00", "'2026-11-24T07:00' needs its time zone; write it like 2026-11-24T07:00+01:00."),
        ("", "'' is no moment; write it like 2026-11-24T07:00+01:00."),
    ],
)  # fmt: skip
def test_a_moment_that_is_none_sends_nothing(vitaal: Vitaal, written: str, said: str) -> None:
    assert vitaal("digests", "send", "--now", written) == (1, said)


def test_a_new_operator(vitaal: Vitaal, worker: Flask) -> None:
    assert vitaal("create-operator", " Olga@Example.nl ") == (
        0,
        "olga@example.nl can now sign in as an operator.",
    )
    assert operators(worker) == ["olga@example.nl"]
    assert vitaal("create-operator", "olga@example.nl")[0] == 0
    assert operators(worker) == ["olga@example.nl"]


def test_a_member_who_becomes_an_operator_stays_the_same_person(
    vitaal: Vitaal, cast: Cast, worker: Flask
) -> None:
    with worker.app_context():
        db.session.get_one(Person, cast.people["Anna"]).prove("anna@elders.example")
        db.session.commit()
    assert vitaal("create-operator", "anna@elders.example")[0] == 0
    assert operators(worker) == ["anna@example.nl", "olga@example.nl"]
    with worker.app_context():
        anna = person_with("anna@elders.example")
        assert anna
        assert anna.id == cast.people["Anna"]


@pytest.mark.parametrize(
    "typed", ["olga", "olga@", "@example.nl", "olga@example", "olga jansen@example.nl", ""]
)
def test_what_is_no_address_makes_no_operator(vitaal: Vitaal, worker: Flask, typed: str) -> None:
    code, said = vitaal("create-operator", typed)
    assert code == 1
    assert said.startswith(f"{typed!r} is no e-mail address: ")
    assert operators(worker) == []


@pytest.mark.parametrize(
    "words", [["create-operator", "olga@example.nl"], ["jobs"], ["digests", "send"], ["demo"]]
)
def test_a_database_in_which_nothing_was_made_sends_to_the_doctor(
    vitaal: Vitaal, unmigrated: str, words: list[str]
) -> None:
    code, said = vitaal(*words, VITAAL_DATABASE_URL=unmigrated)
    assert code == 1
    assert said.startswith("The database refuses this (")
    assert said.endswith("): `vitaal doctor` says what is wrong with it.")


def test_migrating_an_empty_database_makes_it_well(vitaal: Vitaal, unmigrated: str) -> None:
    assert vitaal("migrate", VITAAL_DATABASE_URL=unmigrated) == (0, "")
    assert vitaal("migrate", VITAAL_DATABASE_URL=unmigrated) == (0, "")
    assert vitaal("doctor", VITAAL_DATABASE_URL=unmigrated) == (0, "All is well.")


def test_the_demo_fills_an_empty_database_and_no_other(vitaal: Vitaal, worker: Flask) -> None:
    assert vitaal("demo", "--localities", "1") == (0, "A world with 1 coalitions is ready.")
    refused = (1, "The demo needs an empty database, and people live in this one.")
    assert vitaal("demo", "--localities", "1") == refused


@pytest.mark.parametrize(
    "words", [["demo", "--localities", "0"], ["jobs", "all"], ["digests"], ["doctor", "me"]]
)
def test_a_command_that_does_not_exist_is_explained(vitaal: Vitaal, words: list[str]) -> None:
    code, said = vitaal(*words)
    assert code == 2
    assert said.startswith("Usage: ")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("VITAAL_PORT", "acht", "VITAAL_PORT must be a whole number, not 'acht'."),
        ("VITAAL_DATABASE_URL", "db.example", "VITAAL_DATABASE_URL must be an address that starts with postgresql://."),
        ("VITAAL_REDIS_URL", "http://redis", "VITAAL_REDIS_URL must be an address that starts with redis://."),
        ("VITAAL_SMTP_URL", "mail.example:25", "VITAAL_SMTP_URL must be an address that starts with smtp://."),
        ("VITAAL_BASE_URL", "vitaal.example", "VITAAL_BASE_URL must be an address that starts with https://."),
        ("VITAAL_LOG_LEVEL", "loud", "VITAAL_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, not 'LOUD'."),
    ],
)  # fmt: skip
def test_a_setting_that_can_not_be_is_named(vitaal: Vitaal, name: str, value: str, said: str) -> None:
    assert vitaal("jobs", **{name: value}) == (1, said)


def test_a_database_that_is_away_is_told_in_one_sentence(vitaal: Vitaal, closed_port: int) -> None:
    url = f"postgresql://vitaal:hidden@127.0.0.1:{closed_port}/vitaal"
    code, said = vitaal("jobs", VITAAL_DATABASE_URL=url)
    assert code == 1
    assert said.startswith("The database of VITAAL_DATABASE_URL can't be reached: ")
    assert said.count("\n") == 0
    assert "hidden" not in said


def operators(worker: Flask) -> list[str]:
    """Who may run this installation."""
    with worker.app_context():
        found = select(Person.email).where(Person.is_operator).order_by(Person.email)
        return list(db.session.scalars(found))
