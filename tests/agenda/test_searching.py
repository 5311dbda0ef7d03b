"""Who searches hears how much was found, and sees the way back to everything."""

import pytest
from bs4 import Tag

from tests.agenda.story import an_action, page
from tests.cast import Cast
from vitaal.agenda.models import Status
from vitaal.kernel import clock

VIEWS = ["lijst", "bord", "tijdlijn", "kalender"]


def told(cast: Cast, query: str) -> Tag:
    """What is said above the list about what was found."""
    return page(cast, "Bram", f"/w/{cast.amersfoort.slug}/agenda{query}").main.select_one(
        "#gevonden[role=status]"
    )


@pytest.mark.parametrize("view", VIEWS)
def test_a_search_tells_how_many_it_found_of_every_status(cast: Cast, view: str) -> None:
    for status in (Status.TO_DO, Status.IDEA, Status.STOPPED):
        an_action(cast, "Soep koken", due_on=clock.today(), status=status, stop_reason="Te duur")
    an_action(cast, "Bankje verven", due_on=clock.today())
    for words, sentence in (
        ("soep", "3 acties gevonden"),
        ("bankje", "1 actie gevonden"),
        ("zeppelin", "Niets gevonden"),
    ):
        said = told(cast, f"?weergave={view}&zoek={words}")
        assert said.span.get_text() == sentence
        assert said.find_parent("details") is None
        assert said.a.get_text() == "Toon weer alles"
        assert "zoek" not in str(said.a["href"])


def test_where_nothing_is_left_out_nothing_is_said(cast: Cast) -> None:
    an_action(cast, "Soep koken")
    for query in ("", "?weergave=bord", "?groep=persoon"):
        assert told(cast, query).get_text() == ""


def test_what_is_said_comes_along_with_the_list_that_changes(cast: Cast) -> None:
    an_action(cast, "Soep koken")
    search = page(cast, "Bram", f"/w/{cast.amersfoort.slug}/agenda").main.find("form", role="search")
    assert "#gevonden:innerHTML" in str(search["hx-select-oob"]).split(",")
