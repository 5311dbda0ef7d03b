"""Challenges and goals: the inner circle words them, every partner says where it stands."""

from datetime import date
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.agenda.story import member
from tests.cast import Cast
from tests.counting import statements
from vitaal.activity.models import Event
from vitaal.agenda import goals
from vitaal.agenda.goal_queries import goal_in_view, goals_in_view
from vitaal.agenda.models import Action, Backing, Challenge, Goal
from vitaal.kernel.db import db, here
from vitaal.kernel.versions import ChangedMeanwhile


def root(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}"


def a_goal(cast: Cast, title: str = "Ouderen ontmoeten elkaar") -> UUID:
    with cast.acting_as("Anna"):
        goal = Goal.add(title, by=member(cast, "Anna"))
        db.session.commit()
        return goal.id


def main_of(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml").main


def test_the_empty_page_says_how_to_begin(cast: Cast) -> None:
    page = main_of(cast.client("Anna").get(f"{root(cast)}/doelen"))
    assert page.find(class_="empty").h2.get_text() == "Nog geen doelen"
    assert page.find(class_="empty").a["href"] == f"{root(cast)}/opgaven/nieuw"
    assert main_of(cast.client("Chaima").get(f"{root(cast)}/doelen")).find(class_="empty").a is None


def test_the_inner_circle_writes_down_a_challenge_with_its_ambition(cast: Cast) -> None:
    bram = cast.client("Bram")
    words = {
        "title": "Meer ontmoeting",
        "promise": "Niemand eet alleen",
        "commitment": "Ieder een zaal",
        "doing": "Elke week koken",
    }
    assert bram.post(f"{root(cast)}/opgaven/nieuw", data=words).status_code == 303
    page = main_of(cast.client("Chaima").get(f"{root(cast)}/doelen")).get_text()
    assert all(word in page for word in words.values())
    assert "Belofte" in page


def test_a_goal_with_a_period_and_indicators_stands_under_its_challenge(cast: Cast) -> None:
    anna = cast.client("Anna")
    anna.post(f"{root(cast)}/opgaven/nieuw", data={"title": "Meer ontmoeting"})
    with cast.acting_as("Anna"):
        challenge_id = db.session.scalars(select(Challenge.id)).one()
    answer = anna.post(f"{root(cast)}/doelen/nieuw", data={
        "title": "Samen eten", "why": "De buren merken het", "challenge_id": str(challenge_id),
        "from_on": "2027-01-01", "to_on": "31-12-2027",
        "indicators-0-name": "Mensen aan tafel", "indicators-0-now": "12", "indicators-0-target": "40",
    })  # fmt: skip
    assert answer.status_code == 303
    with cast.acting_as("Chaima"):
        seen = goals_in_view()[0]
        assert (seen.goal.challenge_id, seen.goal.to_on) == (challenge_id, date(2027, 12, 31))
        assert [(one.name, one.now, one.target) for one in seen.indicators] == [
            ("Mensen aan tafel", "12", "40")
        ]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Schrijf op wat jullie willen bereiken."),
        (
            {"title": "x" * 10_000},
            "title",
            "Maak dit korter: er passen 200 letters in, dit zijn er 9800 te veel.",
        ),
        ({"to_on": "31-02-2027"}, "to_on", "Kies een dag, bijvoorbeeld 24-11-2026."),
        (
            {"from_on": "2027-06-01", "to_on": "2027-05-01"},
            "to_on",
            "Deze dag ligt vóór het begin. Kies een latere dag.",
        ),
        ({"challenge_id": "iets"}, "challenge_id", "Kies iets uit de lijst."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(
    cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    answer = cast.client("Anna").post(
        f"{root(cast)}/doelen/nieuw", data={"title": "Samen eten", "why": "Bewaar dit"} | typed
    )
    page = main_of(answer)
    assert answer.status_code == 422
    assert page.find(id=f"{field}-e").get_text() == sentence
    assert page.find(id="why").get_text().strip() == "Bewaar dit"


def test_a_partner_has_one_voice_and_its_last_word_counts(cast: Cast) -> None:
    goal_id = a_goal(cast)
    address = f"{root(cast)}/doelen/{goal_id}/steun"
    bram = cast.client("Bram")
    assert bram.post(address, data={"stands_behind": "no"}).status_code == 303
    assert bram.post(address, data={"stands_behind": "yes", "brings": "Een zaal"}).status_code == 303
    with cast.acting_as("Anna"):
        said = db.session.scalars(select(Backing)).one()
        assert (said.partner_id, said.stands_behind, said.brings) == (
            cast.amersfoort.partners["Bram"],
            True,
            "Een zaal",
        )
    page = main_of(cast.client("Anna").get(f"{root(cast)}/doelen/{goal_id}"))
    assert "Een zaal" in page.find(id="steun").parent.get_text()
    assert "Nog niets gehoord van: Buurthuis De Kom" in page.get_text()


def test_nobody_speaks_for_another_partner_whatever_the_code_asks(cast: Cast) -> None:
    goal_id = a_goal(cast)
    with cast.acting_as("Bram"), pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text(
                "INSERT INTO app.backing (workspace_id, goal_id, partner_id, stands_behind, said_by_id, said_at)"
                " VALUES (:workspace, :goal, :partner, true, :member, now())"
            ),
            {
                "workspace": cast.amersfoort.id,
                "goal": goal_id,
                "partner": cast.amersfoort.partners["Anna"],
                "member": cast.amersfoort.members["Bram"],
            },
        )


def test_the_outer_circle_reads_goals_and_does_not_change_them(cast: Cast) -> None:
    goal_id = a_goal(cast)
    chaima = cast.client("Chaima")
    assert chaima.get(f"{root(cast)}/doelen/{goal_id}").status_code == 200
    for address in (
        f"doelen/{goal_id}/aanpassen",
        f"doelen/{goal_id}/steun",
        f"doelen/{goal_id}/archief",
        "doelen/nieuw",
    ):
        assert chaima.post(f"{root(cast)}/{address}", data={"title": "Toch"}).status_code == 403


def test_who_changes_second_sees_both_texts_and_loses_nothing(cast: Cast) -> None:
    goal_id = a_goal(cast, "Eerst")
    address = f"{root(cast)}/doelen/{goal_id}/aanpassen"
    cast.client("Anna").post(address, data={"title": "Van Anna", "version": "1"})
    answer = cast.client("Bram").post(address, data={"title": "Van Bram", "version": "1"})
    page = main_of(answer)
    assert answer.status_code == 409
    assert page.find(id="title")["value"] == "Van Bram"
    assert "Van Anna" in page.find(role="alert").get_text()
    version = page.find(id="version")["value"]
    assert (
        cast.client("Bram").post(address, data={"title": "Van Bram", "version": version}).status_code == 303
    )
    with cast.acting_as("Anna"):
        assert here(Goal, goal_id).title == "Van Bram"


def test_a_stale_version_raises(cast: Cast) -> None:
    goal_id = a_goal(cast)
    with cast.acting_as("Anna"):
        goal, anna = here(Goal, goal_id), member(cast, "Anna")
        goals.change_goal(goal, 1, {"title": "Nieuw"}, [], by=anna)
        assert goals.change_goal(goal, 1, {"title": "Nieuw"}, [], by=anna) == []
        with pytest.raises(ChangedMeanwhile):
            goals.change_goal(goal, 1, {"title": "Weer anders"}, [], by=anna)


def test_who_changes_second_does_not_put_old_indicators_back(cast: Cast) -> None:
    goal_id = a_goal(cast, "Samen eten")
    address = f"{root(cast)}/doelen/{goal_id}/aanpassen"
    seen = {"title": "Samen eten", "version": "1", "indicators-0-name": "Tafels", "indicators-0-target": "4"}
    assert cast.client("Anna").post(address, data=seen).status_code == 303
    answer = cast.client("Bram").post(address, data={"title": "Samen koken", "version": "1"})
    page = main_of(answer)
    assert answer.status_code == 409
    assert page.find(id="title")["value"] == "Samen koken"
    assert "Tafels · 4" in page.find(role="alert").get_text()
    with cast.acting_as("Anna"):
        goal = here(Goal, goal_id)
        assert goal
        assert (goal.title, goals.indicators_of(goal)) == ("Samen eten", [("Tafels", "", "4")])


def test_indicators_alone_give_a_goal_its_next_version(cast: Cast) -> None:
    goal_id = a_goal(cast)
    tables, chairs = ([{"name": name, "now": "", "target": ""}] for name in ("Tafels", "Stoelen"))
    with cast.acting_as("Anna"):
        goal, anna = here(Goal, goal_id), member(cast, "Anna")
        assert goal
        assert goals.change_goal(goal, 1, {}, tables, by=anna) == ["indicators"]
        assert goals.change_goal(goal, 1, {}, tables, by=anna) == []
        assert goal.version == 2
        with pytest.raises(ChangedMeanwhile):
            goals.change_goal(goal, 1, {}, chairs, by=anna)
        assert goals.change_goal(goal, 2, {"title": "Stoelen"}, chairs, by=anna) == ["title", "indicators"]
        assert goal.version == 3


def test_what_is_put_away_can_be_brought_back_and_is_told_once(cast: Cast) -> None:
    goal_id = a_goal(cast)
    anna = cast.client("Anna")
    for _again in range(2):
        anna.post(f"{root(cast)}/doelen/{goal_id}/archief")
    assert "Ouderen" not in main_of(anna.get(f"{root(cast)}/doelen")).get_text()
    assert "Ouderen" in main_of(anna.get(f"{root(cast)}/doelen/archief")).get_text()
    anna.post(f"{root(cast)}/doelen/{goal_id}/terug")
    assert "Ouderen" in main_of(anna.get(f"{root(cast)}/doelen")).get_text()
    with cast.acting_as("Anna"):
        verbs = db.session.scalars(
            select(Event.verb).where(Event.object_kind == "goal").order_by(Event.id)
        ).all()
        assert verbs == ["added", "archived", "brought_back"]


def test_a_goal_counts_its_actions(cast: Cast) -> None:
    goal_id = a_goal(cast)
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        Action.add("Koken", by=anna, goal_id=goal_id, status="done")
        Action.add("Afwassen", by=anna, goal_id=goal_id)
        seen = goal_in_view(here(Goal, goal_id))
        assert (seen.done, seen.total) == (1, 2)


def test_the_pages_ask_the_same_for_many_goals(cast: Cast) -> None:
    for number in range(12):
        a_goal(cast, f"Doel {number}")
    goal_id = a_goal(cast)
    anna = cast.client("Anna")
    for address in ("doelen", f"doelen/{goal_id}", f"doelen/{goal_id}/aanpassen"):
        with statements(cast.app) as asked:
            assert anna.get(f"{root(cast)}/{address}").status_code == 200
        assert len(asked) <= 12, address
