"""Bringing a database up to date: its roles, then its migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from vitaal.kernel.db import url_as
from vitaal.kernel.roles import ensure_roles
from vitaal.settings import ROOT, Settings


def migrate(settings: Settings) -> None:
    """Make the roles where a login for that is known, and run every migration that is new.

    Raises DatabaseUnreachable.
    """
    url = settings.database_url or ""
    ensure_roles(settings.database_admin_url or url, make_url(url).password)
    command.upgrade(_config(url), "head")


def revisions(url: str) -> tuple[str | None, str | None]:
    """The revision that the database has, and the newest that the code knows."""
    engine = create_engine(url_as(url, "vitaal_migrator"))
    try:
        with engine.connect() as connection:
            connection.execute(text("SET ROLE vitaal_owner"))
            context = MigrationContext.configure(connection, opts={"version_table_schema": "ops"})
            return context.get_current_revision(), newest_revision()
    finally:
        engine.dispose()


def newest_revision() -> str | None:
    """The newest revision that the code knows."""
    return ScriptDirectory(str(_folder())).get_current_head()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url_as(url, "vitaal_migrator").replace("%", "%%"))
    return config


def _folder() -> Path:
    return ROOT / "migrations"
