"""Who runs this installation: made from the command line only, never from a page."""

from sqlalchemy import create_engine, text

from vitaal.kernel import clock
from vitaal.kernel.db import new_id, url_as


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
            connection.execute(
                text(
                    "INSERT INTO app.person (id, name, email, is_operator, created_at)"
                    " VALUES (:id, :name, :email, true, :now) ON CONFLICT (email) DO UPDATE SET is_operator = true"
                ),
                values,
            )
            connection.execute(
                text(
                    "INSERT INTO app.address (email, person_id, proven_at) SELECT email, id, :now FROM app.person"
                    " WHERE email = :email ON CONFLICT DO NOTHING"
                ),
                values,
            )
    finally:
        engine.dispose()
