"""The settings of a workspace: who arranges changes them, colours stay readable, and no one's text is lost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.counting import statements
from vitaal.activity.models import Event
from vitaal.kernel.db import db
from vitaal.pages import theme
from vitaal.people.models import Person
from vitaal.workspaces.models import Progress, Workspace
from vitaal.workspaces.theming import readable


def address(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/instellingen"


def filled_in(client: FlaskClient, cast: Cast, **changes: str) -> dict[str, str]:
    """The form as the page offers it, with changes."""
    soup = BeautifulSoup(client.get(address(cast)).text, "lxml")
    typed = {}
    for box in soup.main.select("input[name], textarea[name]"):
        if box.get("type") not in {"radio", "checkbox"} or box.has_attr("checked"):
            typed[str(box["name"])] = str(box.get("value") or box.get_text().strip())
    return typed | changes


def save(cast: Cast, **changes: str) -> TestResponse:
    client = cast.client("Anna")
    return client.post(address(cast), data=filled_in(client, cast, **changes))


def kept(cast: Cast, column: str) -> Any:
    with cast.acting_as("Anna"):
        return getattr(db.session.get_one(Workspace, cast.amersfoort.id), column)


def test_a_lead_changes_how_the_place_presents_itself(cast: Cast) -> None:
    answer = save(cast, description="Samen eten.", phone="033 123 45 67", inviters="inner")
    assert answer.status_code == 303
    assert (kept(cast, "description"), kept(cast, "phone"), kept(cast, "inviters")) == (
        "Samen eten.", "033 123 45 67", "inner",
    )  # fmt: skip


def test_a_change_is_told_to_the_inner_circle(cast: Cast) -> None:
    save(cast, description="Samen eten.")
    with cast.acting_as("Bram"):
        event = db.session.scalars(select(Event)).one()
        assert (event.verb, event.object_kind, event.detail) == (
            "changed",
            "workspace",
            {"what": ["description"]},
        )
    with cast.acting_as("Chaima"):
        assert db.session.scalars(select(Event)).all() == []


def test_saving_without_a_change_tells_nothing(cast: Cast) -> None:
    assert save(cast).status_code == 303
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Event)).all() == []


@pytest.mark.parametrize("name", ["Bram", "Chaima"])
def test_who_does_not_arrange_has_no_settings(cast: Cast, name: str) -> None:
    assert cast.client(name).get(address(cast)).status_code == 403
    assert cast.client(name).post(address(cast), data={"name": "Van mij"}).status_code == 403


def test_the_help_number_of_the_place_stands_on_its_pages(cast: Cast) -> None:
    save(cast, phone="033 123 45 67")
    help_box = BeautifulSoup(cast.client("Bram").get(f"/w/{cast.amersfoort.slug}").text, "lxml").find(
        class_="help"
    )
    assert help_box.a["href"] == "tel:+31331234567"


def test_the_join_page_opens_and_closes(cast: Cast) -> None:
    assert save(cast, join_page_open="y").status_code == 303
    assert kept(cast, "join_page_open") is True
    client = cast.client("Anna")
    typed = filled_in(client, cast)
    del typed["join_page_open"]
    client.post(address(cast), data=typed)
    assert kept(cast, "join_page_open") is False


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Geef jullie plek een naam."),
        ("name", "x" * 10_000, "Maak dit korter: er passen 80 letters in, dit zijn er 9920 te veel."),
        ("name", "Sa\x00men", "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."),
        ("phone", "bel maar", "Vul een telefoonnummer in met alleen cijfers, zoals 033 123 45 67."),
        ("phone", "()()", "Vul een telefoonnummer in met alleen cijfers, zoals 033 123 45 67."),
        ("theme_colour", "groen", "Kies een kleur, of schrijf de kleur met zes tekens, zoals #14594b."),
        ("theme_colour", "#14594b;}", "Kies een kleur, of schrijf de kleur met zes tekens, zoals #14594b."),
        ("inviters", "iedereen", "Kies iets uit de lijst."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(
    cast: Cast, field: str, typed: str, sentence: str
) -> None:
    answer = save(cast, **{field: typed})
    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert soup.find(id=f"{field}-e").get_text() == sentence


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_nonsense_version_never_breaks_the_page(cast: Cast, version: str) -> None:
    assert save(cast, version=version, description="Samen.").status_code in {409, 422}


def test_two_people_who_change_it_at_once_lose_nothing(cast: Cast) -> None:
    anna = cast.client("Anna")
    opened_by_anna = filled_in(anna, cast, description="Tekst van Anna")
    save(cast, description="Tekst die er eerder was")
    answer = anna.post(address(cast), data=opened_by_anna)
    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert soup.find(id="description").get_text().strip() == "Tekst van Anna"
    assert "Tekst die er eerder was" in soup.find(role="alert").get_text()
    again = {**opened_by_anna, "version": soup.find(id="version")["value"]}
    assert anna.post(address(cast), data=again).status_code == 303
    assert kept(cast, "description") == "Tekst van Anna"


def test_the_name_that_the_municipality_sees_follows(cast: Cast) -> None:
    save(cast, name="Samen in Oost")
    with cast.acting_as("Anna"):
        assert db.session.scalar(select(Progress.workspace_name)) == "Samen in Oost"


def test_a_colour_that_is_too_light_is_repaired_and_the_page_says_so(cast: Cast) -> None:
    client = cast.client("Anna")
    client.post(address(cast), data=filled_in(client, cast, theme_colour="#ffcc00"))
    assert kept(cast, "theme_colour") == readable("#ffcc00") != "#ffcc00"
    assert "We maakten de kleur wat donkerder" in client.get(address(cast)).text


def test_a_readable_colour_is_kept_as_it_is(cast: Cast) -> None:
    save(cast, theme_colour="#B3261E")
    assert kept(cast, "theme_colour") == "#b3261e"


def test_vitaals_own_green_is_no_theme(cast: Cast) -> None:
    save(cast, theme_colour="#b3261e")
    save(cast, theme_colour="#14594b")
    assert kept(cast, "theme_colour") is None


def test_the_pages_carry_the_colour_of_the_place(cast: Cast) -> None:
    save(cast, theme_colour="#b3261e")
    soup = BeautifulSoup(cast.client("Bram").get(f"/w/{cast.amersfoort.slug}").text, "lxml")
    assert soup.find("link", href="/thema/b3261e.css")


def test_the_stylesheet_holds_a_theme_that_can_be_read_and_may_be_kept_for_ever(cast: Cast) -> None:
    answer = cast.client().get("/thema/b3261e.css")
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.text == theme.css(theme.from_colour("#b3261e")) != ""


@pytest.mark.parametrize("colour", ["groen", "b3261", "b3261e;}", "%00", "x" * 3000])
def test_what_is_no_colour_has_no_stylesheet(cast: Cast, colour: str) -> None:
    assert cast.client().get(f"/thema/{colour}.css").status_code == 404


def test_the_stylesheet_asks_the_database_nothing(cast: Cast) -> None:
    client = cast.client("Anna")
    with statements(cast.app) as asked:
        client.get("/thema/b3261e.css")
    assert asked == []


def test_quiet_weekends_are_on_until_someone_lets_go_and_then_everyones_mail_follows(cast: Cast) -> None:
    with cast.app.app_context():
        db.session.execute(update(Person).values(digest_is_unplanned=False))
        db.session.commit()
    client = cast.client("Anna")
    typed = filled_in(client, cast)
    assert typed.pop("quiet_weekends")
    assert client.post(address(cast), data=typed).status_code == 303
    assert kept(cast, "quiet_weekends") is False
    with cast.app.app_context():
        anew = db.session.scalars(select(Person.name).where(Person.digest_is_unplanned)).all()
    assert set(anew) == {"Anna", "Bram", "Chaima"}
    history = client.get(f"/w/{cast.amersfoort.slug}/geschiedenis").text
    assert "paste de instellingen aan: of er mail komt in het weekend" in history
