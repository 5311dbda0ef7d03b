"""The front door, my places, and the frame around every page."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from tests.cast import AMERSFOORT, Cast
from tests.counting import statements
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.workspaces.models import Circle, Membership, Officer, Partner


def page(cast: Cast, name: str | None, path: str = "/") -> BeautifulSoup:
    answer = cast.client(name).get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def menu(soup: BeautifulSoup) -> list[str]:
    return [link["href"] for link in soup.select("nav.nav a") if link["href"] != "#meer"]


def let_anna_join_elsewhere(cast: Cast) -> None:
    with cast.acting_as("Daan", cast.elsewhere):
        partner = db.session.get_one(Partner, (cast.elsewhere.id, cast.elsewhere.partners["Daan"]))
        db.session.add(
            Membership(id=new_id(), person_id=cast.people["Anna"], partner_id=partner.id, name="Anna",
                       circle=Circle.OUTER)
        )  # fmt: skip
        db.session.commit()


def test_a_stranger_reads_what_vitaal_is_and_can_sign_in(cast: Cast) -> None:
    soup = page(cast, None)
    assert soup.h1.get_text() == "Samen maken we de buurt vitaal"
    assert soup.main.select_one("a.btn")["href"] == "/inloggen"


def test_who_has_one_place_goes_straight_there(cast: Cast) -> None:
    answer = cast.client("Bram").get("/")
    assert (answer.status_code, answer.location) == (303, f"/w/{cast.amersfoort.slug}")


def test_an_officer_goes_straight_to_their_municipality(cast: Cast) -> None:
    assert cast.client("Farah").get("/").location == "/gemeente/amersfoort"


def test_programme_staff_go_straight_to_their_programme(cast: Cast) -> None:
    assert cast.client("Els").get("/").location == f"/programma/{cast.programme_slug}"


def test_who_has_more_places_chooses(cast: Cast) -> None:
    let_anna_join_elsewhere(cast)
    links = [link["href"] for link in page(cast, "Anna").main.select("h3 a")]
    assert links == [f"/w/{cast.elsewhere.slug}", f"/w/{cast.amersfoort.slug}"]


def test_an_officer_who_also_takes_part_sees_both(cast: Cast) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Olga"]):
        db.session.add(Officer(municipality_code=AMERSFOORT, person_id=cast.people["Bram"]))
        db.session.commit()
    links = [link["href"] for link in page(cast, "Bram").main.select("h3 a")]
    assert links == [f"/w/{cast.amersfoort.slug}", "/gemeente/amersfoort"]


def test_an_operator_finds_the_way_to_the_running_of_vitaal(cast: Cast) -> None:
    soup = page(cast, "Olga")
    assert [link["href"] for link in soup.main.select("h3 a")] == ["/beheer"]
    assert menu(soup) == ["/", "/beheer", "/mijn/voorkeuren"]


def test_who_has_no_place_yet_reads_what_to_do(cast: Cast) -> None:
    with cast.app.app_context():
        cast.people["Gijs"] = Person.join("Gijs", "gijs@example.nl").id
        db.session.commit()
    assert page(cast, "Gijs").main.find(class_="empty").h2.get_text() == "Je doet nog nergens mee"


def test_a_member_has_six_places_in_the_menu_and_who_arranges_two_more(cast: Cast) -> None:
    here = f"/w/{cast.amersfoort.slug}"
    member = [here, f"{here}/agenda", f"{here}/spelregels", f"{here}/cirkels", f"{here}/geschiedenis",
              f"{here}/rapporten"]  # fmt: skip
    assert menu(page(cast, "Bram", here)) == [*member, "/mijn/voorkeuren"]
    arranging = [*member, f"{here}/uitnodigingen", f"{here}/instellingen"]
    assert menu(page(cast, "Anna", here)) == [*arranging, "/mijn/voorkeuren"]


@pytest.mark.parametrize(
    "path", ["", "/agenda", "/spelregels", "/cirkels", "/geschiedenis", "/rapporten", "/instellingen"]
)
def test_the_menu_says_where_you_are(cast: Cast, path: str) -> None:
    address = f"/w/{cast.amersfoort.slug}{path}"
    current = page(cast, "Anna", address).select('nav.nav [aria-current="page"]')
    assert [link["href"] for link in current] == [address]


def test_the_name_on_top_says_where_it_is(cast: Cast) -> None:
    brand = page(cast, "Bram", f"/w/{cast.amersfoort.slug}").find(class_="brand")
    assert brand.span.get_text(" ") == "Samen in Amersfoort Amersfoort"


def test_a_question_asked_in_one_workspace_is_not_answered_with_another(cast: Cast) -> None:
    let_anna_join_elsewhere(cast)
    with cast.acting_as("Anna", cast.elsewhere):
        hers = db.session.scalars(select(Membership).where(Membership.name == "Anna")).all()
        assert [member.workspace_id for member in hers] == [cast.elsewhere.id]


def test_the_switcher_offers_the_other_workspaces(cast: Cast) -> None:
    let_anna_join_elsewhere(cast)
    soup = page(cast, "Anna", f"/w/{cast.amersfoort.slug}")
    places = {link["href"]: link.get("aria-current") for link in soup.select(".switch a")}
    assert places == {f"/w/{cast.elsewhere.slug}": None, f"/w/{cast.amersfoort.slug}": "true"}


def test_the_frame_costs_one_statement(cast: Cast) -> None:
    let_anna_join_elsewhere(cast)
    client = cast.client("Anna")
    with statements(cast.app) as asked:
        client.get(f"/w/{cast.amersfoort.slug}/agenda")
    assert sum("UNION ALL" in statement and "oversight" in statement for statement in asked) == 1
    assert len(asked) <= 9, asked


@pytest.mark.parametrize(("scheme", "media"), [("auto", "(prefers-color-scheme: dark)"), ("dark", "all")])
def test_the_page_follows_the_colour_scheme_that_someone_chose(cast: Cast, scheme: str, media: str) -> None:
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Bram"]).colour_scheme = scheme
        db.session.commit()
    soup = page(cast, "Bram", f"/w/{cast.amersfoort.slug}")
    assert soup.find("link", media=True)["media"] == media
