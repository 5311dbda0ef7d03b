"""Stopping a mail from the mail itself: looking changes nothing, one click stops exactly what the mail says (RFC 8058)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlalchemy import select

from tests.cast import Cast, Place
from tests.digests.story import TUESDAY, adds, digests_of, letters_to, morning
from tests.people.browsing import words
from vitaal.digests.models import MailChoice
from vitaal.digests.unsubscribing import Stops, secret_for, what_of
from vitaal.kernel.db import db, here
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.workspaces import memberships
from vitaal.workspaces.models import Membership

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FROM_OUTSIDE = {"Sec-Fetch-Site": "cross-site"}


def stop(cast: Cast, who: str = "Anna", place: Place | None = None, *, at_once: bool = False) -> str:
    """The address to stop a mail, as it stands in that mail."""
    with cast.app.app_context():
        secret = secret_for(cast.people[who], workspace_id=place.id if place else None, at_once=at_once)
    return f"/mail/stop/{secret}"


def cadence(cast: Cast, who: str = "Anna") -> str | None:
    with cast.app.app_context():
        return db.session.get_one(Person, cast.people[who]).digest_cadence


def chooses(cast: Cast, place: Place, who: str = "Anna", **chosen: Any) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people[who]):
        db.session.add(MailChoice(workspace_id=place.id, person_id=cast.people[who], **chosen))
        db.session.commit()


def choice(cast: Cast, place: Place, who: str = "Anna") -> tuple[str | None, int | None, bool] | None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people[who]):
        found = db.session.get(MailChoice, (place.id, cast.people[who]))
        return (found.cadence, found.weekday, found.is_told_at_once) if found else None


def everything(cast: Cast) -> list[Any]:
    """All that someone could have chosen, of everyone."""
    with cast.app.app_context():
        people = db.session.execute(select(Person.id, Person.digest_cadence, Person.next_digest_on)).all()
    return [*people, *(choice(cast, cast.amersfoort, who) for who in ("Anna", "Bram", "Chaima"))]


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("is_about_a_place", [False, True])
def test_opening_the_address_changes_nothing(cast: Cast, at_once: bool, is_about_a_place: bool) -> None:
    before = everything(cast)
    address = stop(cast, place=cast.amersfoort if is_about_a_place else None, at_once=at_once)
    for path in (address, f"{address}/klaar"):
        page = cast.client().get(path, follow_redirects=True)
        assert page.status_code == 200
        assert ("Samen in Amersfoort" in page.text) == is_about_a_place
    assert everything(cast) == before


def test_the_address_is_in_every_digest_and_stops_them_all(cast: Cast, worker: Flask) -> None:
    adds(cast, "Bram", "Soep koken", TUESDAY - timedelta(hours=20))
    morning(worker, TUESDAY)
    address = urlsplit(letters_to(worker, "Anna")[-1].unsubscribe_url).path
    answer = cast.client().post(address, data=ONE_CLICK, headers=FROM_OUTSIDE)
    assert answer.status_code == 200
    adds(cast, "Bram", "Ramen lappen", TUESDAY)
    morning(worker, TUESDAY + timedelta(days=7))
    assert len(digests_of(worker, cast.people["Anna"])) == 1


def test_one_click_on_a_digest_also_stops_what_places_send_by_a_choice_of_their_own(cast: Cast) -> None:
    chooses(cast, cast.amersfoort, cadence="weekly", weekday=4, is_told_at_once=True)
    answer = cast.client().post(stop(cast), data=ONE_CLICK, headers=FROM_OUTSIDE)
    assert "Je krijgt deze mail niet meer." in words(answer)
    assert "Dan mailen we je nog wel meteen." in words(answer)
    assert (cadence(cast), choice(cast, cast.amersfoort)) == ("never", (None, None, True))
    with cast.app.app_context():
        assert db.session.get_one(Person, cast.people["Anna"]).next_digest_on is None


@pytest.mark.parametrize("chosen", ["never", "monthly", "weekly"])
def test_a_reader_chooses_on_the_page(cast: Cast, chosen: str) -> None:
    done = cast.client().post(stop(cast), data={"cadence": chosen}, follow_redirects=True)
    assert "Bewaard" in done.text
    assert BeautifulSoup(done.text, "lxml").select_one('a[href="/mijn/mail"]')
    assert cadence(cast) == chosen


def test_less_mail_does_not_bring_back_a_place_of_which_one_wants_none(cast: Cast) -> None:
    chooses(cast, cast.amersfoort, cadence="never")
    cast.client().post(stop(cast), data={"cadence": "monthly"})
    assert choice(cast, cast.amersfoort) == ("never", None, True)


def test_a_mail_that_told_something_at_once_stops_that_of_its_place_and_nothing_else(cast: Cast) -> None:
    address = stop(cast, place=cast.amersfoort, at_once=True)
    page = cast.client().get(address)
    assert "de mail die je meteen krijgt over Samen in Amersfoort" in words(page)
    assert not BeautifulSoup(page.text, "lxml").select("main input[type=radio]")
    done = cast.client().post(address, data={}, follow_redirects=True)
    assert "Je krijgt niet meer meteen mail over Samen in Amersfoort." in words(done)
    assert (cadence(cast), choice(cast, cast.amersfoort)) == (None, (None, None, False))
    assert choice(cast, cast.amersfoort, "Bram") is None


def test_one_click_on_what_was_told_at_once_keeps_the_rhythm_of_the_place(cast: Cast) -> None:
    chooses(cast, cast.amersfoort, cadence="weekly", weekday=4)
    answer = cast.client().post(
        stop(cast, place=cast.amersfoort, at_once=True), data=ONE_CLICK, headers=FROM_OUTSIDE
    )
    assert answer.status_code == 200
    assert choice(cast, cast.amersfoort) == ("weekly", 4, False)


def test_the_digest_of_one_place_stops_alone(cast: Cast) -> None:
    cast.client().post(stop(cast, place=cast.amersfoort), data=ONE_CLICK, headers=FROM_OUTSIDE)
    assert (cadence(cast), choice(cast, cast.amersfoort)) == (None, ("never", None, True))


def test_stopping_twice_is_stopping_once(cast: Cast) -> None:
    for address in (stop(cast), stop(cast, place=cast.amersfoort, at_once=True)):
        for _time in range(2):
            assert cast.client().post(address, data=ONE_CLICK, headers=FROM_OUTSIDE).status_code == 200
    assert (cadence(cast), choice(cast, cast.amersfoort)) == ("never", (None, None, False))


def test_a_senseless_choice_is_asked_again(cast: Cast) -> None:
    assert cast.client().post(stop(cast), data={"cadence": "\x00"}).status_code == 422
    assert cadence(cast) is None


def test_the_address_is_good_for_its_own_reader_only(cast: Cast) -> None:
    cast.client("Bram").post(stop(cast), data={"cadence": "never"})
    assert (cadence(cast, "Anna"), cadence(cast, "Bram")) == ("never", None)


def test_the_address_opens_nothing_else(cast: Cast) -> None:
    client = cast.client()
    client.get(stop(cast))
    for path in ("/mijn/mail", "/mijn/voorkeuren", f"/w/{cast.amersfoort.slug}"):
        assert client.get(path).location.startswith("/inloggen")


def test_the_address_in_a_mail_of_long_ago_still_stops_the_digest(cast: Cast) -> None:
    secret = URLSafeSerializer("only for tests", salt="digests.stop").dumps(cast.people["Anna"].hex)
    with cast.app.app_context():
        assert what_of(str(secret)) == Stops(cast.people["Anna"], None, at_once=False)
    cast.client().post(f"/mail/stop/{secret!s}", data=ONE_CLICK)
    assert cadence(cast) == "never"


def test_who_left_a_place_has_nothing_to_stop_there(cast: Cast) -> None:
    addresses = [stop(cast, "Bram", cast.amersfoort, at_once=at_once) for at_once in (True, False)]
    with cast.acting_as("Bram"):
        bram = here(Membership, cast.amersfoort.members["Bram"])
        assert bram
        memberships.leave(bram, actor=bram)
        db.session.commit()
    for address in [*addresses, stop(cast, "Bram", cast.elsewhere, at_once=True)]:
        assert cast.client().get(address).status_code == 404
        assert cast.client().post(address, data=ONE_CLICK).status_code == 404


def test_of_who_is_not_known_here_any_more_nothing_is_left_to_stop(cast: Cast) -> None:
    cast.people["Gerda"] = uuid4()
    for address in (stop(cast, "Gerda"), stop(cast, "Gerda", cast.amersfoort, at_once=True)):
        assert cast.client().get(address).status_code == 404
        assert cast.client().post(address, data=ONE_CLICK, headers=FROM_OUTSIDE).status_code == 404


@pytest.mark.parametrize("secret", ["x", "a.b", "IjEi.xyz", "%00", "ü"])
def test_a_made_up_secret_is_unknown(cast: Cast, secret: str) -> None:
    assert cast.client().get(f"/mail/stop/{secret}").status_code == 404
    assert cast.client().post(f"/mail/stop/{secret}", data={"cadence": "never"}).status_code == 404


@pytest.mark.parametrize(
    "said", [1, None, [], ["x", "", True], ["", "", False], {"a": 1}, [[], [], []], ["1" * 32]]
)
def test_a_signature_of_ours_under_something_else_is_worth_nothing(cast: Cast, said: object) -> None:
    secret = URLSafeSerializer("only for tests", salt="digests.stop").dumps(said)
    assert cast.client().get(f"/mail/stop/{secret!s}").status_code == 404
