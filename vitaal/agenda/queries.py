"""What pages ask about the agenda. What was archived or thrown away is left out, unless it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from vitaal.agenda.models import Action, ActionHelper, Status
from vitaal.kernel import clock
from vitaal.kernel.db import HIGHEST_NUMBER, db
from vitaal.workspaces.models import Membership

A_WEEK = timedelta(days=7)
MOST_TODAY = 40
_IS_OPEN = Action.status.not_in((Status.DONE, Status.STOPPED, Status.IDEA))
ON_THE_AGENDA = (Action.archived_at.is_(None), Action.deleted_at.is_(None))


def actions(limit: int | None = None) -> Sequence[Action]:
    """The actions of the workspace we are in, in their order; at most `limit` where it is given."""
    asked = select(Action).where(*ON_THE_AGENDA).order_by(Action.position, Action.id).limit(limit)
    return db.session.scalars(asked).all()


@dataclass(frozen=True, slots=True)
class Shown:
    """An action for Vandaag, and why it is there: due soon of mine, or among the first on the agenda."""

    action: Action
    is_due: bool
    is_first: bool


def to_show_today(member: Membership, first: int) -> Sequence[Shown]:
    """What this member leads or helps with and is late or due within a week, ideas, and the first actions. One statement."""
    due = and_(_is_mine(member), _IS_OPEN, Action.due_on <= clock.today() + A_WEEK)
    top = select(Action.id).where(*ON_THE_AGENDA, _IS_OPEN).order_by(Action.position, Action.id).limit(first)
    is_first = Action.id.in_(top)
    asked = (
        select(Action, due, is_first)
        .where(*ON_THE_AGENDA, or_(due, is_first, Action.status == Status.IDEA))
        .order_by(Action.due_on, Action.position, Action.id)
        .limit(MOST_TODAY)
    )
    return [Shown(action, bool(is_due), among) for action, is_due, among in db.session.execute(asked)]


def newly_due(member: Membership, since: date) -> Sequence[Action]:
    """What this member leads or helps with of which the week before, or the day itself, has passed since a day."""
    today = clock.today()
    came_near = and_(Action.due_on > since + A_WEEK, Action.due_on <= today + A_WEEK)
    passed = and_(Action.due_on >= since, Action.due_on < today)
    asked = select(Action).where(*ON_THE_AGENDA, _IS_OPEN, _is_mine(member), or_(came_near, passed))
    return db.session.scalars(asked.order_by(Action.due_on, Action.id).limit(MOST_TODAY)).all()


def _is_mine(member: Membership) -> ColumnElement[bool]:
    helps = select(ActionHelper.action_id).where(ActionHelper.member_id == member.id)
    return or_(Action.owner_id == member.id, Action.id.in_(helps))


def action_numbered(number: int) -> Action | None:
    """The action with this number, wherever it is (archived or thrown away too); None where there is none."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(select(Action).where(Action.number == number)).one_or_none()
