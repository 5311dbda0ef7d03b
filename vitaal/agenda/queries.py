"""What pages ask about the agenda. What was archived or thrown away is left out, unless it is asked for."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from vitaal.agenda.models import Action, Status
from vitaal.kernel.db import HIGHEST_NUMBER, db

A_WEEK = timedelta(days=7)
IS_OPEN = Action.status.not_in((Status.DONE, Status.STOPPED, Status.IDEA))
ON_THE_AGENDA = (Action.archived_at.is_(None), Action.deleted_at.is_(None))


def actions(limit: int | None = None) -> Sequence[Action]:
    """The actions of the workspace we are in, in their order; at most `limit` where it is given."""
    asked = select(Action).where(*ON_THE_AGENDA).order_by(Action.position, Action.id).limit(limit)
    return db.session.scalars(asked).all()


def first_open(limit: int) -> Sequence[Action]:
    """The first actions on the agenda that are not ready yet."""
    asked = select(Action).where(*ON_THE_AGENDA, IS_OPEN).order_by(Action.position, Action.id).limit(limit)
    return db.session.scalars(asked).all()


def action_numbered(number: int) -> Action | None:
    """The action with this number, wherever it is (archived or thrown away too); None where there is none."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(select(Action).where(Action.number == number)).one_or_none()
