"""The agenda: everyone reads it, who arranges adds to it."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from tests.agenda.story import member
from tests.cast import Cast
from vitaal.activity.models import Event
from vitaal.agenda.models import Action, Goal
from vitaal.agenda.queries import actions
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership


def address(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/agenda"


def page(cast: Cast, name: str, query: str = "") -> BeautifulSoup:
    answer = cast.client(name).get(address(cast) + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def titles(cast: Cast, name: str = "Bram") -> list[str]:
    return [heading.get_text() for heading in page(cast, name).main.select("li h3")]


def test_a_lead_adds_an_action_at_the_end(cast: Cast) -> None:
    anna = cast.client("Anna")
    for title in ("Eerst luisteren", "Dan samen eten"):
        assert anna.post(address(cast), data={"title": title}).status_code == 303
    assert titles(cast) == ["Eerst luisteren", "Dan samen eten"]


def test_adding_an_action_is_told_to_everyone(cast: Cast) -> None:
    cast.client("Anna").post(address(cast), data={"title": "Samen eten"})
    with cast.acting_as("Chaima"):
        event = db.session.scalars(select(Event)).one()
        assert (event.verb, event.object_kind, event.object_name) == ("added", "action", "Samen eten")


def test_the_outer_circle_reads_the_agenda(cast: Cast) -> None:
    cast.client("Anna").post(address(cast), data={"title": "Samen eten"})
    assert titles(cast, "Chaima") == ["Samen eten"]


def test_what_the_outer_circle_adds_is_an_idea(cast: Cast) -> None:
    assert cast.client("Chaima").post(address(cast), data={"title": "Zingen"}).status_code == 303
    with cast.acting_as("Anna"):
        assert [(action.title, action.status) for action in actions()] == [("Zingen", "idea")]


@pytest.mark.parametrize("name", ["Daan", "Els", "Farah"])
def test_for_who_is_no_member_there_is_no_agenda(cast: Cast, name: str) -> None:
    assert cast.client(name).get(address(cast)).status_code == 404


def test_the_empty_agenda_says_how_to_begin(cast: Cast) -> None:
    empty = page(cast, "Anna").main.find(class_="empty")
    assert empty.h2.get_text() == "Nog geen acties"
    assert empty.a["href"] == "#title"
    assert page(cast, "Chaima").main.find(class_="empty").a.get_text() == "Deel het eerste idee"


@pytest.mark.parametrize("view", ["lijst", "bord", "tijdlijn", "kalender"])
def test_an_agenda_without_goals_and_actions_only_shows_the_ways_to_begin(cast: Cast, view: str) -> None:
    root = f"/w/{cast.amersfoort.slug}"
    ways = {
        "Anna": ["#title", f"{root}/doelen", f"{root}/agenda/import"],
        "Bram": ["#title", f"{root}/doelen"],
    }
    for name, expected in ways.items():
        main = page(cast, name, f"?weergave={view}").main
        assert [way["href"] for way in main.find(class_="empty").find_all("a")] == expected
        assert main.find("form", role="search") is None
        assert main.find(id="weergaven") is None
    assert main.find(id="title") is not None


def test_an_empty_agenda_that_has_a_goal_or_is_searched_can_be_looked_at_in_another_way(cast: Cast) -> None:
    assert page(cast, "Anna", "?zoek=soep").main.find(id="weergaven") is not None
    with cast.acting_as("Anna"):
        Goal.add("Iedereen eet mee", by=member(cast, "Anna"))
        db.session.commit()
    assert page(cast, "Anna", "?weergave=bord").main.find(id="weergaven") is not None
    assert page(cast, "Anna").main.find(class_="empty") is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Schrijf op wat jullie gaan doen."),
        ("   ", "Schrijf op wat jullie gaan doen."),
        ("x" * 10_000, "Maak dit korter: er passen 200 letters in, dit zijn er 9800 te veel."),
        ("Samen\x00eten", "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."),
        ("Samen\neten", "Schrijf dit op één regel."),
    ],
)
def test_a_title_that_cannot_be_kept_comes_back_with_the_reason(
    cast: Cast, typed: str, sentence: str
) -> None:
    answer = cast.client("Anna").post(address(cast), data={"title": typed})
    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert soup.find(id="title-e").get_text() == sentence
    assert soup.title.get_text().startswith("Fout:")


def test_a_title_with_html_is_shown_as_it_was_typed(cast: Cast) -> None:
    cast.client("Anna").post(address(cast), data={"title": "<b>Eten</b> & drinken"})
    assert titles(cast) == ["<b>Eten</b> & drinken"]


def test_the_order_is_the_groups_own(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        anna = db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members["Anna"]))
        first = Action.add("Eerst", by=anna, reason="Omdat het klein is")
        second = Action.add("Daarna", by=anna)
        assert [(action.title, action.position) for action in actions()] == [("Eerst", 1), ("Daarna", 2)]
        assert actions(limit=1) == [first]
        assert second.reason == ""
