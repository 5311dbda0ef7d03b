"""Each gate shuts when its rule is broken: what nobody noticed in a migration, the doctor sees."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, create_engine

from tests.conftest import one_at_a_time
from vitaal.kernel.gates import gaps
from vitaal.settings import Settings

FENCED = "ALTER TABLE app.bad ENABLE ROW LEVEL SECURITY; ALTER TABLE app.bad FORCE ROW LEVEL SECURITY; "
BAD = "CREATE TABLE app.bad (workspace_id uuid, id uuid, other_id uuid, PRIMARY KEY (workspace_id, id)); "
PROOF = "workspace_id = (SELECT wall.workspace()) AND (SELECT wall.standing()) IS NOT NULL"
WALL = f"CREATE POLICY workspace ON app.bad AS RESTRICTIVE USING ({PROOF}) WITH CHECK ({PROOF}); "
GOOD = BAD + FENCED + WALL
NO_WALL = "app.bad has a workspace but no wall around it."


@dataclass
class Scratch:
    """A database in which everything may be broken: after the test it is whole again."""

    connection: Connection

    def break_with(self, statements: str) -> None:
        self.connection.exec_driver_sql("RESET ROLE")
        self.connection.exec_driver_sql(statements)

    def gaps(self) -> list[str]:
        """What the doctor says, who looks as the owner of everything."""
        self.connection.exec_driver_sql("SET ROLE vitaal_owner")
        return gaps(self.connection)


@pytest.fixture
def scratch(settings: Settings) -> Iterator[Scratch]:
    engine = create_engine(settings.database_url or "")
    with one_at_a_time(), engine.connect() as connection, connection.begin() as everything:
        yield Scratch(connection)
        everything.rollback()
    engine.dispose()


def test_this_database_has_no_gaps(scratch: Scratch) -> None:
    assert scratch.gaps() == []


def test_a_table_as_a_migration_makes_it_is_well(scratch: Scratch) -> None:
    scratch.break_with(GOOD)
    assert scratch.gaps() == []


@pytest.mark.parametrize(
    "wall",
    [
        pytest.param("", id="none"),
        pytest.param("ALTER TABLE app.bad ENABLE ROW LEVEL SECURITY; " + WALL, id="not for its owner"),
        pytest.param("ALTER TABLE app.bad FORCE ROW LEVEL SECURITY; " + WALL, id="not switched on"),
        pytest.param(FENCED + WALL.replace("AS RESTRICTIVE", ""), id="one that others can overrule"),
        pytest.param(FENCED + WALL.replace("USING", "FOR UPDATE USING"), id="for one command"),
        pytest.param(FENCED + WALL.replace("USING", "TO vitaal_app USING", 1), id="for one role"),
        pytest.param(FENCED + WALL.replace(PROOF, "true"), id="one that proves nothing"),
        pytest.param(
            FENCED + WALL.replace(" AND (SELECT wall.standing()) IS NOT NULL", ""),
            id="without asking who is there",
        ),
        pytest.param(FENCED + WALL.replace(PROOF, "true").replace("true", PROOF, 1), id="for reading only"),
    ],
)
def test_a_table_needs_a_whole_wall(scratch: Scratch, wall: str) -> None:
    scratch.break_with(BAD + wall)
    assert scratch.gaps() == [NO_WALL]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (
            (
                "ALTER TABLE app.partner ADD UNIQUE (id);"
                " ALTER TABLE app.bad ADD CONSTRAINT loose FOREIGN KEY (other_id) REFERENCES app.partner (id)"
            ),
            {"loose on app.bad points across the wall.", "app.partner_id_key is unique across workspaces."},
        ),
        (
            "CREATE UNIQUE INDEX one_of_all ON app.bad (other_id)",
            {"app.one_of_all is unique across workspaces."},
        ),
        ("CREATE VIEW app.peek AS SELECT 1 AS one", {"The view app.peek looks over the wall."}),
        (
            "CREATE VIEW app.peek WITH (security_invoker = false) AS SELECT 1 AS one",
            {"The view app.peek looks over the wall."},
        ),
        (
            "CREATE MATERIALIZED VIEW oversight.copy AS SELECT 1 AS one",
            {"The view oversight.copy looks over the wall."},
        ),
        (
            "CREATE FUNCTION app.sudo() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'",
            {"The function app.sudo acts as its owner and should not."},
        ),
        (
            (
                "CREATE FUNCTION wall.sudo() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';"
                " REVOKE ALL ON FUNCTION wall.sudo FROM PUBLIC"
            ),
            {"The function wall.sudo acts as its owner and should not."},
        ),
        (
            "CREATE FUNCTION wall.sudo() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'",
            {"The function wall.sudo may be called by anyone."},
        ),
        ("ALTER TABLE app.bad OWNER TO vitaal_worker", {"The role vitaal_worker is too powerful."}),
        ("GRANT vitaal_owner TO vitaal_programme", {"The role vitaal_programme is too powerful."}),
        (
            "ALTER ROLE vitaal_backup RENAME TO elsewhere",
            {"The role vitaal_backup is missing: run `vitaal migrate`."},
        ),
        ("GRANT TRUNCATE ON ops.letter TO vitaal_worker", {"vitaal_worker may TRUNCATE ops.letter."}),
        ("GRANT REFERENCES ON app.person TO vitaal_app", {"vitaal_app may REFERENCES app.person."}),
        ("GRANT SELECT ON app.person TO PUBLIC", {"PUBLIC may SELECT app.person."}),
        (
            "GRANT USAGE ON SCHEMA app TO vitaal_programme",
            {"The role vitaal_programme may look inside workspaces."},
        ),
        ("GRANT TRIGGER ON app.bad TO PUBLIC", {"PUBLIC may TRIGGER app.bad."}),
        (
            "CREATE POLICY slow ON app.bad FOR SELECT USING (wall.standing() = 'inner')",
            {"The policy slow on app.bad asks the wall once per row."},
        ),
        (
            "CREATE POLICY slow ON app.bad FOR INSERT WITH CHECK (wall.standing() = 'inner')",
            {"The policy slow on app.bad asks the wall once per row."},
        ),
    ],
)
def test_a_broken_rule_is_told(scratch: Scratch, broken: str, said: set[str]) -> None:
    scratch.break_with(GOOD + broken)
    assert set(scratch.gaps()) == said


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB", "INHERIT"])
@pytest.mark.parametrize("role", ["vitaal_app", "vitaal_worker", "vitaal_programme"])
def test_a_role_that_may_too_much_is_told(scratch: Scratch, role: str, power: str) -> None:
    scratch.break_with(f"ALTER ROLE {role} {power}")
    assert f"The role {role} is too powerful." in scratch.gaps()
