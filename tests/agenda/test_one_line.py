"""One line is enough: what is a title, an owner or a day, and what is left alone because it could mean two things."""

from datetime import date
from uuid import UUID

import pytest

from vitaal.agenda.one_line import OneLine, read

TUESDAY = date(2026, 11, 24)
RIA, RENE, JAN, OTHER_JAN = (UUID(int=number) for number in range(1, 5))
MEMBERS = [
    (RIA, "Ria Appelman"),
    (RENE, "René de Wit"),
    (JAN, "Jan Bakker"),
    (OTHER_JAN, "Jan de Boer"),
]


def understood(typed: str) -> OneLine:
    return read(typed, MEMBERS, TUESDAY)


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
