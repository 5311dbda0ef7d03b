"""Who brought a strain up is known to those it was shared with, whatever is asked of the database by whom."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.cast import Cast
from tests.spelregels.story import a_rule
from tests.spelregels.strains import brought_to_group, brought_up
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Role
from vitaal.workspaces.progress import hand_up
from vitaal.workspaces.queries import this_workspace

TABLES = ("strain", "strain_person")


def rows(table: str) -> int:
    found = db.session.scalar(text(f"SELECT count(*) FROM app.{table}"))
    assert found is not None
    return int(found)


def seen_by(cast: Cast, name: str, place: Any = None) -> tuple[int, ...]:
    """How many strains, and how many people in them, someone finds by asking the database itself."""
    with cast.acting_as(name, place):
        return tuple(rows(table) for table in TABLES)


def refused(sql: str, **values: Any) -> None:
    """The wall refuses this; what was done before in this transaction stays."""
    with pytest.raises(DBAPIError) as refusal, db.session.begin_nested():
        db.session.execute(text(sql), values)
    assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege), sql


def add(strain_id: UUID, member_id: UUID, part: str, workspace_id: UUID) -> dict[str, Any]:
    return {"sql": "INSERT INTO app.strain_person (workspace_id, strain_id, member_id, part) VALUES (:w, :s, :m, :p)",
            "w": workspace_id, "s": strain_id, "m": member_id, "p": part}  # fmt: skip


def join(cast: Cast, name: str, circle: Circle, roles: Iterable[Role] = ()) -> None:
    """Someone of the cast joins the coalition in Amersfoort."""
    with cast.acting_as("Anna"):
        partner = Partner.welcome(
            f"Groep van {name}", PartnerKind.INITIATIVE, circle, is_formal=False, reason="Erbij", decided_by="Anna"
        )  # fmt: skip
        joined = Membership(person_id=cast.people[name], partner_id=partner.id, name=name, circle=circle,
                            roles=list(roles), id=uuid4())  # fmt: skip
        db.session.add(joined)
        db.session.commit()
        cast.amersfoort.members[name] = joined.id


def test_a_private_strain_is_there_for_who_is_in_it(cast: Cast) -> None:
    brought_up(cast, by="Chaima", other="Bram")
    assert seen_by(cast, "Chaima") == seen_by(cast, "Bram") == (1, 2)


def test_a_private_strain_is_not_there_for_anyone_else_also_not_for_the_lead(cast: Cast) -> None:
    join(cast, "Farah", Circle.OUTER)
    join(cast, "Olga", Circle.INNER, [Role.FACILITATOR])
    brought_up(cast, by="Chaima", other="Bram")
    for name in ("Anna", "Farah", "Olga"):
        assert seen_by(cast, name) == (0, 0), name
    for name, place in (("Daan", cast.elsewhere), ("Daan", None), ("Els", None), ("Anna", cast.elsewhere)):
        assert seen_by(cast, name, place) == (0, 0), name


def test_what_is_first_said_to_a_guide_only_that_guide_sees(cast: Cast) -> None:
    brought_up(cast, by="Bram", guide="Anna")
    assert seen_by(cast, "Anna") == (1, 2)
    assert seen_by(cast, "Chaima") == (0, 0)


def test_the_inner_circle_sees_what_is_for_the_group_and_nobody_in_it(cast: Cast) -> None:
    join(cast, "Olga", Circle.INNER, [Role.FACILITATOR])
    strain_id = brought_to_group(cast, by="Bram")
    for name in ("Anna", "Olga"):
        assert seen_by(cast, name) == (1, 0), name
    assert seen_by(cast, "Chaima") == (0, 0)
    assert seen_by(cast, "Bram") == (1, 1)
    with cast.acting_as("Anna"):
        assert strain_id in db.session.scalars(text("SELECT id FROM app.strain")).all()


def test_an_outer_member_sees_again_what_they_brought_to_the_group(cast: Cast) -> None:
    brought_to_group(cast, by="Chaima")
    assert seen_by(cast, "Chaima") == (1, 1)
    assert seen_by(cast, "Bram") == (1, 0)


def test_nobody_adds_themselves_or_another_to_a_strain_of_someone_else(cast: Cast) -> None:
    private, for_all = brought_up(cast, by="Chaima", other="Bram"), brought_to_group(cast, by="Bram")
    here, members = cast.amersfoort.id, cast.amersfoort.members
    with cast.acting_as("Anna"):
        for strain_id in (private, for_all):
            for who in ("Anna", "Chaima"):
                for part in ("other", "guide"):
                    refused(**add(strain_id, members[who], part, here))
    with cast.acting_as("Bram"):
        refused(**add(private, members["Anna"], "guide", here))


def test_nobody_becomes_who_brought_it_up(cast: Cast) -> None:
    private, for_all = brought_up(cast, by="Chaima", other="Bram"), brought_to_group(cast, by="Bram")
    here, members = cast.amersfoort.id, cast.amersfoort.members
    with cast.acting_as("Anna"):
        for strain_id in (private, for_all):
            statement = add(strain_id, members["Anna"], "raised", here)
            with pytest.raises(IntegrityError), db.session.begin_nested():
                db.session.execute(text(statement.pop("sql")), statement)
            refused(**add(strain_id, members["Bram"], "raised", here))
    with cast.acting_as("Bram"):
        refused("UPDATE app.strain_person SET part = 'raised'")
        refused("UPDATE app.strain_person SET member_id = :m", m=members["Bram"])


def test_who_brought_something_to_the_group_can_name_nobody_in_it(cast: Cast) -> None:
    strain_id = brought_to_group(cast, by="Bram")
    with cast.acting_as("Bram"):
        refused(**add(strain_id, cast.amersfoort.members["Anna"], "guide", cast.amersfoort.id))


def test_what_was_private_never_becomes_the_groups_and_its_words_stay(cast: Cast) -> None:
    brought_up(cast, by="Chaima", other="Bram")
    with cast.acting_as("Chaima"):
        refused("UPDATE app.strain SET is_for_all = true")
        refused("UPDATE app.strain SET happened = 'Iets anders'")


def test_only_who_brought_it_up_takes_it_back(cast: Cast) -> None:
    private, for_all = brought_up(cast, by="Chaima", other="Bram"), brought_to_group(cast, by="Chaima")
    for name in ("Anna", "Bram", "Daan"):
        with cast.acting_as(name):
            gone = db.session.execute(text("DELETE FROM app.strain RETURNING id")).all()
            assert gone == [], name
            refused("DELETE FROM app.strain_person")
    with cast.acting_as("Chaima"):
        gone = db.session.scalars(text("DELETE FROM app.strain RETURNING id")).all()
        assert set(gone) == {private, for_all}
        db.session.commit()
    assert seen_by(cast, "Bram") == seen_by(cast, "Chaima") == (0, 0)


def test_only_who_is_in_it_goes_on_with_it_and_of_the_groups_who_arranges(cast: Cast) -> None:
    join(cast, "Olga", Circle.INNER)
    brought_up(cast, by="Chaima", other="Bram")
    brought_to_group(cast, by="Chaima")
    for name, expected in (("Anna", 1), ("Olga", 0), ("Bram", 1), ("Chaima", 2)):
        with cast.acting_as(name):
            done = db.session.execute(text("UPDATE app.strain SET stage = 'talked' RETURNING id")).all()
            assert len(done) == expected, name


def test_who_left_sees_nothing_any_more(cast: Cast) -> None:
    brought_up(cast, by="Chaima", other="Bram")
    with cast.acting_as("Bram"):
        db.session.execute(
            text("UPDATE app.membership SET left_at = now() WHERE id = :me"), {"me": cast.amersfoort.members["Bram"]}
        )  # fmt: skip
        db.session.commit()
    assert seen_by(cast, "Bram") == (0, 0)


def test_the_id_of_what_is_for_the_group_tells_no_time(cast: Cast) -> None:
    assert brought_to_group(cast, by="Bram").version == 4


def test_nothing_about_a_strain_stands_in_the_history(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        before = rows("event")
    brought_up(cast, by="Chaima", other="Bram")
    brought_to_group(cast, by="Bram")
    with cast.acting_as("Anna"):
        assert rows("event") == before


def test_a_programme_reads_no_strain_and_no_number_of_them(cast: Cast) -> None:
    brought_up(cast, by="Chaima", other="Bram", rule_id=a_rule(cast))
    brought_to_group(cast, by="Bram")
    with cast.acting_as("Anna"):
        hand_up(this_workspace())
        db.session.commit()
    with cast.app.app_context(), db.engines["programme"].connect() as programme:
        for table in TABLES:
            with pytest.raises(DBAPIError) as refusal, programme.begin_nested():
                programme.execute(text(f"SELECT * FROM app.{table}"))
            assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege)
        with pytest.raises(DBAPIError), programme.begin_nested():
            programme.execute(text("SELECT wall.my_strains(false)"))
        names = "SELECT table_name FROM information_schema.tables WHERE table_schema <> 'pg_catalog'"
        assert not set(TABLES) & set(programme.scalars(text(names)))
    with cast.acting_as("Anna"):
        asked = "SELECT column_name FROM information_schema.columns WHERE table_name = 'progress'"
        assert set(db.session.scalars(text(asked))) == {
            "workspace_id", "municipality_code", "programme_id", "workspace_name", "founded_on", "invited",
            "accepted", "first_session_on", "handed_up_at",
        }  # fmt: skip
