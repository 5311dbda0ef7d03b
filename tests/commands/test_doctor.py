"""What the doctor sees: one clear sentence for each thing that is wrong."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.commands.conftest import Vitaal, broken
from tests.jobs.workshop import sql
from tests.post.sink import Sink
from vitaal.kernel import clock
from vitaal.pages import assets
from vitaal.settings import Settings


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The assets as they are before `npm run build`."""
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assets.manifest.cache_clear()
    yield
    assets.manifest.cache_clear()


def test_an_installation_that_is_well(vitaal: Vitaal) -> None:
    assert vitaal("doctor") == (0, "All is well.")


def test_one_that_sends_its_mail_out_is_well_too(vitaal: Vitaal) -> None:
    with Sink() as sink:
        assert vitaal("doctor", VITAAL_LOCAL_MAILBOX="0", VITAAL_SMTP_URL=sink.url) == (0, "All is well.")


def test_redis_that_is_away(vitaal: Vitaal, closed_port: int) -> None:
    code, said = vitaal("doctor", VITAAL_REDIS_URL=f"redis://127.0.0.1:{closed_port}/0")
    assert code == 1
    assert said.startswith("Redis can't be reached, so letters wait until it is back: ")
    assert said.count("\n") == 0


def test_a_mail_server_that_is_away(vitaal: Vitaal, closed_port: int) -> None:
    code, said = vitaal("doctor", VITAAL_LOCAL_MAILBOX="0", VITAAL_SMTP_URL=f"smtp://127.0.0.1:{closed_port}")
    assert code == 1
    assert said.startswith(f"The mail server at 127.0.0.1:{closed_port} can't be reached: ")


@pytest.mark.parametrize("url", ["file:///proc/nowhere", "nonsense://files"])
def test_storage_that_keeps_nothing(vitaal: Vitaal, url: str) -> None:
    code, said = vitaal("doctor", VITAAL_STORAGE_URL=url)
    assert code == 1
    assert said.startswith("Files can't be kept where VITAAL_STORAGE_URL says: ")
    assert said.count("\n") == 0


def test_assets_that_were_not_built(vitaal: Vitaal, unbuilt: None) -> None:
    assert vitaal("doctor") == (
        1,
        "The styles and icons have not been built yet: run `npm ci && npm run build`.",
    )


def test_a_clock_that_runs_behind(vitaal: Vitaal) -> None:
    with clock.at(clock.now() - timedelta(hours=1)):
        assert vitaal("doctor") == (1, "The database's clock is +3600 seconds off from this machine's.")


def test_a_role_that_can_not_come_in(vitaal: Vitaal, settings: Settings) -> None:
    name = make_url(settings.database_url or "").database
    role = "CONNECT ON DATABASE {} {} vitaal_programme"
    with broken(settings, f"REVOKE {role.format(name, 'FROM')}, PUBLIC", f"GRANT {role.format(name, 'TO')}"):
        assert vitaal("doctor") == (
            1,
            "Nobody can sign in to the database as vitaal_programme: run `vitaal migrate`.",
        )


def test_a_wall_with_a_gap(vitaal: Vitaal, settings: Settings) -> None:
    wall = "ALTER TABLE app.partner {} ROW LEVEL SECURITY"
    with broken(settings, wall.format("NO FORCE"), wall.format("FORCE")):
        assert vitaal("doctor") == (1, "app.partner has a workspace but no wall around it.")


def test_a_schema_of_long_ago(vitaal: Vitaal, settings: Settings) -> None:
    [(newest,)] = sql(settings, "SELECT version_num FROM ops.alembic_version")
    version = "UPDATE ops.alembic_version SET version_num = '{}'"
    with broken(settings, version.format("0001"), version.format(newest)):
        assert vitaal("doctor") == (
            1,
            f"The database is at revision 0001, and {newest} is needed: run `vitaal migrate`.",
        )


def test_a_database_in_which_nothing_was_made(vitaal: Vitaal, unmigrated: str) -> None:
    code, said = vitaal("doctor", VITAAL_DATABASE_URL=unmigrated)
    assert code == 1
    assert said.startswith("The database is at revision none, and ")
    assert said.endswith(" is needed: run `vitaal migrate`.")


def test_several_things_at_once_get_a_line_each(vitaal: Vitaal, closed_port: int, unbuilt: None) -> None:
    code, said = vitaal("doctor", VITAAL_REDIS_URL=f"redis://127.0.0.1:{closed_port}/0")
    assert (code, len(said.splitlines())) == (1, 2)
