"""How someone wants Vitaal to be."""

from zoneinfo import available_timezones

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.people.browsing import ANNA, words
from vitaal.kernel.db import db
from vitaal.people.forms import TIME_ZONES
from vitaal.people.models import Person

FILLED = {
    "name": "Anna",
    "phone": "06 12 34 56 78",
    "language": "nl",
    "time_zone": "Europe/Amsterdam",
    "colour_scheme": "auto",
}


def save(cast: Cast, who: str = "Anna", /, **changed: str) -> TestResponse:
    return cast.client(who).post("/mijn/voorkeuren", data=FILLED | changed)


def person(cast: Cast, name: str = "Anna") -> Person:
    with cast.app.app_context():
        return db.session.get_one(Person, cast.people[name])


def planned(cast: Cast) -> None:
    """Anna's next day has been reckoned."""
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Anna"]).digest_is_unplanned = False
        db.session.commit()


def test_what_someone_chooses_is_kept(cast: Cast) -> None:
    assert (
        save(cast, name="Anna de Wit", colour_scheme="dark", time_zone="America/Curacao").status_code == 303
    )
    anna = person(cast)
    assert (anna.name, anna.phone, anna.colour_scheme, anna.time_zone) == (
        "Anna de Wit", "06 12 34 56 78", "dark", "America/Curacao")  # fmt: skip
    page = BeautifulSoup(cast.client("Anna").get("/mijn/voorkeuren").text, "lxml")
    assert [field["value"] for field in page.select("main input[checked]")] == ["nl", "dark"]


def test_who_moves_to_another_time_zone_gets_another_next_day(cast: Cast) -> None:
    planned(cast)
    save(cast, time_zone="America/Curacao")
    assert person(cast).digest_is_unplanned


def test_saving_something_else_leaves_the_next_day_alone(cast: Cast) -> None:
    planned(cast)
    save(cast, name="Anna de Wit")
    assert not person(cast).digest_is_unplanned


def test_the_page_leads_to_my_mail(cast: Cast) -> None:
    page = BeautifulSoup(cast.client("Anna").get("/mijn/voorkeuren").text, "lxml")
    assert page.select_one('main a[href="/mijn/mail"]')


def test_every_time_zone_on_offer_exists() -> None:
    assert set(TIME_ZONES) <= available_timezones()


def test_a_time_zone_outside_the_list_is_kept(cast: Cast) -> None:
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Anna"]).time_zone = "Asia/Tokyo"
        db.session.commit()
    page = BeautifulSoup(cast.client("Anna").get("/mijn/voorkeuren").text, "lxml")
    chosen = page.select_one('select[name="time_zone"] option[selected]')
    assert chosen
    assert chosen["value"] == "Asia/Tokyo"
    assert save(cast, time_zone="Asia/Tokyo").status_code == 303


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "A\x00"),
        ("name", "a" * 10_000),
        ("phone", "bel me"),
        ("phone", "0" * 10_000),
        ("phone", "06\n1234567"),
        ("language", "fy"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("colour_scheme", "pink"),
    ],
)
def test_what_can_not_be_is_told_at_the_field_and_nothing_is_kept(cast: Cast, field: str, typed: str) -> None:
    page = save(cast, colour_scheme="dark") and save(cast, **{"colour_scheme": "light", field: typed})
    assert page.status_code == 422
    assert "Wat je invulde, staat er nog" in words(page)
    assert BeautifulSoup(page.text, "lxml").find(id=f"{field}-e")
    assert person(cast).colour_scheme == "dark"


def test_an_empty_form_changes_nothing(cast: Cast) -> None:
    save(cast, colour_scheme="dark")
    assert cast.client("Anna").post("/mijn/voorkeuren").status_code == 303
    assert person(cast).colour_scheme == "dark"


def test_the_page_names_the_addresses_that_are_mine(cast: Cast) -> None:
    page = words(cast.client("Anna").get("/mijn/voorkeuren"))
    assert ANNA in page
    assert "bram@" not in page
