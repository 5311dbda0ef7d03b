"""One line is enough: what is a title, an owner or a day, and what is left alone because it could mean two things."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from tests.agenda.story import member
from tests.cast import Cast
from vitaal.agenda.models import Goal
from vitaal.agenda.one_line import Doubt, OneLine, Unclear, read
from vitaal.agenda.queries import actions
from vitaal.kernel import clock
from vitaal.kernel.db import db

TUESDAY = date(2026, 11, 24)
RIA, RENE, JAN, OTHER_JAN = (UUID(int=number) for number in range(1, 5))
MEMBERS = [
    (RIA, "Ria Appelman"),
    (RENE, "René de Wit"),
    (JAN, "Jan Bakker"),
    (OTHER_JAN, "Jan de Boer"),
]


def understood(typed: str) -> OneLine:
    return replace(read(typed, MEMBERS, TUESDAY), unclear=())


def left_alone(typed: str) -> tuple[Unclear, ...]:
    return read(typed, MEMBERS, TUESDAY).unclear


def test_a_line_is_a_title() -> None:
    assert understood("  Folder   maken ") == OneLine("Folder maken")


def test_a_name_and_a_day_are_taken_out() -> None:
    assert understood("Folder maken @Ria vr") == OneLine("Folder maken", RIA, date(2026, 11, 27))
    assert understood("Folder maken vrijdag @ria") == OneLine("Folder maken", RIA, date(2026, 11, 27))
    assert understood("@Ria folder maken") == OneLine("folder maken", RIA)


@pytest.mark.parametrize("called", ["@René", "@rene", "@Rene de Wit", "@RENÉ DE WIT"])
def test_capitals_and_accents_do_not_matter_in_a_name(called: str) -> None:
    assert understood(f"Bellen {called}") == OneLine("Bellen", RENE)


@pytest.mark.parametrize(
    "line", ["Bellen @Jan", "Bellen @Fatma", "Bellen @Ria of @René", "Bellen @", "Mail naar a@b.nl"]
)
def test_a_name_that_could_be_nobody_or_two_people_stays_in_the_title(line: str) -> None:
    assert understood(line) == OneLine(line)


def test_the_whole_name_tells_two_people_apart() -> None:
    assert understood("Bellen @Jan de Boer morgen") == OneLine("Bellen", OTHER_JAN, date(2026, 11, 25))


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("vandaag", date(2026, 11, 24)),
        ("morgen", date(2026, 11, 25)),
        ("overmorgen", date(2026, 11, 26)),
        ("wo", date(2026, 11, 25)),
        ("Woensdag", date(2026, 11, 25)),
        ("ma", date(2026, 11, 30)),
        ("dinsdag", date(2026, 12, 1)),
        ("24-11", date(2026, 11, 24)),
        ("1-12", date(2026, 12, 1)),
        ("1/2", date(2027, 2, 1)),
        ("31-03-2027", date(2027, 3, 31)),
        ("24 november", date(2026, 11, 24)),
        ("3 jan", date(2027, 1, 3)),
        ("3 januari 2028", date(2028, 1, 3)),
        ("29-2", None),
        ("29-02-2028", date(2028, 2, 29)),
        ("31-02-2027", None),
        ("31-02", None),
        ("12-2026", None),
        ("3-11-2026", None),
        ("99-99", None),
        ("2026", None),
        ("vrij", None),
    ],
)
def test_a_day_at_the_end(word: str, day: date | None) -> None:
    line = f"Folder maken {word}"
    assert understood(line) == (OneLine("Folder maken", None, day) if day else OneLine(line))


@pytest.mark.parametrize(
    "line",
    [
        "Koffie op vrijdag",
        "Elke vrijdag",
        "Rooster za en zo",
        "Rooster vr za",
        "Vrijdag markt",
        "Ruimte voor 20-30",
        "Open van maandag tot vrijdag",
        "Winkel open tot zaterdag",
    ],
)
def test_a_day_inside_a_sentence_stays_there(line: str) -> None:
    assert understood(line) == OneLine(line)


@pytest.mark.parametrize("line", ["vrijdag", "@Ria", "@Ria vrijdag", "24-11", "24 november"])
def test_there_is_always_a_title_left(line: str) -> None:
    assert understood(line) == OneLine(line)


@pytest.mark.parametrize(
    ("line", "why", "typed", "names"),
    [
        ("Bellen @Jan", Doubt.WHICH, "@Jan", ("Jan Bakker", "Jan de Boer")),
        ("Bellen @jan van Dijk", Doubt.WHICH, "@jan", ("Jan Bakker", "Jan de Boer")),
        ("Bellen @Fatma, over soep", Doubt.NOBODY, "@Fatma", ()),
        ("Bellen @Ria of @René", Doubt.SEVERAL, "", ("@Ria", "@René")),
        ("Folder maken 31-02-2027", Doubt.NO_DAY, "31-02-2027", ()),
        ("Folder maken 31 feb", Doubt.NO_DAY, "31 feb", ()),
        ("Folder maken 31 februari 2027", Doubt.NO_DAY, "31 februari 2027", ()),
        ("Folder maken 3-11-2026", Doubt.PAST, "3-11-2026", ()),
        ("Folder maken gisteren", Doubt.PAST, "gisteren", ()),
    ],
)
def test_a_name_or_day_that_is_left_alone_is_told(
    line: str, why: Doubt, typed: str, names: tuple[str, ...]
) -> None:
    assert left_alone(line) == (Unclear(why, typed, names),)


def test_a_name_and_a_day_can_both_be_unclear() -> None:
    assert [one.why for one in left_alone("Bellen @Jan gisteren")] == [Doubt.WHICH, Doubt.PAST]


@pytest.mark.parametrize(
    "line",
    [
        "Folder maken @Ria vr",
        "Overleg @Ria, over de folder",
        "Mail naar a@b.nl",
        "Bellen @",
        "Ruimte 20-30",
        "Verslag van gisteren",
        "Plan voor 31-02-2027",
        "31-02-2027",
        "Vrijdag markt",
    ],
)
def test_what_is_clear_or_looks_like_no_name_or_day_is_not_told(line: str) -> None:
    assert left_alone(line) == ()


def told(cast: Cast, typed: str, **more: str) -> tuple[str, list[str]]:
    """What Anna is told on the list after she adds this, and in which tone."""
    anna, address = cast.client("Anna"), f"/w/{cast.amersfoort.slug}/agenda"
    assert anna.post(address, data={"title": typed, **more}).status_code == 303
    note = BeautifulSoup(anna.get(address).text, "lxml").select_one("#meldingen .note")
    assert note
    return note.get_text(strip=True), list(note["class"])


def call_two_youssef(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        member(cast, "Bram").name, member(cast, "Chaima").name = "Youssef Amrani", "Youssef Bakir"
        db.session.commit()


def test_who_names_one_of_two_hears_whom_it_could_be(cast: Cast) -> None:
    call_two_youssef(cast)
    sentence, tones = told(cast, "Proef @Youssef gisteren")
    assert "Wie bedoel je met @Youssef: Youssef Amrani of Youssef Bakir?" in sentence
    assert "De dag ‘gisteren’ is al voorbij." in sentence
    assert "sun" in tones
    with cast.acting_as("Anna"):
        assert [(action.title, action.owner_id) for action in actions()] == [
            ("Proef @Youssef gisteren", None)
        ]


def test_a_day_that_does_not_exist_and_a_name_nobody_has_are_told(cast: Cast) -> None:
    sentence, tones = told(cast, "Folder maken @Bram 31-02-2027")
    assert "De dag 31-02-2027 bestaat niet. Er staat nog geen datum bij." in sentence
    assert "Bram trekt het." in sentence
    assert "sun" in tones
    assert "Niemand hier heet @Fatma." in told(cast, "Bellen @Fatma")[0]
    assert "Je noemt @Anna en @Bram." in told(cast, "Bellen @Anna @Bram")[0]


def test_what_is_clear_is_told_without_a_question(cast: Cast) -> None:
    sentence, tones = told(cast, "Folder maken @Bram morgen")
    assert sentence.count(".") == 3
    assert "good" in tones


def test_what_a_field_says_makes_the_line_clear(cast: Cast) -> None:
    call_two_youssef(cast)
    fields = {
        "owner": str(cast.amersfoort.members["Bram"]),
        "due_on": clock.today().isoformat(),
    }
    assert "good" in told(cast, "Proef @Youssef 31-02-2027", **fields)[1]


def test_under_a_goal_the_question_stays_above_the_form_for_the_next(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        goal = Goal.add("Samen eten", by=member(cast, "Anna"))
        db.session.commit()
        goal_id = str(goal.id)
    answer = cast.client("Anna").post(
        f"/w/{cast.amersfoort.slug}/agenda",
        data={"title": "Bellen @Fatma", "goal": goal_id},
        headers={"HX-Request": "true", "HX-Target": f"li#nieuw-{goal_id}"},
    )
    note = BeautifulSoup(answer.text, "lxml").select_one(f"#nieuw-{goal_id} .note.sun")
    assert note
    assert "Niemand hier heet @Fatma." in note.get_text()
