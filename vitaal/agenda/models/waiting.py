"""Which action waits for which: never for itself, not even by way of others."""

from uuid import UUID

from sqlalchemy import text

from vitaal.kernel.db import db, take_turn
from vitaal.kernel.tenancy import the_workspace_id


class CannotWait(ValueError):
    """An action can't wait for this one: it is not there any more, or they would wait for each other forever."""


def refuse_circle(action_id: UUID, on_id: UUID) -> None:
    """Raise CannotWait when an action can't wait for another.

    Two who do this at the same moment wait for each other, so that they can't close a circle together.
    """
    take_turn(f"waiting {the_workspace_id()}")
    chain = db.session.scalars(
        text("""
            WITH RECURSIVE chain (id, depends_on_id) AS (
              SELECT id, depends_on_id FROM app.action WHERE id = :on_id
              UNION
              SELECT a.id, a.depends_on_id FROM app.action a JOIN chain c ON a.id = c.depends_on_id)
            SELECT id FROM chain
        """),
        {"on_id": on_id},
    ).all()
    if not chain or action_id in chain:
        raise CannotWait(on_id)
