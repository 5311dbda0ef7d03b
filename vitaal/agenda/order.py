"""The order of the agenda, that the group agrees on: an action moves one place within its goal."""

from sqlalchemy import select

from vitaal.agenda.models import Action
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel.db import db


def move(action: Action, *, up: bool) -> bool:
    """Let an action change places with the one before or after it under its goal; False when there is none."""
    same_goal = Action.goal_id == action.goal_id if action.goal_id else Action.goal_id.is_(None)
    beyond = Action.position < action.position if up else Action.position > action.position
    nearest = Action.position.desc() if up else Action.position
    neighbour = db.session.scalars(
        select(Action).where(same_goal, beyond, *ON_THE_AGENDA).order_by(nearest).limit(1).with_for_update()
    ).one_or_none()
    if neighbour is None:
        return False
    action.position, neighbour.position = neighbour.position, action.position
    db.session.flush()
    return True
