"""What a municipality sees, and who may see it."""

from uuid import uuid4

import pytest
from sqlalchemy import event

from tests.cast import AMERSFOORT, Cast
from tests.counting import statements
from tests.onboarding.wizard import HOME, PLACE, Wizard, page, words
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.workspaces.models import Officer, Workspace
from vitaal.workspaces.progress import hand_up

DRAFT_PATHS = ("1", "organisaties", "lijst", "gasten", "coalitie", "weg")


def appoint(cast: Cast, name: str, code: str) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Olga"]):
        db.session.add(Officer(municipality_code=code, person_id=cast.people[name]))
        db.session.commit()


def dismiss(cast: Cast, name: str, code: str) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Olga"]):
        db.session.delete(db.session.get_one(Officer, (code, cast.people[name])))
        db.session.commit()


def test_the_officer_sees_how_far_each_coalition_is(cast: Cast) -> None:
    soup = page(cast.client("Farah").get(HOME))
    shown = words(soup)
    for text in (
        "Samen in Amersfoort",
        "Elders",
        "0 uitnodigingen",
        "Nog niemand doet mee",
        "Eerste bijeenkomst: nog niet",
    ):
        assert text in shown
    assert "blijft van hen" in shown
    assert not soup.select('main a[href^="/w/"]')


def test_a_first_session_is_told_by_its_day(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        hand_up(db.session.get_one(Workspace, cast.amersfoort.id), first_session_on=clock.today())
        db.session.commit()
    assert "Eerste bijeenkomst op" in words(page(cast.client("Farah").get(HOME)))


@pytest.mark.parametrize("who", ["Anna", "Bram", "Chaima", "Daan", "Els", "Olga"])
def test_only_officers_of_the_municipality_see_its_page(cast: Cast, who: str) -> None:
    assert cast.client(who).get(HOME).status_code == 404
    assert cast.client(who).post(f"{HOME}/nieuw").status_code == 404


@pytest.mark.parametrize("slug", ["leusden", "nergens", "%00", "a" * 300])
def test_another_municipality_is_not_found(cast: Cast, slug: str) -> None:
    assert cast.client("Farah").get(f"/gemeente/{slug}").status_code == 404


def test_a_municipality_without_coalitions_says_what_to_do_first(cast: Cast) -> None:
    appoint(cast, "Farah", "GM0327")
    shown = words(page(cast.client("Farah").get("/gemeente/leusden")))
    assert "Hier begint jullie eerste coalitie" in shown
    assert "Start een coalitie" in shown


def test_a_draft_belongs_to_the_officer_who_made_it(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah"))
    appoint(cast, "Els", AMERSFOORT)
    for who in ("Els", "Anna", "Olga"):
        client = cast.client(who)
        assert client.get(f"{wizard.base}/1").status_code == 404
        assert [client.post(f"{wizard.base}/{path}").status_code for path in DRAFT_PATHS] == [404] * 6
    assert "In voorbereiding" not in words(page(cast.client("Els").get(HOME)))


def test_who_is_no_officer_any_more_cannot_go_on(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah")).fill()
    dismiss(cast, "Farah", AMERSFOORT)
    assert wizard.client.get(f"{wizard.base}/1").status_code == 404
    assert wizard.found().status_code == 404


def test_an_unknown_draft_is_not_found(cast: Cast) -> None:
    client = cast.client("Farah")
    for path in DRAFT_PATHS:
        assert client.post(f"/nieuw/{uuid4()}/{path}").status_code == 404


def test_a_draft_can_be_thrown_away(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah"))
    wizard.send(1, **PLACE)
    assert PLACE["name"] in words(page(wizard.client.get(HOME)))
    assert wizard.send("weg").location == HOME
    shown = words(page(wizard.client.get(HOME)))
    assert "Weggegooid" in shown
    assert PLACE["name"] not in shown
    assert wizard.client.get(f"{wizard.base}/1").status_code == 404


def test_a_founded_coalition_is_not_prepared_any_more(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah")).fill()
    wizard.found()
    for path in DRAFT_PATHS:
        assert wizard.send(path).location == HOME
    assert wizard.client.get(f"{wizard.base}/1").location == HOME
    assert PLACE["name"] in words(page(wizard.client.get(HOME)))


def test_every_page_asks_at_most_twelve_statements(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah")).fill()
    wizard.send(
        "lijst", lines="\n".join(f"Club {n}; club{n}@example.nl" for n in range(40)), otherwise="outer"
    )
    Wizard(wizard.client).send(1, **PLACE)
    with cast.app.app_context():
        programme = db.engines["programme"]
    for path in (HOME, *(f"{wizard.base}/{step}" for step in range(1, 6))):
        with statements(cast.app) as asked:

            def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
                asked.append(statement)

            event.listen(programme, "before_cursor_execute", note)
            assert wizard.client.get(path).status_code == 200
            event.remove(programme, "before_cursor_execute", note)
        assert len(asked) <= 12, (path, asked)
