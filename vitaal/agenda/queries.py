"""What pages ask about the agenda. What was archived or thrown away is left out, unless it is asked for."""

from collections.abc import Sequence

from sqlalchemy import select

from vitaal.agenda.models import Action
from vitaal.kernel.db import db

HIGHEST_NUMBER = 2**31 - 1  # what fits in the column
ON_THE_AGENDA = (Action.archived_at.is_(None), Action.deleted_at.is_(None))


def actions(limit: int | None = None) -> Sequence[Action]:
    """The actions of the workspace we are in, in their order; at most `limit` where it is given."""
    asked = select(Action).where(*ON_THE_AGENDA).order_by(Action.position, Action.id).limit(limit)
    return db.session.scalars(asked).all()


def action_numbered(number: int) -> Action | None:
    """The action with this number, wherever it is (archived or thrown away too); None where there is none."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(select(Action).where(Action.number == number)).one_or_none()
