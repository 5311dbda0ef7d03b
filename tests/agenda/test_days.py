"""What is done or was stopped stands on the day on which that was so, with words that say it."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from tests.agenda.story import address as address_of
from tests.agenda.story import an_action, found, member, page
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda.models import Status
from vitaal.kernel import clock
from vitaal.kernel.db import db

PLANNED = date(2027, 11, 24)
NOW = datetime(2027, 2, 10, 23, 30, tzinfo=clock.AMSTERDAM)  # on Dutch calendars another day than in UTC
OTHER = {Status.DONE: "Was klaar op 10 februari", Status.STOPPED: "Gestopt op 10 februari"}


def closed(cast: Cast, status: Status, **fields: object) -> int:
    """An action that was planned for November, and that was done or stopped in February."""
    number = an_action(cast, "Samen eten", **{"due_on": PLANNED, **fields})
    with clock.at(NOW), cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), status=status, stop_reason="Te duur")
        db.session.commit()
    return number


def agenda(cast: Cast, *parts: str) -> BeautifulSoup:
    """A page of the agenda on that day."""
    with clock.at(NOW):
        return page(cast, "Bram", f"/w/{cast.amersfoort.slug}/agenda{''.join(parts)}").main


@pytest.mark.parametrize("status", [Status.DONE, Status.STOPPED])
def test_the_list_and_paper_say_when_it_was_done_or_stopped(cast: Cast, status: Status) -> None:
    closed(cast, status)
    for path in ("", "/afdrukken", "?weergave=tijdlijn&vanaf=2027-01"):
        assert OTHER[status] in agenda(cast, path).get_text(" ", strip=True), path
    assert "10 februari" in agenda(cast, "?weergave=bord").select_one(".ticket").get_text()


@pytest.mark.parametrize("status", [Status.DONE, Status.STOPPED])
def test_its_page_says_when_that_was_and_for_when_it_was_planned(cast: Cast, status: Status) -> None:
    number = closed(cast, status)
    facts = page(cast, "Bram", address_of(cast, number)).main.select_one(".facts")
    told = {row.dt.get_text(): row.dd.get_text(strip=True) for row in facts.find_all("div")}
    assert told[OTHER[status].removesuffix(" 10 februari")] == "woensdag 10 februari 2027"
    assert told["Gepland voor"] == "woensdag 24 november 2027"
    assert "Klaar op" not in told


def test_what_is_done_stands_in_the_calendar_on_the_day_it_was_done_and_what_was_stopped_as_planned(
    cast: Cast,
) -> None:
    closed(cast, Status.DONE)
    for month, count in (("2027-02", 1), ("2027-11", 0)):
        days = agenda(cast, f"?weergave=kalender&vanaf={month}").select("td:has(li)")
        assert len(days) == count
    closed(cast, Status.STOPPED)
    (day,) = agenda(cast, "?weergave=kalender&vanaf=2027-11").select("td:has(li)")
    assert "woensdag 24 november" in day.get_text()


def test_the_day_in_the_calendar_opens_the_list_of_what_stands_on_it(cast: Cast) -> None:
    for _ in range(5):
        closed(cast, Status.DONE)
    (day,) = agenda(cast, "?weergave=kalender&vanaf=2027-02").select("td:has(li)")
    assert day.find("a", string="nog 1")["href"].endswith("?dag=2027-02-10")
    assert len(agenda(cast, "?dag=2027-02-10").select(".actions h3")) == 5


def test_on_the_timeline_what_is_done_ends_where_it_was_done_also_before_it_was_to_begin(cast: Cast) -> None:
    closed(cast, Status.DONE)
    closed(cast, Status.DONE, starts_on=date(2027, 1, 5))
    closed(cast, Status.DONE, starts_on=date(2027, 11, 1))
    bars = agenda(cast, "?weergave=tijdlijn&vanaf=2027-01").select(".bar")
    assert [bar["class"][1:3] for bar in bars] == [["b1", "e1"]] * 3
    assert agenda(cast, "?weergave=tijdlijn&vanaf=2027-07").select(".bar") == []


def test_by_week_what_is_done_stands_in_the_week_in_which_it_was_done(cast: Cast) -> None:
    closed(cast, Status.DONE)
    assert [head.get_text(strip=True) for head in agenda(cast, "?groep=week").select("h2[id^=groep-]")] == [
        "Deze week"
    ]


@pytest.mark.parametrize("view", ["lijst", "bord", "tijdlijn", "kalender"])
def test_every_view_asks_at_most_twelve_statements(cast: Cast, view: str) -> None:
    for _ in range(3):
        closed(cast, Status.DONE, starts_on=date(2027, 11, 24) - timedelta(9))
    with statements(cast.app) as asked:
        agenda(cast, f"?weergave={view}&vanaf=2027-01&status=klaar")
    assert len(asked) <= 12
