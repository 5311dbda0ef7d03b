"""What pages ask about the agenda."""

from collections.abc import Sequence

from sqlalchemy import select

from vitaal.agenda.models import Action
from vitaal.kernel.db import db


def actions(limit: int | None = None) -> Sequence[Action]:
    """The actions of the workspace we are in, in their order; at most `limit` where it is given."""
    return db.session.scalars(select(Action).order_by(Action.position, Action.id).limit(limit)).all()
