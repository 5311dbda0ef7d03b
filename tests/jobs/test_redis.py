"""Redis hangs, goes away or forgets everything: people notice nothing, and each letter is sent once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.conftest import disconnect
from tests.jobs.workshop import PATIENCE, Broker, Workshop, sql, until
from tests.post.sink import Sink
from vitaal.app import create_app
from vitaal.settings import Settings


@pytest.fixture
def house(cast: Cast, settings: Settings, broker: Broker) -> Iterator[Cast]:
    """The cast, on a web application with the Redis that can go away."""
    web = create_app(replace(settings, redis_url=broker.url))
    web.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield replace(cast, app=web)
    disconnect(web)


@pytest.fixture
def anna(house: Cast) -> FlaskClient:
    """Anna's browser."""
    return house.client("Anna")


@pytest.fixture
def running(house: Cast, anna: FlaskClient, workshop: Workshop, settings: Settings) -> Workshop:
    """A worker that has sent its first letter, to Wies."""
    workshop.start()
    assert invites(house, anna, "Wies") == 303
    until(lambda: letters(settings) == {"wies": "sent"}, "the first letter was sent")
    return workshop


def invites(house: Cast, browser: FlaskClient, name: str) -> int:
    """Someone is invited; what the page answered."""
    guest = {"new_partner": f"Groep van {name}", "name": name, "email": f"{name.lower()}@example.nl"}
    return browser.post(
        f"/w/{house.amersfoort.slug}/cirkels/uitnodigen",
        data={"kind": "initiative", "circle": "outer", "message": "", **guest},
    ).status_code


def letters(settings: Settings) -> dict[str, str]:
    """How far each letter is."""
    return {
        name.split("@")[0]: state for name, state in sql(settings, "SELECT recipient, state FROM ops.letter")
    }


def test_while_redis_is_away_pages_work_and_a_worker_that_lived_through_it_sends_each_letter_once(
    house: Cast, anna: FlaskClient, settings: Settings, broker: Broker, running: Workshop, sink: Sink
) -> None:
    broker.stop()
    assert [invites(house, anna, name) for name in ("Xavi", "Yara")] == [303, 303]
    assert anna.get(f"/w/{house.amersfoort.slug}/uitnodigingen").status_code == 200
    assert anna.get("/readyz").json == {"status": "degraded", "database": "ok", "redis": "degraded"}
    assert letters(settings) == {"wies": "sent", "xavi": "waiting", "yara": "waiting"}

    broker.start()
    until(lambda: set(letters(settings).values()) == {"sent"}, "all letters were sent")
    assert sink.readers == {"wies@example.nl": 1, "xavi@example.nl": 1, "yara@example.nl": 1}
    assert running.are_alive()


def test_after_redis_forgot_everything_a_running_worker_still_hears_of_new_letters(
    house: Cast, anna: FlaskClient, settings: Settings, broker: Broker, running: Workshop, sink: Sink
) -> None:
    broker.forget()
    assert invites(house, anna, "Xavi") == 303
    until(lambda: set(letters(settings).values()) == {"sent"}, "all letters were sent")
    assert sink.readers == {"wies@example.nl": 1, "xavi@example.nl": 1}
    assert running.are_alive()


def test_a_letter_of_which_redis_forgot_the_nudge_is_found_by_the_next_worker_that_looks(
    house: Cast, anna: FlaskClient, settings: Settings, broker: Broker, workshop: Workshop, sink: Sink
) -> None:
    assert invites(house, anna, "Xavi") == 303
    broker.forget()
    workshop.start()
    sink.wait_for(1)
    assert sink.readers == {"xavi@example.nl": 1}


def test_while_redis_hangs_an_invitation_is_answered_and_stored(
    house: Cast, anna: FlaskClient, settings: Settings, broker: Broker
) -> None:
    with broker.hanging(), ThreadPoolExecutor(1) as visit:
        assert visit.submit(invites, house, anna, "Xavi").result(timeout=PATIENCE) == 303
    assert letters(settings) == {"xavi": "waiting"}
