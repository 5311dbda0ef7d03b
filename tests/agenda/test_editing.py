"""Writing an action down with all its fields, alone or two at once."""

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from tests.agenda.story import address, an_action, found, member, page
from tests.cast import Cast
from vitaal.agenda.models import Action, Goal, Step
from vitaal.kernel.db import db


def root(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/agenda"


def fields(soup: BeautifulSoup) -> dict[str, str]:
    """What the form would send as it stands."""
    sent = {}
    for box in soup.main.select("form.loose input[name], form.loose textarea[name], form.loose select[name]"):
        if box.get("type") in {"radio", "checkbox"} and not box.has_attr("checked"):
            continue
        if box.name == "select":
            chosen = box.select_one("option[selected]") or box.select_one("option")
            sent[str(box["name"])] = str(chosen["value"]) if chosen else ""
        else:
            sent[str(box["name"])] = str(
                box.get("value") or (box.get_text().strip() if box.name == "textarea" else "")
            )
    return sent


def test_a_new_action_with_all_its_fields(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        goal_id = Goal.add("Ontmoeten", by=member(cast, "Anna")).id
        db.session.commit()
    chosen = fields(page(cast, "Bram", f"{root(cast)}/nieuw/uitgebreid?doel={goal_id}"))
    assert chosen["goal_id"] == str(goal_id)
    chosen |= {
        "title": "Bankjes neerzetten", "reason": "Om uit te rusten", "due_on": "15-01-2027", "labels": "buiten, zitten",
        "owner_id": str(cast.amersfoort.members["Anna"]), "steps": "Plekken kiezen\nBestellen",
        "helpers": str(cast.amersfoort.members["Chaima"]),
    }  # fmt: skip
    answer = cast.client("Bram").post(f"{root(cast)}/nieuw/uitgebreid", data=chosen)
    assert answer.status_code == 303
    with cast.acting_as("Bram"):
        action = db.session.scalars(select(Action)).one()
        assert (action.title, action.goal_id, action.labels) == (
            "Bankjes neerzetten",
            goal_id,
            ["buiten", "zitten"],
        )
        assert db.session.scalars(select(Step.text).order_by(Step.position)).all() == [
            "Plekken kiezen",
            "Bestellen",
        ]
    assert "Chaima" in page(cast, "Bram", answer.location).main.find("aside").get_text()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Schrijf op wat jullie gaan doen."),
        (
            {"title": "x" * 10_000},
            "title",
            "Maak dit korter: er passen 200 letters in, dit zijn er 9800 te veel.",
        ),
        ({"due_on": "31-02-2027"}, "due_on", "Kies een dag, bijvoorbeeld 24-11-2026."),
        (
            {"starts_on": "2027-02-02", "due_on": "2027-02-01"},
            "due_on",
            "Deze dag ligt vóór het begin. Kies een latere dag.",
        ),
        ({"owner_id": "00000000-0000-7000-8000-000000000000"}, "owner_id", "Kies iets uit de lijst."),
        ({"owner_id": "iemand"}, "owner_id", "Kies iets uit de lijst."),
        ({"goal_id": "00000000-0000-7000-8000-000000000000"}, "goal_id", "Kies iets uit de lijst."),
        ({"depends_on": "999"}, "depends_on", "Er is geen actie met dit nummer."),
        ({"depends_on": "1"}, "depends_on", "Een actie kan niet op zichzelf wachten."),
        ({"repeats": "month"}, "repeats", "Kies hierboven een dag. Dan weten we wanneer de actie terugkomt."),
    ],
)
def test_what_cannot_be_kept_comes_back_at_its_field(
    cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    number = an_action(cast, "Samen eten", reason="Bewaar dit")
    now = fields(page(cast, "Bram", address(cast, number, "aanpassen")))
    answer = cast.client("Bram").post(
        address(cast, number, "aanpassen"), data=now | {"reason": "Nieuwe tekst"} | typed
    )
    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert soup.find(id=f"{field}-e").get_text() == sentence
    assert soup.find(id="reason").get_text().strip() == "Nieuwe tekst"
    with cast.acting_as("Anna"):
        assert found(number).reason == "Bewaar dit"


def test_two_actions_never_wait_for_each_other(cast: Cast) -> None:
    first, second = an_action(cast, "Een"), an_action(cast, "Twee")
    bram = cast.client("Bram")
    now = fields(page(cast, "Bram", address(cast, first, "aanpassen")))
    assert (
        bram.post(address(cast, first, "aanpassen"), data=now | {"depends_on": str(second)}).status_code
        == 303
    )
    now = fields(page(cast, "Bram", address(cast, second, "aanpassen")))
    answer = bram.post(address(cast, second, "aanpassen"), data=now | {"depends_on": str(first)})
    assert answer.status_code == 422
    assert "Dan wachten deze acties op elkaar." in answer.text


def test_who_edits_second_chooses_between_both_texts_and_nothing_is_lost(cast: Cast) -> None:
    number = an_action(cast, "Samen eten", reason="Omdat het gezellig is")
    where = address(cast, number, "aanpassen")
    seen_by_both = fields(page(cast, "Anna", where))
    cast.client("Anna").post(where, data=seen_by_both | {"title": "Samen koken", "serves": "Buren"})
    answer = cast.client("Bram").post(
        where, data=seen_by_both | {"title": "Samen soep eten", "reason": "Voor de buurt"}
    )
    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert "Samen koken" in soup.main.get_text()
    assert "Wat Anna schreef" in soup.main.get_text()
    assert soup.find(id="title")["value"] == "Samen soep eten"
    assert soup.find(id="serves")["value"] == "Buren"
    answer = cast.client("Bram").post(where, data=fields(soup))
    assert answer.status_code == 303
    with cast.acting_as("Anna"):
        action = found(number)
        assert (action.title, action.reason, action.serves) == ("Samen soep eten", "Voor de buurt", "Buren")


def test_who_edits_second_may_leave_the_other_text(cast: Cast) -> None:
    number = an_action(cast, "Samen eten")
    where = address(cast, number, "aanpassen")
    seen_by_both = fields(page(cast, "Anna", where))
    cast.client("Anna").post(where, data=seen_by_both | {"title": "Van Anna"})
    soup = BeautifulSoup(
        cast.client("Bram").post(where, data=seen_by_both | {"title": "Van Bram"}).text, "lxml"
    )
    assert soup.main.find("button", string=re.compile("Laat alles"))
    cast.client("Bram").post(where, data=fields(soup) | {"alles": "van-hen"})
    with cast.acting_as("Anna"):
        assert found(number).title == "Van Anna"
