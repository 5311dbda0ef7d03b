"""Deciding: a decision is written down once, stays readable, and gives way only to a newer one."""

from datetime import date

from sqlalchemy import select

from vitaal.activity.models import record
from vitaal.decisions.models import Decision, How
from vitaal.decisions.origins import Origin, columns_of, write
from vitaal.kernel.db import db, new_id, take_turn
from vitaal.workspaces.models import Circle, Membership


class AlreadyReplaced(RuntimeError):
    """Another decision has taken the place of this one; that is the one to replace."""


def decide(
    text: str, *, how: How, on: date, by: Membership, origin: Origin, circle: str = Circle.OUTER,
    decided_by: str = "", minority: str = "", valid_until: date | None = None,
) -> Decision:  # fmt: skip
    """Write down what was decided, for this circle as far as it may know of where it came from.

    `by` is who writes it down, `decided_by` in words who decided. Raises Gone.
    """
    decision = Decision(
        id=new_id(), text=text, how=how, decided_on=on, decided_by=decided_by, minority=minority,
        valid_until=valid_until, circle=origin.within(circle), by_id=by.id, by_name=by.name, **origin.columns,
    )  # fmt: skip
    write(decision)
    record("decided", "decision", text, by=by, object_id=decision.id, circle=Circle(decision.circle))
    return decision


def replace(
    decision: Decision, text: str, *, how: How, on: date, by: Membership,
    decided_by: str = "", minority: str = "", valid_until: date | None = None,
) -> Decision:  # fmt: skip
    """Let a new decision take the place of another, which stays readable. Raises AlreadyReplaced.

    It is for the same readers: who read the old one should know that it no longer holds. Of two who replace it at
    once the second waits, and is then refused.
    """
    take_turn(f"decision {decision.id}")
    if db.session.scalar(select(Decision.id).where(Decision.replaces_id == decision.id)):
        raise AlreadyReplaced(decision.id)
    newer = Decision(
        id=new_id(), text=text, how=how, decided_on=on, decided_by=decided_by, minority=minority,
        valid_until=valid_until, circle=decision.circle, by_id=by.id, by_name=by.name, replaces_id=decision.id,
        **columns_of(decision),
    )  # fmt: skip
    write(newer)
    record("replaced", "decision", text, by=by, object_id=newer.id, circle=Circle(newer.circle))
    return newer
