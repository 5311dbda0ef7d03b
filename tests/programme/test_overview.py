"""The overview of a programme: what localities hand up, and nothing else."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from tests.cast import AMERSFOORT, Cast
from tests.counting import statements
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import entering
from vitaal.programme import queries
from vitaal.workspaces import founding
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Programme, Role, Workspace
from vitaal.workspaces.progress import hand_up


def found(cast: Cast, name: str, met_on: date | None = None, also: str | None = None) -> None:
    """A coalition under the cast's programme, led by Daan."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        programme_id = db.session.scalars(select(Programme.id)).one()
        workspace = founding.begin(
            cast.people["Farah"], name=name, kind="coalition", route="learning-by-doing", form="network",
            municipalities=[AMERSFOORT, *([also] if also else [])], programme_id=programme_id,
        )  # fmt: skip
        partner = Partner.welcome("De Kern", PartnerKind.ORGANISATION, Circle.INNER, is_formal=True, reason="Start",
                                  decided_by="Farah")  # fmt: skip
        db.session.add(Membership(id=new_id(), person_id=cast.people["Daan"], partner_id=partner.id, name="Daan",
                                  circle=Circle.INNER, roles=[Role.LEAD]))  # fmt: skip
        founding.finish(workspace)
        workspace_id = workspace.id
        db.session.commit()
    with (
        cast.app.app_context(),
        entering(db.session, person_id=cast.people["Daan"], workspace_id=workspace_id),
    ):
        hand_up(db.session.get_one(Workspace, workspace_id), met_on)
        db.session.commit()


def page(cast: Cast, query: str = "") -> BeautifulSoup:
    answer = cast.client("Els").get(f"/programma/{cast.programme_slug}{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def rows(cast: Cast, query: str = "") -> list[str]:
    return [row.get_text(" ", strip=True) for row in page(cast, query).select("tbody tr")]


def test_localities_stand_by_name_with_what_they_handed_up(cast: Cast) -> None:
    found(cast, "Zin in Zuid", met_on=date(2026, 11, 3))
    found(cast, "aan tafel", also="GM0344")
    first, second = rows(cast)
    assert first.startswith("aan tafel Amersfoort, Utrecht")
    assert first.endswith("0 0 nog niet")
    assert second.startswith("Zin in Zuid Amersfoort")
    assert second.endswith("3 nov 2026")
    assert "In 1 plek is het eerste gesprek geweest" in page(cast).get_text(" ")


def test_a_workspace_outside_the_programme_is_not_there(cast: Cast) -> None:
    assert "Nog geen plekken" in page(cast).get_text(" ")
    assert "Samen in Amersfoort" not in page(cast).main.get_text()  # type: ignore[union-attr]


def test_no_name_of_a_member_or_partner_is_on_the_page(cast: Cast) -> None:
    found(cast, "Zin in Zuid")
    seen = page(cast).main.get_text(" ")  # type: ignore[union-attr]
    assert not {"Daan", "De Kern"} & set(seen.split())
    assert "Dit zie je niet" in seen


@pytest.mark.parametrize("name", ["Anna", "Farah", "Olga"])
def test_who_does_not_work_for_it_finds_nothing(cast: Cast, name: str) -> None:
    assert cast.client(name).get(f"/programma/{cast.programme_slug}").status_code == 404
    assert cast.client(name).get("/programma/bestaat-niet").status_code == 404


def test_the_next_page_goes_on_where_the_first_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Een", "Twee", "Drie"):
        found(cast, name)
    monkeypatch.setattr("vitaal.programme.queries.PAGE", 2)
    monkeypatch.setattr("vitaal.programme.views.PAGE", 2)
    first = page(cast)
    following = first.find("a", rel="next")
    assert following
    assert [row.th.get_text() for row in first.select("tbody tr")] == ["Drie", "Een"]  # type: ignore[union-attr]
    assert rows(cast, "?" + str(following["href"]).split("?")[1])[0].startswith("Twee")


@pytest.mark.parametrize("query", ["?na=%00&plek=x", "?na=a&plek=", "?plek=1", "?na=%ED%A0%80&plek=nee"])
def test_nonsense_in_the_address_begins_at_the_start(cast: Cast, query: str) -> None:
    found(cast, "Zin in Zuid")
    assert len(rows(cast, query)) == 1


def test_the_page_asks_little_of_the_database(cast: Cast) -> None:
    found(cast, "Zin in Zuid")
    client = cast.client("Els")
    with statements(cast.app) as made:
        client.get(f"/programma/{cast.programme_slug}")
    assert len([one for one in made if "set_config" not in one]) <= 12


def test_the_programme_role_reads_nothing_of_the_workspaces(cast: Cast) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Els"]):
        tables = db.session.scalars(
            text("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('app', 'ops')")
        ).all()
        db.session.commit()
        assert len(tables) > 10
        for table in tables:
            with pytest.raises(ProgrammingError, match="permission denied"), queries.reading() as connection:
                connection.execute(text(f"SELECT 1 FROM {table}"))


def test_the_programme_role_can_write_nothing(cast: Cast) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Els"]):
        for table in ("progress", "programme", "programme_staff", "officer", "municipality"):
            with pytest.raises(ProgrammingError, match="permission denied"), queries.reading() as connection:
                connection.execute(text(f"DELETE FROM oversight.{table}"))


def test_without_a_person_the_programme_role_sees_no_locality(cast: Cast) -> None:
    found(cast, "Zin in Zuid")
    with cast.app.app_context(), queries.reading() as connection:
        assert connection.scalars(text("SELECT workspace_id FROM oversight.progress")).all() == []
