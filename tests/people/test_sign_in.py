"""Coming in without a password."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import Cast
from tests.people.browsing import ANNA, ask, asked, is_in, type_code, words
from tests.people.letters import letters
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people import signing_in
from vitaal.people.models import Person, SignedInSession, SignInRequest


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_button_in_the_letter_lets_someone_in(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    assert letter.to == ANNA
    assert "Log in als a***@example.nl" in words(client.get(letter.path))
    answer = client.post(letter.path)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(client)


def test_the_code_lets_someone_in_too(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    code = asked(client, worker).code
    assert type_code(client, f" {code[:3]} {code[3:]} ").status_code == 303
    assert is_in(client)


def test_the_page_after_asking_says_to_which_address_the_mail_went(cast: Cast) -> None:
    client = cast.client()
    assert ask(client, "Anna@Example.nl").location == "/inloggen/code"
    assert "We stuurden een mail naar anna@example.nl" in words(client.get("/inloggen/code"))


def test_opening_the_link_changes_nothing(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    for _ in range(3):
        page = client.get(letter.path)
        assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert client.post(letter.path).status_code == 303


def test_a_link_works_once(cast: Cast, worker: Flask) -> None:
    client, again = cast.client(), cast.client()
    letter = asked(client, worker)
    again.set_cookie("vitaal_asking", asking_cookie(client))
    client.post(letter.path)
    assert again.post(letter.path).status_code == 410
    assert "Vraag een nieuwe mail" in words(again.get(letter.path))
    assert not is_in(again)


def test_sixteen_uses_at_the_same_time_give_one_session(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    secret = asking_cookie(client)

    def use(_: int) -> int:
        other = cast.app.test_client()
        other.set_cookie("vitaal_asking", secret)
        return other.post(letter.path).status_code

    with ThreadPoolExecutor(16) as pool:
        answers = sorted(pool.map(use, range(16)))
    assert answers[0] == 303
    assert all(status in {403, 410} for status in answers[1:])
    assert sessions_of(cast, "Anna") == 1


def test_a_link_does_nothing_in_another_browser(cast: Cast, worker: Flask) -> None:
    client, other = cast.client(), cast.client()
    letter = asked(client, worker)
    page = other.get(letter.path)
    assert page.status_code == 403
    assert "typ daar de zes cijfers" in words(page)
    assert "example.nl" not in words(page)
    assert other.post(letter.path).status_code == 403
    assert not is_in(other)
    assert client.post(letter.path).status_code == 303


def test_a_code_does_nothing_in_another_browser(cast: Cast, worker: Flask) -> None:
    client, other = cast.client(), cast.client()
    code = asked(client, worker).code
    assert type_code(other, code).status_code == 410
    asked(other, worker, "bram@example.nl")
    assert type_code(other, code).status_code == 422
    assert not is_in(other)


def test_link_and_code_last_ten_minutes(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    assert letter.minutes == pytest.approx(10, abs=0.1)
    with clock.at(clock.now() + timedelta(minutes=10, seconds=1)):
        assert client.get(letter.path).status_code == 410
        assert client.post(letter.path).status_code == 410
        assert type_code(client, letter.code).status_code == 410
    assert not is_in(client)


def test_five_wrong_codes_burn_link_and_code(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    for left in (4, 3, 2, 1):
        page = type_code(client, wrong(letter.code))
        assert page.status_code == 422
        assert f"nog {left} keer" in words(page)
    assert type_code(client, wrong(letter.code)).status_code == 410
    assert type_code(client, letter.code).status_code == 410
    assert client.post(letter.path).status_code == 410
    assert not is_in(client)


def test_what_can_not_be_a_code_costs_no_try(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    for typed in ("", "12345", "1234567", "abcdef", "１２３４５６", "12\x00456", "1" * 10_000):
        page = type_code(client, typed)
        assert page.status_code == 422
        assert "Deze code klopt niet" not in words(page)
    assert type_code(client, letter.code).status_code == 303


def test_a_new_letter_makes_the_earlier_one_worthless(cast: Cast, worker: Flask) -> None:
    first, second = cast.client(), cast.client()
    old, new = asked(first, worker), asked(second, worker)
    assert first.post(old.path).status_code == 410
    assert type_code(first, old.code).status_code == 410
    assert second.post(new.path).status_code == 303


def test_an_unknown_address_gets_the_same_answer_and_a_letter_that_says_so(cast: Cast, worker: Flask) -> None:
    known, unknown = cast.client(), cast.client()
    answers = [ask(known), ask(unknown, "nora@example.nl")]
    assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
    pages = [known.get("/inloggen/code").text, unknown.get("/inloggen/code").text]
    assert pages[0].replace(ANNA, "") == pages[1].replace("nora@example.nl", "")
    to_anna, to_nora = letters(worker)
    assert (to_nora.to, to_nora.assurance) == ("nora@example.nl", to_anna.assurance)
    assert to_nora.minutes == pytest.approx(to_anna.minutes, abs=0.1)
    assert "hoort nog geen account" in to_nora.text
    assert not re.search(r"\d{6}$|/inloggen/\S", to_nora.text, re.MULTILINE)


def test_the_old_session_ends_when_someone_signs_in_again(cast: Cast, worker: Flask) -> None:
    client, old = cast.client("Anna"), cast.client()
    before = client.get_cookie("vitaal_session")
    assert before
    old.set_cookie("vitaal_session", before.value)
    assert is_in(old)
    client.post(asked(client, worker).path)
    after = client.get_cookie("vitaal_session")
    assert after
    assert after.value != before.value
    assert is_in(client)
    assert not is_in(old)


def test_signing_in_as_someone_else_ends_the_session_that_was(cast: Cast, worker: Flask) -> None:
    client = cast.client("Bram")
    client.post(asked(client, worker).path)
    assert sessions_of(cast, "Bram") == 0
    assert sessions_of(cast, "Anna") == 1


def test_the_cookies_are_out_of_reach_for_scripts_and_other_sites(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    set_by = [*ask(client).headers.getlist("Set-Cookie")]
    set_by += client.post(letters(worker)[-1].path).headers.getlist("Set-Cookie")
    mine = [cookie for cookie in set_by if cookie.startswith(("vitaal_asking=", "vitaal_session="))]
    assert len(mine) == 3
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie for cookie in mine)


def test_someone_lands_where_they_wanted_to_go(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    asks = client.get("/mijn/voorkeuren")
    assert asks.location == "/inloggen?next=/mijn/voorkeuren"
    letter = asked(client, worker, back="/mijn/voorkeuren")
    assert client.post(letter.path).location == "/mijn/voorkeuren"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/a\nb"]
)
def test_nobody_is_sent_to_another_site(cast: Cast, worker: Flask, elsewhere: str) -> None:
    client = cast.client()
    letter = asked(client, worker, back=elsewhere)
    assert client.post(letter.path).location == "/"
    signed_in = client.get("/inloggen", query_string={"next": elsewhere})
    assert signed_in.location == "/"


@pytest.mark.parametrize(
    "typed", ["", "  ", "anna", "anna@", "a\x00@example.nl", "a" * 10_000 + "@example.nl", "a@b\nc.nl"]
)
def test_what_can_not_be_an_address_is_told_kindly(cast: Cast, worker: Flask, typed: str) -> None:
    page = cast.client().post("/inloggen", data={"email": typed})
    assert page.status_code == 422
    field = BeautifulSoup(page.text, "lxml").find("input", {"name": "email"})
    assert field
    assert field["aria-invalid"] == "true"
    assert letters(worker) == []


@pytest.mark.parametrize("token", ["x", "%00", "%FF%FE", "a" * 5_000, "code%20"])
def test_a_made_up_link_is_told_kindly(cast: Cast, token: str) -> None:
    client = cast.client()
    assert client.get(f"/inloggen/{token}").status_code == 410
    assert client.post(f"/inloggen/{token}").status_code == 410


def test_who_is_signed_in_already_and_opens_an_old_link_is_shown_the_way(cast: Cast, worker: Flask) -> None:
    client = cast.client()
    letter = asked(client, worker)
    client.post(letter.path)
    assert "Je bent al ingelogd" in words(client.get(letter.path))


def test_signing_out_ends_the_session_on_the_server(cast: Cast) -> None:
    client, copy = cast.client("Anna"), cast.client()
    cookie = client.get_cookie("vitaal_session")
    assert cookie
    copy.set_cookie("vitaal_session", cookie.value)
    answer = client.post("/uitloggen")
    assert (answer.status_code, answer.location) == (303, "/")
    assert not is_in(client)
    assert not is_in(copy)


def test_another_site_can_not_sign_someone_out(cast: Cast) -> None:
    client = cast.client("Anna")
    assert client.post("/uitloggen", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert is_in(client)


def test_the_demo_names_only_people_who_exist(cast: Cast) -> None:
    with cast.app.app_context(), entering(db.session):
        Person.join("Trudy Trekker", "trekker@demo.example")
        db.session.commit()
    page = BeautifulSoup(cast.client().get("/inloggen").text, "lxml")
    offered = [button["value"] for button in page.find_all("button", {"name": "email"})]
    assert offered == ["trekker@demo.example"]


def test_the_worker_forgets_requests_of_long_ago(cast: Cast, worker: Flask) -> None:
    ask(cast.client())
    with worker.app_context():
        for moment, left in ((timedelta(hours=23), 1), (timedelta(hours=25), 0)):
            with clock.at(clock.now() + moment):
                signing_in.forget_old()
                db.session.commit()
            assert db.session.scalar(select(func.count()).select_from(SignInRequest)) == left


def asking_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("vitaal_asking")
    assert cookie
    return cookie.value


def sessions_of(cast: Cast, name: str) -> int:
    with cast.acting_as(name):
        living = select(func.count()).where(SignedInSession.ended_at.is_(None))
        return db.session.scalar(living.select_from(SignedInSession)) or 0
