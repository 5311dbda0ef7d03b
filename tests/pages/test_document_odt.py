"""A document as OpenDocument text can be read back: headings, lists, tables with real days, pictures with words."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document as Odf

from tests.pages.sample import CODE, MADE_ON, PLACES, STRANGE, sample, with_every_text
from vitaal.pages import theme
from vitaal.pages.document import Document
from vitaal.pages.rendering.odt import odt

TOKENS = theme.from_colour("#14594b")


def opened(document: Document) -> Odf:
    return Odf(BytesIO(odt(document, tokens=TOKENS)))


@pytest.fixture(scope="module")
def made() -> Odf:
    return opened(sample())


def test_it_has_a_title_and_a_language(made: Odf) -> None:
    assert (made.meta.title, made.language, made.meta.language) == ("Negen maanden samen", "nl-NL", "nl-NL")


def test_headings_are_headings_in_styles_that_can_be_changed(made: Odf) -> None:
    found = [(int(each.level), each.get_attribute("text:style-name")) for each in made.body.headers]
    assert found == [(level, f"Heading_20_{level}") for level in (1, 2, 2, 2, 3, 2, 2, 2)]
    assert made.body.headers[1].inner_text == "In het kort"
    used = {
        each.get_attribute("text:style-name")
        for name in ("text:p", "text:h", "text:span", "text:list")
        for each in made.body.get_elements(f"//{name}")
    }
    families = ("paragraph", "text", "list")
    assert [name for name in used if not any(made.get_style(family, str(name)) for family in families)] == []


def test_lists_are_lists(made: Odf) -> None:
    lists = made.body.get_elements("//text:list")
    assert [each.get_attribute("text:style-name") for each in lists] == ["List_20_1", "Numbering_20_1"]
    assert [len(each.get_elements("text:list-item")) for each in lists] == [2, 3]


def test_tables_have_a_row_of_heads_and_cells_of_their_own_type(made: Odf) -> None:
    table = made.body.get_element("//table:table")
    assert table
    heads = table.get_elements("table:table-header-rows/table:table-row/table:table-cell")
    assert [head.inner_text.strip() for head in heads] == ["Partner", "Cirkel", "Mensen", "Sinds"]
    rows = [row.get_elements("table:table-cell") for row in table.get_elements("table:table-row")]
    assert [cell.get_attribute("office:value-type") for cell in rows[0]] == [
        "string",
        "string",
        "float",
        "date",
    ]
    assert [cell.inner_text.strip() for cell in rows[0]] == [
        "Buurtsoep",
        "Binnenste cirkel",
        "12",
        "4 maart 2026",
    ]
    assert rows[0][3].get_attribute("office:date-value") == date(2026, 3, 4).isoformat()
    assert not table.get_elements("//table:covered-table-cell")


def test_pictures_are_svg_with_words(made: Odf) -> None:
    frames = made.body.get_elements("//draw:frame")
    told = [frame.get_element("svg:desc").inner_text for frame in frames]
    assert told == [
        "Zes partners in twee cirkels en een vrije ruimte.",
        "Zestien bladen, van relatie tot organisatie.",
    ]
    with ZipFile(BytesIO(odt(sample(), tokens=TOKENS))) as package:
        drawn = [package.read(name) for name in package.namelist() if name.endswith(".svg")]
    assert [ET.fromstring(svg).tag for svg in drawn] == ["{http://www.w3.org/2000/svg}svg"] * 2
    assert all(TOKENS[f"{theme.PREFIX}action-1-color-default"].encode() in svg for svg in drawn[:1])
    assert [
        made.manifest.get_media_type(path) for path in ("Pictures/circles-1.svg", "Pictures/flower-3.svg")
    ] == ["image/svg+xml"] * 2


def test_what_people_wrote_stays_text_wherever_it_stands() -> None:
    body = opened(with_every_text(CODE)).body
    texts = [each.inner_text for each in body.get_elements("//text:p | //text:h | //svg:title | //svg:desc")]
    for text in CODE:
        assert sum(text in each for each in texts) >= PLACES, text


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=2, max_size=5))
def test_no_text_stops_it_and_each_is_read_back(texts: list[str]) -> None:
    made = opened(with_every_text((*texts, *STRANGE)))
    headings = [" ".join(each.inner_text.split()) for each in made.body.headers if int(each.level) == 2]
    assert len(headings) == len(texts) + len(STRANGE)
    for heading, text in zip(headings, texts, strict=False):
        if text.isprintable():
            assert heading == " ".join(f"Deel {text}".split())


def test_an_empty_document_is_its_title() -> None:
    body = opened(Document("Niets", "", "Samen", "", "", "nl", MADE_ON)).body
    assert [each.inner_text for each in body.get_elements("//text:p | //text:h")] == ["Samen", "Niets"]
