"""Asking too often is stopped, whether Redis answers or not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import free_port
from tests.people.browsing import ANNA, ask, asked, type_code, words
from tests.people.letters import letters
from vitaal.kernel import limits
from vitaal.kernel.limits import Limits
from vitaal.settings import Settings


@pytest.fixture(params=["with Redis", "without Redis"])
def counted(request: pytest.FixtureRequest, app: Flask, settings: Settings) -> Iterator[Limits]:
    """The counts of the application; Redis is there, or nobody answers on its port."""
    kept = app.extensions["limits"]
    if request.param == "without Redis":
        limits.install(app, f"redis://127.0.0.1:{free_port()}/0")
    yield app.extensions["limits"]
    app.extensions["limits"] = kept


def test_the_fourth_mail_to_an_address_within_a_quarter_is_refused(
    counted: Limits, cast: Cast, worker: Flask
) -> None:
    for email in (ANNA, "nora@example.nl"):
        for _ in range(3):
            assert ask(cast.client(), email).status_code == 303
        page = ask(cast.client(), email.upper())
        assert page.status_code == 429
        assert "Wacht een kwartier" in words(page)
    assert len(letters(worker)) == 6


def test_one_address_never_stops_another(counted: Limits, cast: Cast) -> None:
    for _ in range(4):
        ask(cast.client())
    assert ask(cast.client(), "bram@example.nl").status_code == 303


def test_one_machine_can_not_ask_for_many_addresses(counted: Limits, cast: Cast) -> None:
    answers = [ask(cast.client(), f"someone{number}@example.nl").status_code for number in range(21)]
    assert answers == [303] * 20 + [429]
    elsewhere = cast.client().post(
        "/inloggen", data={"email": ANNA}, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert elsewhere.status_code == 303


def test_codes_can_not_be_guessed_in_bulk(counted: Limits, cast: Cast, worker: Flask) -> None:
    for number in range(6):
        client = cast.client()
        asked(client, worker, f"someone{number}@example.nl")
        for _ in range(5):
            assert type_code(client, "000000").status_code in {303, 410, 422}
    client = cast.client()
    code = asked(client, worker, ANNA).code
    assert type_code(client, code).status_code == 429


def test_an_installation_without_redis_counts_for_itself(settings: Settings, app: Flask) -> None:
    kept = app.extensions["limits"]
    limits.install(app, replace(settings, redis_url=None).redis_url or "")
    try:
        answers = [ask(app.test_client()).status_code for _ in range(4)]
    finally:
        app.extensions["limits"] = kept
    assert answers == [303, 303, 303, 429]
