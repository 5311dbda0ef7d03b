"""The page for operators: who works for which municipality and programme, and the letters about it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.cast import AMERSFOORT, Cast
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people.models import person_with
from vitaal.post.models import Letter
from vitaal.workspaces.models import Officer, Programme

GUUS = {"officer-municipality": "utrecht", "officer-name": "Guus Groen", "officer-email": "Guus@Example.nl"}
HANS = {"staff-name": "Hans Hout", "staff-email": "hans@example.nl"}


def overview(cast: Cast) -> str:
    answer = cast.client("Olga").get("/beheer")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml").main.get_text(" ", strip=True)  # type: ignore[union-attr]


def letter(worker: Any) -> Letter:
    with worker.app_context():
        return db.session.scalars(select(Letter)).one()


@pytest.mark.parametrize("name", ["Anna", "Els", "Farah"])
def test_only_operators_come_in(cast: Cast, name: str) -> None:
    assert cast.client(name).get("/beheer").status_code == 403
    assert cast.client(name).post("/beheer/gemeenten", data=GUUS).status_code == 403


def test_an_unknown_address_makes_a_person_and_sends_them_a_letter(cast: Cast, worker: Any) -> None:
    assert cast.client("Olga").post("/beheer/gemeenten", data=GUUS).status_code == 303
    assert "Guus Groen Utrecht · guus@example.nl" in overview(cast)
    with cast.app.app_context():
        assert person_with("guus@example.nl")
    sent = letter(worker)
    assert (sent.recipient, sent.subject) == ("guus@example.nl", "Je kunt coalities beginnen voor Utrecht")
    assert "Je hebt geen wachtwoord nodig" in sent.text
    assert "Olga Operator heeft je toegevoegd" in sent.text


def test_appointing_twice_sends_one_letter(cast: Cast, worker: Any) -> None:
    client = cast.client("Olga")
    client.post("/beheer/gemeenten", data=GUUS)
    client.post("/beheer/gemeenten", data=GUUS)
    assert letter(worker).kind == "appointed_officer"


def test_an_officer_who_is_dismissed_no_longer_opens_the_municipality(cast: Cast) -> None:
    assert cast.client("Farah").get("/gemeente/amersfoort").status_code == 200
    cast.client("Olga").post(f"/beheer/gemeenten/amersfoort/{cast.people['Farah']}/ontslag")
    assert "Farah" not in overview(cast)
    assert cast.client("Farah").get("/gemeente/amersfoort").status_code == 404


def test_a_programme_gets_an_address_and_staff(cast: Cast, worker: Any) -> None:
    client = cast.client("Olga")
    client.post("/beheer/programmas", data={"programme-title": "Vitaal ouder"})
    with cast.app.app_context():
        made = db.session.scalars(select(Programme).where(Programme.slug == "vitaal-ouder-2")).one()
    client.post("/beheer/programmas/mensen", data=HANS | {"staff-programme": made.id})
    assert "Hans Hout hans@example.nl" in overview(cast)
    assert letter(worker).subject == "Je werkt in Vitaal voor Vitaal ouder"
    client.post(f"/beheer/programmas/{cast.programme_slug}/{cast.people['Els']}/ontslag")
    assert "els@example.nl" not in overview(cast)


@pytest.mark.parametrize("wrong", [{"officer-municipality": "Nergenshuizen"}, {"officer-email": "geen adres"},
                                   {"officer-name": "\x00"}, {"officer-municipality": "\x00"}, {"officer-name": ""}])  # fmt: skip
def test_what_is_wrong_comes_back_with_a_reason(cast: Cast, wrong: dict[str, str]) -> None:
    answer = cast.client("Olga").post("/beheer/gemeenten", data=GUUS | wrong)
    assert answer.status_code == 422
    assert "Fout:" in answer.text


@pytest.mark.parametrize("programme", ["", "x", "01a21073-2fa2-7785-a6a4-da97d41e9a76"])
def test_staff_needs_a_programme_that_exists(cast: Cast, programme: str) -> None:
    data = HANS | {"staff-programme": programme}
    assert cast.client("Olga").post("/beheer/programmas/mensen", data=data).status_code == 422


def test_the_database_lets_only_operators_appoint(cast: Cast) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        db.session.add(Officer(municipality_code=AMERSFOORT, person_id=cast.people["Anna"]))
        with pytest.raises(DBAPIError, match="row-level security"):
            db.session.flush()
