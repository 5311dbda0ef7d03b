"""A document is kept without loss, and on a page it is read in order and shows what people wrote as they wrote it."""

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.sample import CODE, MADE_ON, PLACES, SHORT, STRANGE, sample, with_every_text
from vitaal.pages import shell
from vitaal.pages.document import (
    Document,
    Entries,
    Entry,
    Figure,
    Figures,
    Head,
    Picture,
    Quote,
    Section,
    Table,
    Text,
    from_json,
    to_json,
)
from vitaal.pages.rendering.naming import file_name
from vitaal.settings import ROOT, Settings

TEXTS = st.text(max_size=30)
VALUES = st.none() | TEXTS | st.integers() | st.dates()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
BLOCKS = st.one_of(
    st.builds(Text, TEXTS),
    st.builds(Figures, st.lists(st.builds(Figure, TEXTS, TEXTS), max_size=3).map(tuple)),
    st.builds(Entries, st.lists(st.builds(Entry, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple), TEXTS, st.booleans()),
    st.builds(
        Table,
        TEXTS,
        TEXTS,
        st.lists(st.builds(Head, TEXTS, st.integers(1, 60)), max_size=3).map(tuple),
        st.lists(st.lists(VALUES, max_size=3).map(tuple), max_size=3).map(tuple),
    ),
    st.builds(Quote, TEXTS, TEXTS),
    st.builds(Picture, TEXTS, st.dictionaries(TEXTS, PLAIN, max_size=3), TEXTS, TEXTS),
)  # fmt: skip
SECTIONS = st.builds(Section, TEXTS, TEXTS, st.lists(BLOCKS, max_size=4).map(tuple), TEXTS, TEXTS)
DOCUMENTS = st.builds(
    Document, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.dates(), st.lists(SECTIONS, max_size=3).map(tuple)
)


@given(DOCUMENTS)
def test_what_was_kept_is_the_same_document(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


@pytest.mark.parametrize("kept", [{}, {"is": "novel"}, {"is": "text", "text": "x"}, {"is": "document"}])
def test_what_is_no_document_is_refused(kept: dict[str, str]) -> None:
    with pytest.raises((KeyError, TypeError)):
        from_json(kept)


@pytest.mark.parametrize(
    ("title", "place", "name"),
    [
        ("Voortgang", "Thuis in Lindewaard", "voortgang-thuis-in-lindewaard-2026-11-23.pdf"),
        ("Één jaar: wat nu?", "’t Ĝooi / Noord", "een-jaar-wat-nu-t-gooi-noord-2026-11-23.pdf"),
        ("../../etc/passwd", "👍", "etc-passwd-2026-11-23.pdf"),
        ("\r\nX: y", "\x00", "x-y-2026-11-23.pdf"),
    ],
)
def test_a_file_is_named_in_small_plain_letters_with_its_day(title: str, place: str, name: str) -> None:
    assert file_name(sample(title=title, place=place), "pdf") == name


def test_a_long_name_is_cut_between_words() -> None:
    name = file_name(sample(title="samen " * 60), "ods")
    assert len(name) < 150
    assert name.endswith("-samen-thuis-in-lindewaard-2026-11-23.ods")


@pytest.fixture(scope="module")
def pages() -> Iterator[Flask]:
    """A bare application with our pages: no database."""
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "vitaal/pages/templates"))
    app.config.update(SECRET_KEY="only for tests", VITAAL=Settings())
    Babel(app, default_locale="nl")
    shell.install(app)
    with app.test_request_context():
        yield app


def article(pages: Flask, document: Document) -> Tag:
    source = '{% from "components/document.html" import document %}{{ document(doc) }}'
    found = BeautifulSoup(render_template_string(source, doc=document), "lxml").article
    assert found
    return found


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def test_headings_stand_in_order(pages: Flask) -> None:
    found = article(pages, sample()).select("h1, h2, h3, h4")
    assert [heading.name for heading in found] == ["h1", "h2", "h2", "h2", "h2", "h3", "h2", "h2", "h2"]


def test_a_long_document_has_a_table_of_contents_that_leads_to_each_section(pages: Flask) -> None:
    found = article(pages, sample())
    assert [link["href"] for link in found.select("nav a")] == [
        f"#{section['id']}" for section in found.select("section")
    ]
    assert article(pages, sample(SHORT)).nav is None


def test_the_own_words_of_a_coalition_come_first_in_their_section(pages: Flask) -> None:
    section = article(pages, sample()).select_one("section#in-short")
    assert section
    heading, own = section.find_all(True, recursive=False)[:2]
    assert (heading.name, own["class"]) == ("h2", ["own-words"])
    assert (
        words(own) == "We dachten dat het om eenzaamheid ging. Het ging om soep. Daarna kwam de rest vanzelf."
    )


def test_a_table_has_heads_for_columns_and_rows_and_tells_days_and_numbers_in_dutch(pages: Flask) -> None:
    table = article(pages, sample()).table
    assert table
    assert words(table).startswith(
        "Wie er meedoen Partner Cirkel Mensen Sinds Buurtsoep Binnenste cirkel 12 4 maart 2026"
    )
    assert [head["scope"] for head in table.select("th")] == ["col"] * 4 + ["row"] * 3
    assert [cell.text for cell in table.select(".num")] == ["Mensen", "12", "1", "1.234"]


def test_pictures_say_what_they_show_and_the_one_on_the_cover_is_decoration(pages: Flask) -> None:
    found = article(pages, sample())
    assert [figure.title.text for figure in found.select("figure svg") if figure.title] == [
        "Zes partners in twee cirkels en een vrije ruimte.",
        "Zestien bladen, van relatie tot organisatie.",
    ]
    assert [svg["aria-hidden"] for svg in found.select(".cover svg")] == ["true", "true"]


def test_what_people_wrote_is_shown_as_they_wrote_it(pages: Flask) -> None:
    document = with_every_text((*CODE, *STRANGE))
    found = article(pages, document)
    assert not found.select("script, b b, section section")
    assert len({element["id"] for element in found.select("[id]")}) == len(found.select("[id]"))
    for section, text in zip(found.select("section"), (*CODE, *STRANGE[:4]), strict=False):
        assert words(section).count(" ".join(text.split())) == PLACES


def test_an_empty_document_is_a_cover(pages: Flask) -> None:
    empty = Document("Niets", "", "Samen", "", "", "nl", MADE_ON)
    assert words(article(pages, empty)) == "Samen Niets"


def test_the_question_to_the_writers_is_not_in_the_document(pages: Flask) -> None:
    assert "raadslid" not in article(pages, sample()).text
