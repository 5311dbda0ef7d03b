"""Taking the agenda along: what the address shows, as this reader may see it, in three kinds of files."""

import csv
import io
import tracemalloc
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda.models import ActionHelper, Goal, Status, WorkingGroup
from vitaal.agenda.models.action import append
from vitaal.kernel.db import db, new_id
from vitaal.workspaces.models import Circle

HEADS = [
    "Nummer", "Titel", "Wat en waarom", "Doel", "Eigenaar", "Organisatie", "Werkgroep", "Begint op", "Klaar op",
    "Status", "Waarom gestopt", "Labels", "Voor wie", "Wie ziet het", "Wie helpt mee",
]  # fmt: skip
TYPES = ["csv", "xlsx", "ods"]


def taken_along(cast: Cast, name: str, file_type: str = "csv", query: str = "") -> bytes:
    with cast.client(name).get(f"/w/{cast.amersfoort.slug}/agenda/export/{file_type}{query}") as answer:
        assert answer.status_code == 200
        return answer.data


def table(content: bytes, file_type: str) -> list[list[Any]]:
    if file_type == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python()


def titles(cast: Cast, name: str, query: str = "") -> list[str]:
    return [row[1] for row in table(taken_along(cast, name, "csv", query), "csv")[1:]]


@pytest.fixture
def full_action(cast: Cast) -> int:
    """An action of which everything is known."""
    with cast.acting_as("Anna"):
        anna, bram, chaima = (member(cast, name) for name in ("Anna", "Bram", "Chaima"))
        goal = Goal.add("Elke week iemand spreken", by=anna)
        group = WorkingGroup(id=new_id(), name="Eten", lead_id=bram.id)
        db.session.add(group)
        db.session.commit()
        goal_id, group_id, helpers = goal.id, group.id, [anna.id, chaima.id]
    number = an_action(
        cast, "Samen eten", reason="Soep.\nEn brood.", goal_id=goal_id, owner_id=bram.id, group_id=group_id,
        starts_on=date(2030, 11, 1), due_on=date(2030, 11, 24), status=Status.STOPPED, stop_reason="Te duur",
        labels=["eten", "buurt"], serves="wie alleen eet", circle=Circle.OUTER,
    )  # fmt: skip
    with cast.acting_as("Anna"):
        action = found(number)
        for member_id in helpers:
            db.session.add(
                ActionHelper(workspace_id=cast.amersfoort.id, action_id=action.id, member_id=member_id)
            )
            db.session.flush()
        db.session.commit()
    return number


@pytest.mark.parametrize("file_type", TYPES)
def test_everything_that_is_known_of_an_action_comes_along(
    cast: Cast, full_action: int, file_type: str
) -> None:
    heads, row = table(taken_along(cast, "Anna", file_type), file_type)
    assert heads == HEADS
    start, due = date(2030, 11, 1), date(2030, 11, 24)
    assert row == [
        "1" if file_type == "csv" else 1, "Samen eten", "Soep.\nEn brood.", "Elke week iemand spreken", "Bram",
        "Welzijn Oost", "Eten", start.isoformat() if file_type == "csv" else start,
        due.isoformat() if file_type == "csv" else due, "Gestopt", "Te duur", "eten, buurt", "wie alleen eet",
        "Iedereen die meedoet", "Anna, Chaima",
    ]  # fmt: skip


def test_the_file_has_the_name_of_the_place_and_the_day(cast: Cast) -> None:
    with cast.client("Anna").get(f"/w/{cast.amersfoort.slug}/agenda/export/xlsx") as answer:
        assert answer.headers["Content-Disposition"].startswith(
            "attachment; filename=agenda-samen-in-amersfoort-"
        )
        assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("file_type", TYPES)
def test_a_title_that_looks_like_a_formula_comes_along_as_text(cast: Cast, file_type: str) -> None:
    formula = '=HYPERLINK("https://example.nl";"Klik")'
    an_action(cast, formula)
    content = taken_along(cast, "Anna", file_type)
    title = table(content, file_type)[1][1]
    assert title == (f"'{formula}" if file_type == "csv" else formula)


def test_the_outer_circle_takes_along_only_what_it_sees(cast: Cast) -> None:
    an_action(cast, "Voor iedereen")
    an_action(cast, "Alleen binnen", circle=Circle.INNER)
    assert titles(cast, "Chaima") == ["Voor iedereen"]
    assert sorted(titles(cast, "Bram")) == ["Alleen binnen", "Voor iedereen"]


def test_the_address_says_what_comes_along(cast: Cast) -> None:
    an_action(cast, "Soep koken", owner_id=cast.amersfoort.members["Bram"])
    an_action(cast, "Wandelen", status=Status.DONE)
    assert titles(cast, "Bram", "?zoek=soep") == ["Soep koken"]
    assert titles(cast, "Bram", "?mijn=1") == ["Soep koken"]
    assert titles(cast, "Bram", "?status=klaar") == ["Wandelen"]
    assert titles(cast, "Bram", "?archief=1") == []


def test_they_come_in_the_order_of_the_goals(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        goals = [Goal.add(title, by=member(cast, "Anna")).id for title in ("Eerst", "Dan")]
        db.session.commit()
    for title, goal_id in (("Los", None), ("Bij dan", goals[1]), ("Bij eerst", goals[0])):
        an_action(cast, title, goal_id=goal_id)
    assert titles(cast, "Anna") == ["Bij eerst", "Bij dan", "Los"]


@pytest.mark.parametrize("name", ["Daan", "Els", "Farah"])
def test_who_is_no_member_takes_nothing_along(cast: Cast, name: str) -> None:
    client = cast.client(name)
    assert client.get(f"/w/{cast.amersfoort.slug}/agenda/export/csv").status_code == 404


def test_another_kind_of_file_is_not_there(cast: Cast) -> None:
    assert cast.client("Anna").get(f"/w/{cast.amersfoort.slug}/agenda/export/exe").status_code == 404


@pytest.mark.parametrize("file_type", TYPES)
def test_3000_actions_take_few_statements_and_little_memory(cast: Cast, file_type: str) -> None:
    with cast.acting_as("Anna"):
        append({"title": f"Actie {number}", "reason": "Omdat het kan. " * 20} for number in range(3_000))
        db.session.commit()
    taken_along(cast, "Anna", file_type, "?zoek=niets")  # what is loaded once is not counted
    tracemalloc.start()
    with statements(cast.app) as asked:
        client = cast.client("Anna")
        asked.clear()
        with client.get(f"/w/{cast.amersfoort.slug}/agenda/export/{file_type}", buffered=False) as answer:
            size = sum(len(some) for some in answer.iter_encoded())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 50_000
    assert len(asked) <= 12
    assert peak < 8_000_000
