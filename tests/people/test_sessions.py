"""Where someone is signed in."""

from datetime import timedelta
from uuid import uuid4

from bs4 import BeautifulSoup
from flask import Flask

from tests.cast import Cast
from tests.people.browsing import ANNA, asked, is_in, words
from vitaal.kernel import clock
from vitaal.people.device import device_of

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0"
    " Safari/537.36 Edg/128.0.0.0"
)


def test_a_device_is_named_as_people_name_it(app: Flask) -> None:
    with app.test_request_context():
        assert [device_of(agent) for agent in (FIREFOX, IPHONE, EDGE, "curl/8", "")] == [
            "Firefox op Windows",
            "Safari op iPhone",
            "Edge op Windows",
            "Een browser",
            "Een browser",
        ]


def test_the_list_names_every_device_and_says_which_one_this_is(cast: Cast, worker: Flask) -> None:
    cast.client("Anna")
    here = cast.client()
    here.post(asked(here, worker).path, headers={"User-Agent": IPHONE})
    page = BeautifulSoup(here.get("/mijn/sessies").text, "lxml")
    items = [" ".join(item.get_text(" ", strip=True).split()) for item in page.select("main li")]
    assert len(items) == 2
    assert "Safari op iPhone dit apparaat Laatst gebruikt: vandaag" in items[0]
    assert "Firefox op Linux" in items[1]
    assert "Log uit op Firefox op Linux" in items[1]


def test_one_device_can_be_signed_out_from_another(cast: Cast) -> None:
    lost, here = cast.client("Anna"), cast.client("Anna")
    page = BeautifulSoup(here.get("/mijn/sessies").text, "lxml")
    form = page.select_one('main form[action$="/einde"]')
    assert form
    assert here.post(str(form["action"])).status_code == 303
    assert is_in(here)
    assert not is_in(lost)
    assert here.post(str(form["action"])).status_code == 404


def test_nobody_ends_the_session_of_someone_else(cast: Cast) -> None:
    anna, bram = cast.client("Anna"), cast.client("Bram")
    cast.client("Anna")
    page = BeautifulSoup(anna.get("/mijn/sessies").text, "lxml")
    form = page.select_one('main form[action$="/einde"]')
    assert form
    assert bram.post(str(form["action"])).status_code == 404
    assert bram.post(f"/mijn/sessies/{uuid4()}/einde").status_code == 404
    assert anna.post(str(form["action"])).status_code == 303


def test_signing_out_everywhere_ends_all_sessions_of_this_person_only(cast: Cast) -> None:
    anna = [cast.client("Anna") for _ in range(3)]
    bram = cast.client("Bram")
    assert anna[0].post("/mijn/sessies/einde").status_code == 303
    assert not any(is_in(client) for client in anna)
    assert is_in(bram)


def test_a_session_that_is_not_used_ends(cast: Cast) -> None:
    client = cast.client("Anna")
    with clock.at(clock.now() + timedelta(days=13)):
        assert is_in(client)
    with clock.at(clock.now() + timedelta(days=26)):
        assert is_in(client)
    with clock.at(clock.now() + timedelta(days=31)):
        assert not is_in(client)


def test_a_session_left_alone_for_two_weeks_ends(cast: Cast) -> None:
    client = cast.client("Anna")
    with clock.at(clock.now() + timedelta(days=14, minutes=1)):
        assert not is_in(client)


def test_after_signing_out_everywhere_one_can_come_in_again(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    client.post("/mijn/sessies/einde")
    client.post(asked(client, worker, ANNA).path)
    assert "Waar je bent ingelogd" in words(client.get("/mijn/sessies"))
