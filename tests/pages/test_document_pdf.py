"""A document as PDF can be read by everyone, and says what its data say."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.pdf import Read, read
from tests.pages.sample import CIRCLES, CODE, LONG, PLACES, SHORT, STRANGE, sample, with_every_text
from vitaal.pages import theme
from vitaal.pages.document import Document, Entries, Figures, Head, Quote, Section, Table, Text
from vitaal.pages.press import Press
from vitaal.pages.rendering.pdf import pdf

TOKENS = theme.from_colour("#7a1f5c")
HEADS = (Head("Partner", 60), Head("Sinds", 20))


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as one:
        yield one


@pytest.fixture(scope="module")
def long(press: Press) -> Read:
    return made(sample(), press)


def made(document: Document, press: Press) -> Read:
    return read(pdf(document, tokens=TOKENS, press=press))


def squeezed(text: str) -> str:
    """The letters only: lines end elsewhere on paper, and words in tables may be divided."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_it_is_accessible_and_can_be_kept(long: Read) -> None:
    assert long.catalogue["/MarkInfo"]["/Marked"]
    assert long.catalogue["/Lang"] == "nl"
    assert long.catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert (long.title, long.ua_part, long.a_level) == ("Negen maanden samen", "1", "2A")
    assert long.fonts
    assert all(long.fonts.values())


def test_headings_are_bookmarks_in_order(long: Read) -> None:
    titles = [section.title for section in LONG]
    assert long.bookmarks == ["Negen maanden samen", *titles[:3], "Dit kwam klaar", *titles[3:]]
    assert [tag for tag in long.tags if re.fullmatch(r"H\d", tag)] == [
        "H1",
        "H2",
        "H2",
        "H2",
        "H2",
        "H3",
        "H2",
        "H2",
        "H2",
    ]


def test_pictures_say_what_they_show_and_the_one_on_the_cover_is_decoration(long: Read) -> None:
    assert long.alts == [
        "Zes partners in twee cirkels en een vrije ruimte.",
        "Zestien bladen, van relatie tot organisatie.",
    ]


def test_lists_tables_and_quotes_are_what_they_are(long: Read) -> None:
    assert [long.tags.count(tag) for tag in ("Table", "TR", "TH", "L", "LI", "BlockQuote", "TOCI")] == [
        1,
        4,
        4,
        2,
        5,
        1,
        6,
    ]
    assert long.scopes == ["Column"] * 4


def test_it_says_everything_in_order(long: Read) -> None:
    assert long.text.startswith(
        "Thuis in Lindewaard Gemeente Lindewaard Negen maanden samen Wat we deden, wat we leerden en wat nu nodig is. "
        "Stand van 23 november 2026 Inhoud In het kort"
    )
    body = re.split(r"Wat nu nodig is \d", long.text)[1]
    told = [
        "In het kort",
        "Het ging om soep.",
        "Daarna kwam de rest",
        "aan een keukentafel",
        "22 organisaties en groepen",
        "Wie meedoen",
        "Wie er meedoen Partner",
        "Buurtsoep Binnenste cirkel 12 4 maart 2026",
        "Gemeente Lindewaard Buitenste cirkel 1.234",
        "Ouderen lazen mee met de woonvisie Veertien bewoners",
        "Klaar op 12 oktober 2026 · Riet Koster",
        "Ik kwam voor de soep. Ik bleef voor Riet. Bewoner, 81 jaar",
        "1. Iedereen telt even zwaar",
        "Een vaste plek voor de Buurtkamer, ook na 2027.",
    ]
    found = [body.find(words) for words in told]
    assert -1 not in found
    assert found == sorted(found)


def test_a_short_document_has_no_cover_of_its_own_and_no_contents(press: Press) -> None:
    short = made(sample(SHORT), press)
    assert "In maart begonnen we" in short.pages[0]
    assert "TOC" not in short.tags


def test_it_wears_the_colours_of_its_workspace(long: Read) -> None:
    assert TOKENS[f"{theme.PREFIX}action-1-color-default"] in long.colours


def test_what_people_wrote_stays_text_wherever_it_stands(press: Press) -> None:
    read_back = made(with_every_text(CODE), press)
    pages = squeezed(read_back.text)
    for text in CODE:
        assert pages.count(squeezed(text)) >= PLACES - 1, text  # what a picture shows is not printed
    assert read_back.alts == [f"Beeld {text}" for text in CODE]
    assert [title for title in read_back.bookmarks if title.startswith("Deel ")] == [
        f"Deel {text}" for text in CODE
    ]


def test_strange_texts_do_not_stop_it(press: Press) -> None:
    read_back = made(with_every_text(STRANGE), press)
    assert read_back.ua_part == "1"
    assert squeezed(read_back.text).count("x" * 300) >= PLACES - 1
    assert max(len(line) for page in read_back.pages for line in page.splitlines()) < 130


def test_the_heads_of_a_long_table_come_back_on_each_page(press: Press) -> None:
    rows = tuple((f"Partner {number}", date(2026, 1, 1)) for number in range(500))
    document = sample((Section("a", "Alle partners", (Table("all", "Vijfhonderd", HEADS, rows),)),))
    found = made(document, press)
    assert len(found.pages) > 8
    assert all("Partner Sinds" in " ".join(page.split()) for page in found.pages)
    assert all(f"Partner {number} 1 januari 2026" in found.text for number in (0, 250, 499))


def test_empty_parts_and_huge_numbers_do_not_stop_it(press: Press) -> None:
    numbers = Table("n", "Getallen", HEADS, ((str(-5), 10**40), ("", None)))
    empty = (Text(""), Figures(()), Entries(()), Quote(""), Table("e", "Niets", HEADS, ()), numbers)
    found = made(sample((Section("a", "Leeg"), Section("b", " ", empty))), press)
    assert squeezed("10.000.000") in squeezed(found.text)
    assert made(sample(()), press).bookmarks == ["Negen maanden samen"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=40), min_size=4, max_size=8))
def test_no_text_stops_it(press: Press, texts: list[str]) -> None:
    assert made(with_every_text(tuple(texts)), press).ua_part == "1"


def test_a_picture_is_the_one_of_the_page(press: Press) -> None:
    assert "BS" in made(sample(SHORT), press).text
    assert CIRCLES["rings"][0]["marks"][0]["text"] == "BS"
