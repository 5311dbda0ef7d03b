"""Everything that people read is there in English too: every sentence, with the same gaps, on page and in mail."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask import Flask

from tests.cast import Cast
from tests.people.browsing import ask
from tests.people.letters import letters
from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.models import Person
from vitaal.settings import ROOT
from vitaal.workspaces.models import Circle, Membership

ENGLISH = ROOT / "vitaal/translations/en/LC_MESSAGES/messages.po"
GAP = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts in the source, gathered as `make messages` gathers them."""
    gathered = tmp_path_factory.mktemp("messages") / "messages.pot"
    mapping, sources = ROOT / "pyproject.toml", [str(ROOT / "vitaal"), str(ROOT / "worker")]
    CommandLineInterface().run(
        ["pybabel", "--quiet", "extract", f"--mapping={mapping}", f"--output-file={gathered}", *sources]
    )
    return catalogue(gathered)


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The texts in English."""
    return catalogue(ENGLISH)


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale="en")


def texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def gaps(text: str) -> set[str]:
    return set(GAP.findall(text))


def test_every_text_in_the_source_is_in_the_english_catalogue_and_no_other(
    dutch: Catalog, english: Catalog
) -> None:
    in_source = {forms(message.id) for message in texts(dutch)}
    in_catalogue = {forms(message.id) for message in texts(english)}
    assert sorted(in_source - in_catalogue) == [], "Run `make messages` and write these in English."
    assert sorted(in_catalogue - in_source) == [], "Run `make messages`: these are no longer in the source."
    assert not english.obsolete


def test_every_text_has_been_translated(english: Catalog) -> None:
    assert [message.id for message in texts(english) if message.fuzzy] == []
    assert [message.id for message in texts(english) if not all(forms(message.string))] == []


def test_every_translation_has_the_gaps_of_the_text(english: Catalog) -> None:
    for message in texts(english):
        dutch_forms, english_forms = forms(message.id), forms(message.string)
        assert [gaps(form) for form in english_forms] == [gaps(form) for form in dutch_forms], message.id


def test_a_text_never_shouts(english: Catalog) -> None:
    both = [form for message in texts(english) for form in (*forms(message.id), *forms(message.string))]
    assert [form for form in both if "!" in form] == []


def reads_english(cast: Cast, name: str) -> None:
    with cast.app.app_context():
        db.session.get_one(Person, cast.people[name]).language = "en"
        db.session.commit()


def test_who_reads_english_has_an_english_day_and_english_mail(cast: Cast, worker: Flask) -> None:
    reads_english(cast, "Bram")
    page = BeautifulSoup(cast.client("Bram").get(f"/w/{cast.amersfoort.slug}").text, "lxml")
    assert page.html
    assert page.html["lang"] == "en"
    assert page.title
    assert page.title.text.startswith("Today - ")
    assert page.find("h2", string="You are all caught up")
    assert page.find("a", string="My preferences")

    ask(cast.client(), "bram@example.nl")
    (letter,) = letters(worker)
    assert letter.subject == "Sign in to Vitaal"
    assert "Here is your button" in letter.text
    assert '<html lang="en"' in letter.html


def test_days_and_times_are_written_as_english_writes_them(cast: Cast) -> None:
    reads_english(cast, "Bram")
    morning = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
    with cast.acting_as("Anna"), clock.at(morning):
        anna = db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members["Anna"]))
        record("added", "action", "Samen eten", by=anna, circle=Circle.OUTER)
        db.session.commit()
    client = cast.client("Bram")
    with clock.at(morning + timedelta(days=4)):
        soup = BeautifulSoup(client.get(f"/w/{cast.amersfoort.slug}/geschiedenis").text, "lxml")
    assert soup.main
    assert soup.main.find("h2", string="Friday 20 November")
    assert "Anna put ‘Samen eten’ on the agenda" in soup.main.get_text()
    assert "8:05" in soup.main.get_text()


def test_who_reads_dutch_has_a_dutch_day_whatever_the_browser_asks(cast: Cast) -> None:
    page = cast.client("Anna").get(f"/w/{cast.amersfoort.slug}", headers={"Accept-Language": "en"}).text
    assert '<html lang="nl"' in page
    assert "Vandaag" in page


def test_a_stranger_reads_what_their_browser_asks_for(cast: Cast) -> None:
    page = cast.client().get("/inloggen", headers={"Accept-Language": "en-GB,en;q=0.9,nl;q=0.5"}).text
    assert "It is good to see you" in page
