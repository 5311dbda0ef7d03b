"""The local mailbox: only where it is on, newest first, each letter shut up in its own page."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from vitaal.app import create_app
from vitaal.kernel.db import db, new_id
from vitaal.post.delivery import carrier_for, deliver
from vitaal.post.models import Assurance, Letter
from vitaal.settings import Settings


def send(worker: Flask, subject: str, html: str = "<p>Hallo</p>") -> str:
    letter_id = new_id()
    with worker.app_context():
        db.session.add(
            Letter(
                id=letter_id, kind="test", assurance=Assurance.AT_MOST_ONCE, recipient="lezer@example.nl", subject=subject,
                text="Kom binnen: https://example.nl/binnen\n", html=html, message_id=f"<{letter_id}@vitaal>",
            )
        )  # fmt: skip
        db.session.commit()
        deliver(carrier_for(worker.config["VITAAL"], worker.extensions["storage"]))
    return str(letter_id)


def test_letters_are_listed_newest_first(app: Flask, worker: Flask) -> None:
    ids = [send(worker, subject) for subject in ("Eerste", "Tweede")]
    letters = app.test_client().get("/dev/post.json").get_json()
    assert [letter["id"] for letter in letters[:2]] == ids[::-1]
    assert set(letters[0]) == {"id", "to", "subject", "text", "html", "sent_at"}
    page = BeautifulSoup(app.test_client().get("/dev/post").text, "lxml")
    assert [heading.get_text(strip=True) for heading in page.select("main h2")][:2] == ["Tweede", "Eerste"]
    assert page.find("a", href="https://example.nl/binnen")


def test_a_letter_is_shown_without_scripts_and_without_our_origin(app: Flask, worker: Flask) -> None:
    letter_id = send(worker, "Post", "<p>Hallo</p><script>alert(1)</script>")
    answer = app.test_client().get(f"/dev/post/{letter_id}.html")
    policy = answer.headers["Content-Security-Policy"]
    assert "<p>Hallo</p>" in answer.text
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy


@pytest.mark.parametrize("letter_id", ["01890a5d-ac96-774b-bcce-b302099a8057", "x"])
def test_an_unknown_letter_is_not_found(app: Flask, letter_id: str) -> None:
    assert app.test_client().get(f"/dev/post/{letter_id}.html").status_code == 404


def test_without_the_local_mailbox_there_is_no_page(settings: Settings, one_app: Flask) -> None:
    app = create_app(replace(settings, local_mailbox=False))
    for address in ("/dev/post", "/dev/post.json"):
        assert app.test_client().get(address).status_code == 404
    app.extensions["nudger"].close()
