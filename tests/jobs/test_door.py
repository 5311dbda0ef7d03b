"""The door where mail comes in, with a real caller, on a real port."""

import os
import signal
import smtplib
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from tests.activity.answers import a_mail, letters_to, mentioned, said
from tests.agenda.story import an_action
from tests.cast import Cast
from tests.conftest import disconnect, free_port
from tests.jobs.workshop import BIN, until
from tests.post import reports
from vitaal.app import create_app
from vitaal.door import LARGEST, Door
from vitaal.kernel.db import db, new_id
from vitaal.post import bounces
from vitaal.post.addresses import For, OurAddresses
from vitaal.post.models import Assurance, Letter
from vitaal.settings import ROOT, BadSetting, Settings

DOMAIN = "antwoord.vitaal.example"


@pytest.fixture
def reachable(settings: Settings) -> Settings:
    """An installation where mail can come in."""
    return replace(settings, mail_domain=DOMAIN, mail_door=f"lmtp://127.0.0.1:{free_port()}")


@pytest.fixture
def house(reachable: Settings, cast: Cast) -> Iterator[Flask]:
    """Its application as the door has it."""
    app = create_app(reachable, role="vitaal_worker")
    yield app
    disconnect(app)


@pytest.fixture
def door(house: Flask) -> Iterator[Callable[[], smtplib.LMTP]]:
    """A way to the open door."""
    with Door(house):
        yield lambda: caller(house.config["VITAAL"])


@pytest.fixture
def notice(cast: Cast, worker: Flask) -> UUID:
    """Anna mentioned Bram."""
    return mentioned(cast, worker, an_action(cast))


def caller(settings: Settings) -> smtplib.LMTP:
    return smtplib.LMTP("127.0.0.1", int(settings.mail_door.rpartition(":")[2]))


def to_answer(notice: UUID) -> str:
    return OurAddresses(DOMAIN, "only for tests").address(For.ANSWERS, notice)


def to_return(letter_id: UUID) -> str:
    return OurAddresses(DOMAIN, "only for tests").address(For.RETURNS, letter_id)


def hands_in(line: smtplib.LMTP, to: str, content: bytes, sender: str = "bram@example.nl") -> int:
    """Offer a mail; the last answer."""
    line.ehlo_or_helo_if_needed()
    line.mail(sender)
    code, _ = line.rcpt(to)
    if code != 250:
        line.rset()
        return code
    return int(line.data(b"\r\n".join(content.splitlines()))[0])


def test_an_answer_is_taken_in_and_said_once(
    cast: Cast, door: Callable[[], smtplib.LMTP], notice: UUID
) -> None:
    mail = a_mail().as_bytes()
    with door() as line:
        assert [hands_in(line, to_answer(notice).upper(), mail) for _ in range(2)] == [250, 250]
    assert said(cast) == [("Bram", "Ja hoor.")]


def test_the_same_answer_from_many_sides_at_once_is_said_once(
    cast: Cast, door: Callable[[], smtplib.LMTP], notice: UUID
) -> None:
    mail = a_mail().as_bytes()

    def offer(_: int) -> int:
        with door() as line:
            return hands_in(line, to_answer(notice), mail)

    with ThreadPoolExecutor(8) as callers:
        assert set(callers.map(offer, range(8))) == {250}
    assert said(cast) == [("Bram", "Ja hoor.")]


@pytest.mark.parametrize("address", [
    f"post@{DOMAIN}", f"antwoord@{DOMAIN}", f"antwoord+{'a' * 42}@{DOMAIN}", "antwoord@elders.nl", f"terug+@{DOMAIN}",
])  # fmt: skip
def test_an_address_that_is_none_of_ours_is_refused_before_the_content(
    door: Callable[[], smtplib.LMTP], address: str
) -> None:
    with door() as line:
        line.ehlo_or_helo_if_needed()
        line.mail("bram@example.nl")
        code, words = line.rcpt(address)
    assert (code, words[:5]) == (550, b"5.1.1")


def test_a_stranger_is_refused_in_two_languages(
    cast: Cast, worker: Flask, door: Callable[[], smtplib.LMTP], notice: UUID
) -> None:
    with door() as line:
        line.ehlo_or_helo_if_needed()
        line.mail("evil@elders.nl")
        line.rcpt(to_answer(notice))
        code, words = line.data(a_mail(sender="evil@elders.nl").as_bytes())
    assert code == 550
    assert b"iemand anders" in words
    assert b"someone else" in words
    assert said(cast) == []
    assert letters_to(worker, "evil@elders.nl") == []


def test_an_answer_to_a_notice_that_is_gone_is_refused(door: Callable[[], smtplib.LMTP]) -> None:
    with door() as line:
        assert hands_in(line, to_answer(new_id()), a_mail().as_bytes()) == 550


@pytest.mark.parametrize("headers", [
    {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated; owner-email=x"}, {"X_Autoreply": "yes"},
    {"Precedence": "bulk"}, {"Precedence": "auto_reply"}, {},
])  # fmt: skip
def test_what_no_human_wrote_is_dropped_without_a_word(
    cast: Cast, worker: Flask, door: Callable[[], smtplib.LMTP], notice: UUID, headers: dict[str, str]
) -> None:
    with door() as line:
        sender = "bram@example.nl" if headers else ""
        assert hands_in(line, to_answer(notice), a_mail("", **headers).as_bytes(), sender) == 250
    assert said(cast) == []
    assert letters_to(worker) == []


def test_a_human_may_say_that_it_is_one(cast: Cast, door: Callable[[], smtplib.LMTP], notice: UUID) -> None:
    with door() as line:
        assert hands_in(line, to_answer(notice), a_mail(Auto_Submitted="no").as_bytes()) == 250
    assert said(cast) == [("Bram", "Ja hoor.")]


def test_too_much_is_refused_and_the_next_is_welcome(door: Callable[[], smtplib.LMTP], notice: UUID) -> None:
    with door() as line:
        lines = b"x" * 70 + b"\r\n"
        assert hands_in(line, to_answer(notice), lines * (LARGEST // len(lines) + 2)) == 552
        assert hands_in(line, to_answer(notice), a_mail().as_bytes()) == 250


def test_one_address_at_a_time(door: Callable[[], smtplib.LMTP], notice: UUID) -> None:
    with door() as line:
        line.ehlo_or_helo_if_needed()
        line.mail("bram@example.nl")
        assert [line.rcpt(to_answer(notice))[0] for _ in range(2)] == [250, 452]


def test_while_the_database_is_away_the_mail_server_keeps_it(
    cast: Cast, reachable: Settings, notice: UUID
) -> None:
    broken = replace(reachable, database_url="postgresql://127.0.0.1:1/none")
    app = create_app(broken, role="vitaal_worker")
    with Door(app), caller(broken) as line:
        assert hands_in(line, to_answer(notice), a_mail().as_bytes()) == 451
        assert hands_in(line, to_return(notice), a_mail().as_bytes()) == 451
    disconnect(app)
    assert said(cast) == []


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", b"\xff\xfe\r\n", b"From: bram@example.nl\r\n\r\n\x00", b"=?=\r\n" * 99]
)
def test_nonsense_gets_an_answer(door: Callable[[], smtplib.LMTP], notice: UUID, content: bytes) -> None:
    with door() as line:
        assert hands_in(line, to_answer(notice), content) in {250, 550}
        assert hands_in(line, to_return(notice), content) == 250


def test_a_letter_that_comes_back_tells_that_its_address_does_not_exist(
    worker: Flask, door: Callable[[], smtplib.LMTP]
) -> None:
    letter_id = new_id()
    with worker.app_context():
        db.session.add(
            Letter(
                id=letter_id, kind="digest", assurance=Assurance.AT_MOST_ONCE, recipient="truus@example.nl", subject="Hoi",
                text="Hoi", html="<p>Hoi</p>", message_id=f"<{letter_id}@vitaal>", state="sent",
            )
        )  # fmt: skip
        db.session.commit()
    with door() as line:
        for address in ("anna@example.nl", "truus@example.nl"):
            report = reports.postfix(address, to_return(letter_id)).encode()
            assert hands_in(line, to_return(letter_id), report, sender="") == 250
    with worker.app_context():
        assert [bounces.is_unreachable(f"{name}@example.nl") for name in ("truus", "anna")] == [True, False]
        assert db.session.get_one(Letter, letter_id).state == "refused"


def test_the_door_speaks_smtp_where_that_is_asked(cast: Cast, reachable: Settings, notice: UUID) -> None:
    port = free_port()
    app = create_app(replace(reachable, mail_door=f"smtp://127.0.0.1:{port}"), role="vitaal_worker")
    with Door(app), smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("bram@example.nl", to_answer(notice), a_mail().as_bytes())
    disconnect(app)
    assert said(cast) == [("Bram", "Ja hoor.")]


def test_without_a_domain_there_is_no_door(worker: Flask) -> None:
    with pytest.raises(BadSetting, match="VITAAL_MAIL_DOMAIN"):
        Door(worker)


def test_the_command_stands_open_until_it_is_told_to_stop(
    cast: Cast, reachable: Settings, notice: UUID
) -> None:
    command = subprocess.Popen([BIN / "vitaal", "door"], cwd=ROOT, env=environment(reachable))
    try:
        until(lambda: answers(reachable) or command.poll() is not None, "the door was open")
        with caller(reachable) as line:
            assert hands_in(line, to_answer(notice), a_mail().as_bytes()) == 250
        taken = subprocess.run(
            [BIN / "vitaal", "door"],
            cwd=ROOT,
            env=environment(reachable),
            capture_output=True,
            text=True,
            check=False,
        )
        command.send_signal(signal.SIGTERM)
        assert command.wait(60) == 0
    finally:
        command.kill()
        command.wait()
    assert (taken.returncode, "can't be opened" in taken.stderr) == (1, True), taken.stderr
    assert said(cast) == [("Bram", "Ja hoor.")]


def environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "VITAAL_INSTANCE": str(settings.instance),
        "VITAAL_DATABASE_URL": settings.database_url or "",
        "VITAAL_REDIS_URL": settings.redis_url or "",
        "VITAAL_SECRET_KEY": "only for tests",
        "VITAAL_MAIL_DOMAIN": settings.mail_domain,
        "VITAAL_MAIL_DOOR": settings.mail_door,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }


def answers(settings: Settings) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(settings.mail_door.rpartition(":")[2]))) == 0
