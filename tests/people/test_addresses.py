"""Showing that another address is yours too."""

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.people.browsing import BRAM, ask, asked, is_in, type_code, words
from tests.people.letters import SignInLetter, letters
from vitaal.kernel.db import db
from vitaal.people.addresses import masked
from vitaal.people.browser import start_asking
from vitaal.people.models import Purpose, person_with

WORK = "anna@work.example"


def add(client: FlaskClient, worker: Flask, email: str = WORK) -> SignInLetter:
    assert client.post("/mijn/adressen", data={"email": email}).location == "/inloggen/code"
    return letters(worker)[-1]


def owner(cast: Cast, email: str) -> str | None:
    with cast.app.app_context():
        person = person_with(email)
        return person.name if person else None


def test_a_proven_address_is_mine_too(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    letter = add(client, worker)
    assert letter.to == WORK
    assert owner(cast, WORK) is None
    answer = type_code(client, letter.code)
    assert (answer.status_code, answer.location) == (303, "/mijn/voorkeuren")
    assert owner(cast, WORK) == "Anna"
    assert WORK in words(client.get("/mijn/voorkeuren"))


def test_the_button_in_the_letter_proves_it_too(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    letter = add(client, worker)
    assert "Ja, a***@work.example is van mij" in words(client.get(letter.path))
    assert client.post(letter.path).status_code == 303
    assert owner(cast, WORK) == "Anna"


def test_someone_can_sign_in_with_each_address(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    type_code(client, add(client, worker).code)
    other = cast.client()
    other.post(asked(other, worker, WORK).path)
    assert is_in(other)


def test_an_address_that_was_not_typed_here_is_shown_only_in_part(cast: Cast) -> None:
    client = cast.client("Anna")
    with cast.app.test_request_context():
        answer = start_asking(WORK, Purpose.PROVE_ADDRESS, "/mijn/voorkeuren")
        db.session.commit()
    client.set_cookie("vitaal_asking", answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0])
    page = words(client.get("/inloggen/code"))
    assert "a***@work.example" in page
    assert WORK not in page


def test_an_address_of_someone_else_is_never_taken(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    letter = add(client, worker, BRAM)
    page = type_code(client, letter.code)
    assert page.status_code == 409
    assert "hoort al bij een ander account" in words(page)
    assert owner(cast, BRAM) == "Bram"
    assert type_code(client, letter.code).status_code == 410


def test_proving_my_own_address_again_does_no_harm(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    assert type_code(client, add(client, worker, "anna@example.nl").code).status_code == 303
    assert owner(cast, "anna@example.nl") == "Anna"


def test_nothing_is_proven_after_signing_out(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    letter = add(client, worker)
    client.post("/uitloggen")
    assert type_code(client, letter.code).status_code == 410
    assert client.post(letter.path).status_code == 410
    assert owner(cast, WORK) is None


def test_signing_in_as_another_person_first_proves_nothing(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    letter = add(client, worker)
    client.post(asked(client, worker, BRAM).path)
    assert client.post(letter.path).status_code == 403
    assert owner(cast, WORK) is None


def test_a_letter_to_prove_an_address_lets_nobody_in(cast: Cast, worker: Flask) -> None:
    client, other = cast.client("Anna"), cast.client()
    letter = add(client, worker, BRAM)
    ask(other, "nora@example.nl")
    assert type_code(other, letter.code).status_code == 422
    assert other.post(letter.path).status_code == 410
    assert not is_in(other)


def test_what_can_not_be_an_address_is_told_kindly(cast: Cast, worker: Flask) -> None:
    for typed in ("", "anna", "a\x00@work.example", "a" * 10_000):
        page = cast.client("Anna").post("/mijn/adressen", data={"email": typed})
        assert page.status_code == 422
        assert "Dat lukte nog niet" in words(page)
    assert letters(worker) == []


def test_a_masked_address_is_known_to_its_owner_only() -> None:
    assert [masked(email) for email in ("jan@gemeente.example", "j@x.example", "é@x.example")] == [
        "j***@gemeente.example", "j***@x.example", "é***@x.example"]  # fmt: skip
