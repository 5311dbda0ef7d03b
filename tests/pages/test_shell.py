"""The frame, the components and the error pages, read as a browser reads them."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, abort, flash, redirect, render_template, render_template_string
from flask_babel import Babel

from vitaal.pages import assets, shell
from vitaal.pages.fields import attributes, first_text
from vitaal.settings import ROOT, Settings

CODES = (400, 403, 404, 405, 409, 410, 413, 418, 429, 500)


@pytest.fixture(scope="module")
def pages() -> Flask:
    """A bare application with our pages: no database."""
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "vitaal/pages/templates"))
    app.config.update(SECRET_KEY="only for tests", VITAAL=Settings(), PROPAGATE_EXCEPTIONS=False)
    Babel(app, default_locale="nl")
    shell.install(app)

    @app.route("/fout/<int:code>", methods=["GET", "POST"])
    def fail(code: int) -> str:
        if code == 500:
            raise RuntimeError("the inside of the machine")
        abort(code)

    @app.get("/uitleg")
    def explain() -> str:
        abort(403, "Alleen de trekker mag dit.")

    @app.get("/elders")
    def elsewhere() -> object:
        abort(redirect("/uitleg", 303))

    return app


def read(app: Flask, path: str, **headers: str) -> BeautifulSoup:
    return BeautifulSoup(app.test_client().get(path, headers=headers).text, "lxml")


def shown(app: Flask, source: str, **values: object) -> BeautifulSoup:
    with app.test_request_context():
        return BeautifulSoup(render_template_string(source, **values), "lxml")


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_says_what_happened_and_has_one_way_out(pages: Flask, code: int) -> None:
    response = pages.test_client().get(f"/fout/{code}")
    page = BeautifulSoup(response.text, "lxml")
    main = page.main
    assert main
    assert response.status_code == code
    assert main.h1
    assert main.h1.text.strip()
    assert len(main.select("a.btn, button")) == 1
    assert page.select_one("footer a[href^='tel:']")
    assert "machine" not in response.text


@pytest.mark.parametrize("code", CODES)
def test_htmx_gets_a_note_instead_of_a_page(pages: Flask, code: int) -> None:
    note = read(pages, f"/fout/{code}", **{"HX-Request": "true"})
    assert note.select_one("[data-notice] [role=alert]")
    assert not note.main


def test_a_view_may_say_it_in_its_own_words(pages: Flask) -> None:
    assert "Alleen de trekker mag dit." in read(pages, "/uitleg").text


def test_a_redirect_is_no_error(pages: Flask) -> None:
    assert pages.test_client().get("/elders").headers["Location"] == "/uitleg"


def test_after_a_change_that_failed_the_way_back_is_the_page_it_came_from(pages: Flask) -> None:
    response = pages.test_client().post("/fout/400", headers={"Referer": "http://localhost/uitleg"})
    assert 'href="/uitleg"' in response.text


def test_the_way_back_never_leaves_this_site(pages: Flask) -> None:
    response = pages.test_client().post("/fout/400", headers={"Referer": "https://elsewhere.example/uitleg"})
    assert "elsewhere" not in response.text


def test_both_texts_are_shown_when_two_people_changed_the_same(pages: Flask) -> None:
    with pages.test_request_context():
        html = render_template(
            "errors/409.html",
            yours={"Titel": "Vervoer"},
            theirs={"Titel": "Vervoer regelen"},
            their_name="Joop",
            their_at="net",
            keep_mine="",
            keep_theirs_href="/actie",
        )
    text = BeautifulSoup(html, "lxml").get_text(" ", strip=True)
    assert "Joop paste dit net ook aan" in text
    assert "Vervoer regelen" in text


def test_the_title_starts_with_the_error_of_a_form(pages: Flask) -> None:
    source = '{% extends "layout_bare.html" %}{% block title %}Inloggen{% endblock %}'
    right = shown(pages, source).title
    wrong = shown(pages, source, has_errors=True).title
    assert right
    assert right.text == "Inloggen - Vitaal"
    assert wrong
    assert wrong.text == "Fout: Inloggen - Vitaal"


def test_the_frame_has_a_skip_link_one_menu_and_the_current_page(pages: Flask) -> None:
    items = [
        {"key": key, "name": key.title(), "href": f"/{key}", "icon": "house", "short": ""}
        for key in ("vandaag", "agenda", "gesprek", "cirkels", "spelregels")
    ]
    source = '{% extends "layout.html" %}{% set active = "agenda" %}'
    page = shown(pages, source, navigation=items, workspace={"name": "Thuis"}, person={"name": "Hanneke Vos"})
    assert page.select_one("a.skip[href='#inhoud']")
    assert [link.text for link in page.select(".nav [aria-current=page]")] == ["Agenda"]
    assert len(page.select(".nav li.wide")) == 2
    assert page.select_one("form[method=post][action='/uitloggen'] button")


def test_the_switcher_appears_with_a_second_workspace(pages: Flask) -> None:
    source = '{% extends "layout.html" %}'
    one = [{"name": "Thuis", "href": "/w/thuis", "is_current": True}]
    two = [*one, {"name": "Samen", "href": "/w/samen"}]
    assert not shown(pages, source, my_workspaces=one).select(".switch")
    assert [a["href"] for a in shown(pages, source, my_workspaces=two).select(".switch a")] == [
        "/w/thuis",
        "/w/samen",
    ]


@pytest.mark.parametrize(
    ("scheme", "media"), [("device", "(prefers-color-scheme: dark)"), ("light", "not all"), ("dark", "all")]
)
def test_the_person_chooses_light_or_dark(pages: Flask, scheme: str, media: str) -> None:
    page = shown(pages, '{% extends "layout.html" %}', colour_scheme=scheme)
    assert [link["media"] for link in page.select("link[media]")] == [media]


def test_a_theme_is_one_stylesheet_of_our_own(pages: Flask) -> None:
    workspace = {"name": "Thuis", "theme_href": "/w/thuis/thema.css?v=1"}
    page = shown(pages, '{% extends "layout.html" %}', workspace=workspace)
    assert page.select("link[rel=stylesheet]")[-1]["href"] == "/w/thuis/thema.css?v=1"


def test_a_message_is_told_once_on_top(pages: Flask) -> None:
    with pages.test_request_context():
        flash("Bewaard.")
        flash("Let op.", "sun")
        page = BeautifulSoup(render_template_string('{% extends "layout.html" %}'), "lxml")
    notices = page.select_one("#meldingen[role=status]")
    assert notices
    assert [note["class"] for note in notices.select(".note")] == [["note", "good"], ["note", "sun"]]


def test_text_from_people_stays_text(pages: Flask) -> None:
    source = '{% from "components/person.html" import who %}{{ who(p) }}'
    page = shown(pages, source, p={"name": "<b>Truus</b> Dekker", "subtitle": "<i>x</i>"})
    assert not page.find("b")
    assert not page.find("i")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Hanneke Vos", "HV"), ("Truus", "T"), ("Jan van der Berg", "JB"), ("", ""), ("éva Ó Briain", "ÉB")],
)
def test_two_letters_stand_for_a_name(name: str, letters: str) -> None:
    assert shell.initials(name) == letters


def test_attributes_are_dashed_and_escaped() -> None:
    values = {"hx_get": "/x?a=1&b=2", "hidden": True, "title": '"<', "open": False, "id": None}
    assert attributes(values) == ' hx-get="/x?a=1&amp;b=2" hidden title="&#34;&lt;"'


def test_the_first_sentence_is_found_in_nested_errors() -> None:
    assert first_text([{"name": ["Vul dit nog in."]}]) == "Vul dit nog in."
    assert first_text([]) == ""


def test_built_files_may_be_kept_and_others_are_not_given(pages: Flask) -> None:
    client = pages.test_client()
    with client.get(assets.asset("vitaal.css")) as response:
        assert "immutable" in response.headers["Cache-Control"]
    assert client.get("/static/manifest.json").status_code == 404
    assert client.get("/static/../assets.py").status_code == 404


def test_an_unknown_icon_says_what_to_do() -> None:
    with pytest.raises(KeyError, match="npm run build"):
        assets.icon("no-such-icon")


def test_files_that_were_not_built_are_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assets.manifest.cache_clear()
    with pytest.raises(assets.AssetsMissing, match="npm run build"):
        assets.manifest()
    monkeypatch.undo()
    assets.manifest.cache_clear()
