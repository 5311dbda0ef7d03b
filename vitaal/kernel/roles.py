"""The database's roles: cluster-wide, so they are made before the migrations, by a login that may."""

from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

_ROLES = Path(__file__).with_name("roles.sql")
_LOCK = 7_120_241


class DatabaseUnreachable(RuntimeError):
    """No connection; the message is one clear sentence without the password."""


def ensure_roles(admin_url: str, password: str | None) -> None:
    """Make the roles and the database's own grants, or bring them up to date. Safe to repeat.

    `admin_url` is a login that may create roles; `password` becomes that of the login roles (None where
    the server trusts its local users). Raises DatabaseUnreachable.
    """
    url = make_url(admin_url)
    try:
        with psycopg.connect(_conninfo(url), autocommit=False, connect_timeout=5) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            connection.execute(_ROLES.read_text().encode())
            if password:
                _set_passwords(connection, password)
    except psycopg.OperationalError as error:
        shown = url.render_as_string(hide_password=True)
        raise DatabaseUnreachable(
            f"The database at {shown} can't be reached: {str(error).strip()}"
        ) from error


def _conninfo(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _set_passwords(connection: psycopg.Connection[object], password: str) -> None:
    for role in ("vitaal_migrator", "vitaal_app", "vitaal_worker", "vitaal_programme", "vitaal_backup"):
        connection.execute(
            psycopg.sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                psycopg.sql.Identifier(role), psycopg.sql.Literal(password)
            )
        )
