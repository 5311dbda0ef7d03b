"""How someone wants Vitaal to be."""

from datetime import datetime
from zoneinfo import available_timezones

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.people.browsing import ANNA, words
from tests.people.letters import letters
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.forms import TIME_ZONES
from vitaal.people.models import Person

TUESDAY = datetime(2026, 11, 24, 6, 0, tzinfo=clock.AMSTERDAM)
FILLED = {
    "name": "Anna",
    "phone": "06 12 34 56 78",
    "language": "nl",
    "time_zone": "Europe/Amsterdam",
    "colour_scheme": "auto",
    "cadence": "default",
    "weekday": "2",
}


def save(cast: Cast, who: str = "Anna", /, **changed: str) -> TestResponse:
    return cast.client(who).post("/mijn/voorkeuren", data=FILLED | changed)


def person(cast: Cast, name: str = "Anna") -> Person:
    with cast.app.app_context():
        return db.session.get_one(Person, cast.people[name])


def test_what_someone_chooses_is_kept(cast: Cast) -> None:
    assert (
        save(cast, name="Anna de Wit", colour_scheme="dark", time_zone="America/Curacao").status_code == 303
    )
    anna = person(cast)
    assert (anna.name, anna.phone, anna.colour_scheme, anna.time_zone) == (
        "Anna de Wit", "06 12 34 56 78", "dark", "America/Curacao")  # fmt: skip
    page = BeautifulSoup(cast.client("Anna").get("/mijn/voorkeuren").text, "lxml")
    assert [field["value"] for field in page.select("main input[checked]")] == ["default", "nl", "dark"]


@pytest.mark.parametrize(
    ("name", "cadence", "weekday", "wanted"),
    [
        ("Anna", "daily", "2", "2026-11-25"),
        ("Anna", "weekly", "2", "2026-12-01"),
        ("Anna", "weekly", "3", "2026-11-25"),
        ("Anna", "monthly", "2", "2026-12-01"),
        ("Chaima", "monthly", "5", "2026-12-01"),
        ("Anna", "never", "2", "None"),
    ],
)
def test_another_rhythm_plans_the_next_digest_and_sends_none(
    cast: Cast, worker: Flask, name: str, cadence: str, weekday: str, wanted: str
) -> None:
    with clock.at(TUESDAY):
        save(cast, name, cadence=cadence, weekday=weekday)
    assert str(person(cast, name).next_digest_on) == wanted
    assert letters(worker) == []


@pytest.mark.parametrize(("name", "wanted"), [("Anna", "2026-12-01"), ("Chaima", "2027-01-05")])
def test_going_back_to_the_default_follows_the_circle(cast: Cast, name: str, wanted: str) -> None:
    with clock.at(TUESDAY):
        save(cast, name, cadence="never")
    with clock.at(datetime(2026, 11, 30 if name == "Anna" else 24, 12, tzinfo=clock.AMSTERDAM)):
        assert person(cast, name).next_digest_on is None
    with clock.at(datetime(2026, 12, 1, 12, tzinfo=clock.AMSTERDAM) if name == "Chaima" else TUESDAY):
        save(cast, name, cadence="default")
    assert str(person(cast, name).next_digest_on) == wanted


def test_saving_something_else_leaves_todays_digest_alone(cast: Cast) -> None:
    with clock.at(datetime(2026, 11, 23, 12, tzinfo=clock.AMSTERDAM)):
        save(cast, cadence="weekly")
    with clock.at(TUESDAY):
        save(cast, cadence="weekly", name="Anna de Wit")
    assert str(person(cast).next_digest_on) == "2026-11-24"


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
        ("cadence", "hourly"),
        ("weekday", "8"),
        ("weekday", "dinsdag"),
        ("weekday", "9" * 5_000),
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
