"""The styleguide and the pages about privacy, access and help."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from vitaal.pages.assets import icon
from vitaal.settings import ROOT

PATHS = ("/stijl", "/stijl?venster=open", "/privacy", "/toegankelijkheid", "/hulp", "/offline")
TEMPLATES = [path for path in (ROOT / "vitaal").rglob("*.html") if path.parent.name != "static"]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_one_title_and_names_its_landmarks(app: Flask, path: str) -> None:
    response = app.test_client().get(path)
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 200
    assert len(page.select("h1")) == 1
    assert page.html
    assert page.html["lang"] == "nl"
    assert page.select_one("main#inhoud")


@pytest.mark.parametrize("path", PATHS)
def test_every_id_occurs_once_and_every_reference_leads_somewhere(app: Flask, path: str) -> None:
    page = BeautifulSoup(app.test_client().get(path).text, "lxml")
    ids = [element["id"] for element in page.select("[id]")]
    wanted = [
        name
        for attribute in ("aria-labelledby", "aria-describedby", "for")
        for element in page.select(f"[{attribute}]")
        for name in str(element[attribute]).split()
    ]
    assert len(ids) == len(set(ids))
    assert set(wanted) <= set(ids)


def test_a_wrong_field_is_described_by_its_hint_and_its_error(app: Flask) -> None:
    page = BeautifulSoup(app.test_client().get("/stijl").text, "lxml")
    email = page.select_one("input#email")
    assert email
    assert (email["aria-invalid"], email["aria-describedby"], email["value"]) == (
        "true",
        "email-h email-e",
        "truus voorbeeld.nl",
    )
    assert page.select_one("[role=alert] a[href='#email']")


def test_the_browser_stops_nothing_before_our_own_words(app: Flask) -> None:
    page = BeautifulSoup(app.test_client().get("/stijl").text, "lxml")
    assert not page.select("input[required], input[maxlength], textarea[maxlength], [disabled]")


def test_every_icon_in_a_template_is_built() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'icon\("([a-z-]+)"', path.read_text())}
    assert named
    assert [name for name in sorted(named) if not icon(name)] == []


def test_every_component_is_shown_in_the_styleguide() -> None:
    folder = ROOT / "vitaal/pages/templates/components"
    shown = (ROOT / "vitaal/pages/templates/pages/styleguide.html").read_text()
    framed = {"notices", "switcher"}  # these belong to the frame
    assert {path.stem for path in folder.glob("*.html")} - framed - set(
        re.findall(r"components/(\w+)\.html", shown)
    ) == set()
