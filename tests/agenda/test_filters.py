"""A view of the agenda lives in its address: it can be shared, kept and opened again."""

from dataclasses import fields
from datetime import date
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitaal.agenda.filters import NONE, Filter, Grouping, Stage, View
from vitaal.agenda.models import Status

SOMEONE = UUID("0190b6e3-0000-7000-8000-000000000001")
EVERYTHING = Filter(
    view=View.CALENDAR,
    grouping=Grouping.WEEK,
    words="eten met & zonder +",
    mine=True,
    partner=SOMEONE,
    owner=NONE,
    goal=SOMEONE,
    group=SOMEONE,
    stage=Stage.OPEN,
    label="zorg",
    due_on=date(2026, 11, 24),
    archived=True,
    start=date(2026, 11, 1),
    adjusts=True,
)


def reread(found: Filter) -> Filter:
    return Filter.read(dict(parse_qsl(found.query())))


def test_the_plain_address_shows_everything_by_goal() -> None:
    assert Filter.read({}) == Filter(view=View.LIST, grouping=Grouping.GOAL)
    assert Filter().query() == ""
    assert not Filter().is_narrowed


def test_what_is_written_is_read_back() -> None:
    assert all(getattr(EVERYTHING, each.name) != each.default for each in fields(Filter))
    assert reread(EVERYTHING) == EVERYTHING


def test_the_address_is_dutch_and_short() -> None:
    found = Filter(view=View.BOARD, stage=Stage.DOING, owner=NONE, mine=True)
    assert found.query() == "weergave=bord&mijn=1&eigenaar=geen&status=bezig"


@given(
    words=st.text(max_size=300),
    label=st.text(max_size=20),
    goal=st.none() | st.uuids(),
    stage=st.none() | st.sampled_from(Stage),
    start=st.none() | st.dates(date(2000, 1, 1), date(2199, 12, 31)).map(lambda day: day.replace(day=1)),
)
def test_whatever_was_typed_is_written_and_read_back(
    words: str, label: str, goal: UUID | None, stage: Stage | None, start: date | None
) -> None:
    cleaned = Filter.read({"zoek": words, "label": label})
    found = Filter(words=cleaned.words, label=cleaned.label, goal=goal, stage=stage, start=start)
    assert reread(found) == found


@pytest.mark.parametrize(
    "address",
    [
        {"weergave": "dansend"},
        {"groep": ""},
        {"organisatie": "Buurthuis"},
        {"eigenaar": "niemand"},
        {"doel": "' OR 1=1"},
        {"werkgroep": "geen"},
        {"status": "SELECT"},
        {"dag": "31-02-2027"},
        {"dag": "2027-02-31"},
        {"dag": "0001-01-01"},
        {"vanaf": "2026-13"},
        {"vanaf": "9999-12"},
        {"mijn": "nee"},
        {"onbekend": "1"},
    ],
)
def test_nonsense_is_left_out_kindly(address: dict[str, str]) -> None:
    assert Filter.read(address) == Filter()


def test_what_cannot_be_seen_is_no_part_of_a_search() -> None:
    assert Filter.read({"zoek": "eten\x00 \u202e samen\n"}).words == "eten samen"
    assert len(Filter.read({"zoek": "x" * 10_000}).words) == 200


def test_how_it_is_shown_narrows_nothing() -> None:
    assert not Filter(view=View.TIMELINE, grouping=Grouping.WEEK, start=date(2026, 1, 1)).is_narrowed
    assert Filter(mine=True).is_narrowed


def test_showing_everything_again_keeps_how_it_is_shown() -> None:
    found = Filter(view=View.BOARD, mine=True, goal=uuid4())
    assert found.cleared() == "weergave=bord"


def test_a_view_that_is_kept_does_not_hold_one_visit() -> None:
    assert Filter(view=View.CALENDAR, start=date(2026, 11, 1), adjusts=True).to_keep() == "weergave=kalender"


def test_open_is_what_someone_promised_and_did_not_finish() -> None:
    assert Stage.OPEN.statuses == (Status.TO_DO, Status.DOING, Status.WAITING)
    assert {status for stage in Stage for status in stage.statuses} == set(Status)
    assert all(Stage.of(status).statuses == (status,) for status in Status)
