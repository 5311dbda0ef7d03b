"""What a report asks about the agenda: how actions, goals and meetings were in a period."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.sql.selectable import LateralFromClause

from vitaal.agenda.lines import joined
from vitaal.agenda.models import Action, ActionChange, Challenge, Goal, Indicator, Meeting, Status
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, Partner
from vitaal.workspaces.reporting import Period

Standing = TypeVar("Standing", Challenge, Goal)

_AT_WORK = (Status.TO_DO, Status.DOING, Status.WAITING)


@dataclass(frozen=True, slots=True)
class Then:
    """An action as it was when a period ended: its status, and since when it had that."""

    action: Action
    goal: str | None
    partner: Partner | None
    status: str
    since: datetime


def actions_in(period: Period) -> list[Then]:
    """What was finished or stopped in a period, and what was still to be done when it ended. One statement.

    An idea that was put aside never was an action. What was thrown away is left out.
    """
    last, later = _last_change(period.ends_before), _change_after(period.ends_before)
    status = func.coalesce(last.c.became, later.c.was, Action.status)
    began_so = case((later.c.was.is_not(None), Action.created_at), else_=Action.status_at)
    since = func.coalesce(last.c.at, began_so)
    closed = and_(
        status.in_((Status.DONE, Status.STOPPED)),
        last.c.was.is_distinct_from(Status.IDEA),
        since >= period.begins_at,
        since < period.ends_before,
    )
    at_work = and_(status.in_(_AT_WORK), _is_shown_until(Action.archived_at, period))
    asked = (
        joined(select(Action, Goal.title, Partner, status, since))
        .outerjoin(last, true())
        .outerjoin(later, true())
        .where(
            Action.created_at < period.ends_before, Action.deleted_at.is_(None), or_(closed, at_work)
        )
        .order_by(Action.position, Action.id)
    )  # fmt: skip
    return [Then(*row) for row in db.session.execute(asked)]


def goals_in(
    period: Period,
) -> tuple[Sequence[Challenge], Sequence[Goal], Mapping[UUID, Sequence[Indicator]]]:
    """The challenges and the goals that stood when a period ended, and by what people notice these. Three statements."""
    challenges, goals = _standing(Challenge, period), _standing(Goal, period)
    indicators: dict[UUID, list[Indicator]] = defaultdict(list)
    of_goals = Indicator.goal_id.in_([goal.id for goal in goals])
    for indicator in db.session.scalars(select(Indicator).where(of_goals).order_by(Indicator.position)):
        indicators[indicator.goal_id].append(indicator)
    return challenges, goals, indicators


def meetings_held(period: Period) -> Sequence[Meeting]:
    """The meetings that began in a period and are over, the first one first."""
    return db.session.scalars(
        select(Meeting)
        .where(
            Meeting.starts_at >= period.begins_at,
            Meeting.starts_at < period.ends_before,
            Meeting.ends_at <= clock.now(),
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def known_to(meeting: Meeting) -> Circle:
    """The outermost circle that may know of a meeting: until it is sent only the inside does."""
    return Circle(meeting.circle) if meeting.sent_at else Circle.INNER


def _standing(model: type[Standing], period: Period) -> Sequence[Standing]:
    """Those that stood when a period ended, in their order."""
    return db.session.scalars(
        select(model)
        .where(model.created_at < period.ends_before, _is_shown_until(model.archived_at, period))
        .order_by(model.position, model.id)
    ).all()


def _is_shown_until(archived_at: Any, period: Period) -> ColumnElement[bool]:
    """Whether something was not in the archive yet when a period ended."""
    return or_(archived_at.is_(None), archived_at >= period.ends_before)


def _last_change(moment: datetime) -> LateralFromClause:
    """How an action's status last changed before a moment."""
    return _status_changes(ActionChange.changed_at < moment, ActionChange.version.desc())


def _change_after(moment: datetime) -> LateralFromClause:
    """How an action's status first changed from a moment on."""
    return _status_changes(ActionChange.changed_at >= moment, ActionChange.version)


def _status_changes(when: ColumnElement[bool], order: Any) -> LateralFromClause:
    return (
        select(
            ActionChange.changed_at.label("at"),
            ActionChange.before["status"].astext.label("was"),
            ActionChange.after["status"].astext.label("became"),
        )
        .where(
            ActionChange.workspace_id == Action.workspace_id,
            ActionChange.action_id == Action.id,
            ActionChange.after.has_key("status"),
            when,
        )
        .order_by(order)
        .limit(1)
        .correlate(Action)
        .lateral()
    )
