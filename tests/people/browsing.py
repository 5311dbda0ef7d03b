"""What people do in a browser to come in, and what they read there."""

import re

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people.letters import SignInLetter, letters

ANNA = "anna@example.nl"
BRAM = "bram@example.nl"


def ask(client: FlaskClient, email: str = ANNA, back: str = "") -> TestResponse:
    """Ask for a letter."""
    return client.post("/inloggen", query_string={"next": back} if back else None, data={"email": email})


def asked(client: FlaskClient, worker: Flask, email: str = ANNA, back: str = "") -> SignInLetter:
    """Ask for a letter, and read it."""
    assert ask(client, email, back).status_code == 303
    return letters(worker)[-1]


def type_code(client: FlaskClient, code: str) -> TestResponse:
    """Type a code on the page that waits for it."""
    return client.post("/inloggen/code", data={"code": code})


def is_in(client: FlaskClient) -> bool:
    """Whether someone is signed in in this browser."""
    return client.get("/mijn/sessies").status_code == 200


def words(response: TestResponse) -> str:
    """What stands in the main part of a page, on one line."""
    main = BeautifulSoup(response.text, "lxml").find("main")
    assert main
    return re.sub(r"\s+", " ", main.get_text(" ", strip=True))
