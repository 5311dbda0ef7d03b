"""What pages ask about challenges, goals and who stands behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from vitaal.agenda.models import Action, Backing, Challenge, Goal, Indicator, Status
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Partner


@dataclass
class GoalInView:
    """A goal with what is known of it: how far its actions are, its indicators, and the partners' words."""

    goal: Goal
    counts: dict[str, int] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    backings: list[Backing] = field(default_factory=list)

    @property
    def behind_it(self) -> list[Backing]:
        """The partners that stand behind it."""
        return [backing for backing in self.backings if backing.stands_behind]

    @property
    def hesitating(self) -> list[Backing]:
        """The partners that do not stand behind it yet."""
        return [backing for backing in self.backings if not backing.stands_behind]

    @property
    def total(self) -> int:
        """How many actions it has."""
        return sum(count for status, count in self.counts.items() if status != Status.STOPPED)

    @property
    def done(self) -> int:
        """How many of those are done."""
        return self.counts.get(Status.DONE, 0)


def challenges(*, archived: bool = False) -> Sequence[Challenge]:
    """The challenges in their order; those in the archive where asked."""
    which = Challenge.archived_at.is_not(None) if archived else Challenge.archived_at.is_(None)
    return db.session.scalars(select(Challenge).where(which).order_by(Challenge.position, Challenge.id)).all()


def goals_in_view(*, archived: bool = False) -> list[GoalInView]:
    """All goals in their order, with what is known of them. Four statements."""
    which = Goal.archived_at.is_not(None) if archived else Goal.archived_at.is_(None)
    return _in_view(db.session.scalars(select(Goal).where(which).order_by(Goal.position, Goal.id)).all())


def goal_in_view(goal: Goal) -> GoalInView:
    """One goal with what is known of it."""
    return _in_view([goal])[0]


def goal_with(goal_id: UUID) -> Goal | None:
    """The goal with this id; None where there is none."""
    return here(Goal, goal_id)


def challenge_with(challenge_id: UUID) -> Challenge | None:
    """The challenge with this id; None where there is none."""
    return here(Challenge, challenge_id)


def inner_partners() -> Sequence[Partner]:
    """The partners of the inner circle, by name: those whose word about a goal is awaited."""
    inner = (Partner.circle == Circle.INNER, Partner.left_at.is_(None))
    return db.session.scalars(select(Partner).where(*inner).order_by(func.lower(Partner.name))).all()


def _in_view(goals: Sequence[Goal]) -> list[GoalInView]:
    found = {goal.id: GoalInView(goal) for goal in goals}
    counted = db.session.execute(
        select(Action.goal_id, Action.status, func.count())
        .where(Action.goal_id.in_(found), *ON_THE_AGENDA)
        .group_by(Action.goal_id, Action.status)
    )
    for goal_id, status, count in counted:
        if goal_id:
            found[goal_id].counts[status] = count
    for indicator in db.session.scalars(
        select(Indicator).where(Indicator.goal_id.in_(found)).order_by(Indicator.position)
    ):
        found[indicator.goal_id].indicators.append(indicator)
    for backing in db.session.scalars(
        select(Backing)
        .join(Backing.partner)
        .options(contains_eager(Backing.partner))
        .where(Backing.goal_id.in_(found), Partner.left_at.is_(None))
        .order_by(Backing.said_at)
    ):
        found[backing.goal_id].backings.append(backing)
    return list(found.values())
