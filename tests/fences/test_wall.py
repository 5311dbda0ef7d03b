"""The database refuses, whatever the code asks: every tenant table, found by itself."""

from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import ContextSwitched, NoWorkspace, entering
from vitaal.workspaces.models import Partner

TENANT_TABLES = text("""
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND n.nspname = 'app' ORDER BY 1
""")


def tenant_tables() -> list[str]:
    tables = list(db.session.scalars(TENANT_TABLES))
    assert len(tables) >= 8
    return tables


def rows_seen() -> dict[str, int]:
    counts = {
        table: db.session.scalar(text(f"SELECT count(*) FROM app.{table}")) for table in tenant_tables()
    }
    return {table: count for table, count in counts.items() if count}


def test_the_suite_runs_as_the_app_role_behind_the_wall(cast: Cast) -> None:
    with cast.app.app_context():
        role, bypasses = db.session.execute(
            text("SELECT current_user, rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        ).one()
    assert (role, bypasses) == ("vitaal_app", False)


def test_without_a_context_every_tenant_table_is_empty(cast: Cast) -> None:
    with cast.app.app_context():
        assert rows_seen() == {}


def test_a_forged_workspace_opens_nothing(cast: Cast) -> None:
    with cast.acting_as("Daan", cast.amersfoort):
        assert rows_seen() == {}


def test_a_member_sees_rows_so_the_emptiness_above_means_something(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        assert {"partner", "membership", "circle_period"} <= set(rows_seen())


def test_the_officer_who_founded_it_sees_nothing_inside(cast: Cast) -> None:
    with cast.acting_as("Farah"):
        assert rows_seen() == {}


@pytest.mark.parametrize("who", ["Daan", "Farah", None])
def test_a_stranger_can_write_nothing(cast: Cast, who: str | None) -> None:
    person_id = cast.people[who] if who else None
    with cast.app.app_context(), entering(db.session, person_id=person_id, workspace_id=cast.amersfoort.id):
        for table in tenant_tables():
            columns = list(
                db.session.scalars(
                    text(
                        "SELECT column_name FROM information_schema.columns"
                        " WHERE table_schema = 'app' AND table_name = :table AND is_nullable = 'NO'"
                        " AND column_default IS NULL"
                    ),
                    {"table": table},
                )
            )
            sql = f"INSERT INTO app.{table} (workspace_id) VALUES ('{cast.amersfoort.id}')"
            assert "workspace_id" in columns
            with pytest.raises(DBAPIError) as refused, db.session.begin_nested():
                db.session.execute(text(sql))
            assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege), table


def test_a_tenant_query_outside_a_workspace_is_loud(cast: Cast) -> None:
    with cast.app.app_context(), pytest.raises(NoWorkspace):
        db.session.query(Partner).all()


def test_contexts_do_not_nest(cast: Cast) -> None:
    with (
        cast.acting_as("Anna"),
        pytest.raises(ContextSwitched),
        entering(db.session, person_id=uuid4()),
    ):
        pass


def test_the_context_ends_with_the_transaction(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        db.session.commit()
        assert rows_seen()
    with cast.app.app_context():
        assert rows_seen() == {}


@pytest.mark.parametrize("is_inside", [True, False])
def test_what_someone_chose_for_their_mail_is_theirs_alone(cast: Cast, is_inside: bool) -> None:
    place, bram = cast.amersfoort.id, cast.people["Bram"]
    choose = text("INSERT INTO app.mail_choice (workspace_id, person_id) VALUES (:place, :person)")
    with cast.acting_as("Bram"):
        db.session.execute(choose, {"place": place, "person": bram})
        db.session.commit()
    workspace_id = place if is_inside else None
    with (
        cast.app.app_context(),
        entering(db.session, person_id=cast.people["Anna"], workspace_id=workspace_id),
    ):
        assert db.session.scalar(text("SELECT count(*) FROM app.mail_choice")) == 0
        changed = db.session.execute(text("UPDATE app.mail_choice SET cadence = 'never' RETURNING 1"))
        assert changed.all() == []
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(choose, {"place": place, "person": cast.people["Chaima"]})
    with cast.app.app_context(), entering(db.session, person_id=bram):
        assert db.session.scalars(text("SELECT cadence FROM app.mail_choice")).all() == [None]


def test_the_web_sees_of_what_was_told_only_what_its_reader_was_told(cast: Cast, worker: Flask) -> None:
    digest, anna = uuid4(), cast.people["Anna"]
    with worker.app_context():
        db.session.execute(
            text(
                "INSERT INTO ops.digest (id, person_id, period, state, due_at, created_at)"
                " VALUES (:id, :person, current_date, 'empty', now(), now())"
            ),
            {"id": digest, "person": anna},
        )
        part = text("INSERT INTO ops.digest_part (digest_id, workspace_id) VALUES (:id, :place)")
        db.session.execute(part, {"id": digest, "place": cast.amersfoort.id})
        db.session.commit()
    seen = text("SELECT (SELECT count(id) FROM ops.digest), (SELECT count(*) FROM ops.digest_part)")
    for name, count in (("Anna", 1), ("Bram", 0), ("Daan", 0)):
        with cast.app.app_context(), entering(db.session, person_id=cast.people[name]):
            assert tuple(db.session.execute(seen).one()) == (count, count), name
    with cast.app.app_context():
        assert tuple(db.session.execute(seen).one()) == (0, 0)


def test_the_engine_knows_no_table_without_its_wall(app: Flask) -> None:
    with app.app_context():
        bare = db.session.scalars(
            text("""
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'app' AND c.relkind IN ('r', 'p')
               AND c.relname NOT IN ('person', 'address')
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        """)
        ).all()
    assert bare == []


def test_inside_a_workspace_my_other_places_are_out_of_sight(cast: Cast) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Anna"]):
        assert rows_seen() == {"membership": 1, "workspace_municipality": 1}
    with cast.acting_as("Anna", cast.elsewhere):
        assert rows_seen() == {}
