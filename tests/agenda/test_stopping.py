"""Stopping an action from the list and the board: the way there, what is asked, and the way back."""

from bs4 import BeautifulSoup, Tag

from tests.agenda.story import address, an_action, member, page
from tests.cast import Cast
from vitaal.agenda.models import Goal
from vitaal.kernel.db import db


def focused(soup: BeautifulSoup) -> list[Tag]:
    return soup.select("main [data-focus]")


def test_the_board_leads_to_the_reason_to_stop(cast: Cast) -> None:
    number = an_action(cast)
    ticket = page(cast, "Bram", f"/w/{cast.amersfoort.slug}/agenda?weergave=bord").select_one(
        f"#actie-{number}"
    )
    assert ticket
    way = ticket.select_one("a[data-lane=stopped]")
    assert way
    asked = page(cast, "Bram", str(way["href"]))
    assert asked.select_one("details[open] #stop_reason")
    assert [field.get("id") for field in focused(asked)] == ["stop_reason"]


def test_who_comes_to_change_the_status_begins_with_the_first_choice(cast: Cast) -> None:
    number = an_action(cast)
    asked = page(cast, "Bram", address(cast, number, "status"))
    assert not asked.select("details[open] #stop_reason")
    assert [button.get("value") for button in focused(asked)] == ["doing"]


def test_what_was_stopped_already_is_not_stopped_again(cast: Cast) -> None:
    number = an_action(cast, status="stopped", stop_reason="Te druk")
    asked = page(cast, "Bram", f"{address(cast, number, 'status')}?naar=stopped")
    assert not asked.select("#stop_reason")
    assert [button.get("value") for button in focused(asked)] == ["to_do"]


def test_the_marks_on_the_page_of_a_part_have_a_shape(cast: Cast) -> None:
    asked = page(cast, "Bram", address(cast, an_action(cast), "status"))
    pointed = {str(use["href"]).removeprefix("#") for use in asked.select("main use")}
    assert pointed
    assert pointed <= {shape["id"] for shape in asked.select("symbol")}


def test_the_way_out_of_a_form_is_not_called_stop(cast: Cast) -> None:
    number = an_action(cast)
    for part in ("status", "eigenaar", "datum"):
        names = [
            link.get_text() for link in page(cast, "Bram", address(cast, number, part)).select("main a.btn")
        ]
        assert names == ["Laat zo"], part


def test_the_way_out_of_a_new_action_is_not_called_stop(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        goal = Goal.add("Samen eten", by=member(cast, "Anna"))
        db.session.commit()
        goal_id = goal.id
    way = page(cast, "Anna", f"/w/{cast.amersfoort.slug}/agenda/nieuw?doel={goal_id}").select_one(
        "main a.btn"
    )
    assert way
    assert way.get_text() == "Laat zo"
