"""Stopping the digests from the mail itself: looking changes nothing, one click does (RFC 8058)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.cast import Cast
from tests.digests.story import TUESDAY, adds, digests_of, letters_to, morning, wants
from vitaal.kernel.db import db
from vitaal.people.models import Person


@pytest.fixture
def address(cast: Cast, worker: Flask) -> str:
    """The address to unsubscribe in Anna's latest digest."""
    adds(cast, "Bram", "Soep koken", TUESDAY - timedelta(hours=20))
    morning(worker, TUESDAY)
    return urlsplit(letters_to(worker, "Anna")[-1].unsubscribe_url).path


def cadence(cast: Cast, who: str = "Anna") -> str | None:
    with cast.app.app_context():
        return db.session.get_one(Person, cast.people[who]).digest_cadence


def test_opening_the_address_changes_nothing(cast: Cast, address: str) -> None:
    page = cast.client().get(address)
    assert page.status_code == 200
    assert "Hoe vaak wil je mail?" in page.text
    assert cadence(cast) is None


def test_a_mail_program_stops_them_with_one_post_from_outside_and_no_redirect(
    cast: Cast, worker: Flask, address: str
) -> None:
    answer = cast.client().post(
        address, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 200
    assert cadence(cast) == "never"
    adds(cast, "Bram", "Ramen lappen", TUESDAY)
    morning(worker, TUESDAY + timedelta(days=7))
    assert len(digests_of(worker, cast.people["Anna"])) == 1


@pytest.mark.parametrize("chosen", ["never", "monthly", "weekly"])
def test_a_reader_chooses_on_the_page(cast: Cast, address: str, chosen: str) -> None:
    done = cast.client().post(address, data={"cadence": chosen}, follow_redirects=True)
    assert "Bewaard" in done.text
    assert cadence(cast) == chosen


def test_a_senseless_choice_is_asked_again(cast: Cast, address: str) -> None:
    assert cast.client().post(address, data={"cadence": "\x00"}).status_code == 422
    assert cadence(cast) is None


def test_the_address_is_good_for_its_own_reader_only(cast: Cast, address: str) -> None:
    cast.client("Bram").post(address, data={"cadence": "never"})
    assert (cadence(cast, "Anna"), cadence(cast, "Bram")) == ("never", None)


def test_the_address_works_from_every_digest_however_old(cast: Cast, worker: Flask, address: str) -> None:
    wants(worker, cast, "Anna", digest_cadence="daily", next_digest_on=(TUESDAY + timedelta(days=1)).date())
    adds(cast, "Bram", "Ramen lappen", TUESDAY)
    morning(worker, TUESDAY + timedelta(days=1))
    assert cast.client().get(address).status_code == 200


@pytest.mark.parametrize("secret", ["x", "a.b", "IjEi.xyz", "%00", "ü"])
def test_a_made_up_secret_is_unknown(cast: Cast, secret: str) -> None:
    assert cast.client().get(f"/mail/stop/{secret}").status_code == 404
    assert cast.client().post(f"/mail/stop/{secret}", data={"cadence": "never"}).status_code == 404
