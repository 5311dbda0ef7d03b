"""Who runs this installation: made from the command line only, never from a page."""

from sqlalchemy import create_engine, text

from vitaal.kernel import clock
from vitaal.kernel.db import new_id, url_as

_PROMOTE = text(
    "UPDATE app.person SET is_operator = true"
    " WHERE id IN (SELECT person_id FROM app.address WHERE email = :email)"
)
_JOIN = text(
    "INSERT INTO app.person (id, name, email, is_operator, created_at) VALUES (:id, :name, :email, true, :now)"
)
_PROVE = text("INSERT INTO app.address (email, person_id, proven_at) VALUES (:email, :id, :now)")


def make_operator(database_url: str, email: str, name: str = "") -> None:
    """Make the person with this (normalised) address an operator; a new person when unknown."""
    engine = create_engine(url_as(database_url, "vitaal_migrator"))
    values = {
        "id": new_id(),
        "name": name or email.split("@", maxsplit=1)[0],
        "email": email,
        "now": clock.now(),
    }
    try:
        with engine.begin() as connection:
            connection.execute(text("SET ROLE vitaal_owner"))
            if connection.execute(_PROMOTE, values).rowcount == 0:
                connection.execute(_JOIN, values)
                connection.execute(_PROVE, values)
    finally:
        engine.dispose()
