"""Changing many actions at once, or taking them along to a next period: all of it happens, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from vitaal.activity.models import record
from vitaal.agenda.models import Action, Status
from vitaal.agenda.models.action import append_copies
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, Membership

MOST = 200

_UNFINISHED = (*ON_THE_AGENDA, Action.status.not_in((Status.DONE, Status.STOPPED, Status.IDEA)))


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter: its first day and its last."""

    first: date
    last: date

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        """The quarter that a day lies in."""
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return cls(first, first + relativedelta(months=3, days=-1))

    @property
    def after(self) -> "Period":
        """The quarter after it."""
        return Period.quarter_of(self.last + relativedelta(days=1))

    @property
    def before(self) -> "Period":
        """The quarter before it."""
        return Period.quarter_of(self.first - relativedelta(days=1))

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.first.month + 2) // 3


def numbered(numbers: Sequence[int]) -> Sequence[Action]:
    """The actions with these numbers that are on the agenda, at most MOST, in the order of their ids."""
    asked = select(Action).where(Action.number.in_(numbers[:MOST]), *ON_THE_AGENDA)
    return db.session.scalars(asked.order_by(Action.id)).all()


def change_all(actions: Sequence[Action], wanted: dict[str, Any], *, by: Membership) -> list[int]:
    """Change the same fields of many actions; returns the numbers of those that became different.

    It is told once, as one thing; but who leads some of it from now on is told of each. Raises EndsBeforeStart or
    NoReason, and then nothing may be kept.
    """
    names_owner = wanted.get("owner_id") is not None
    changed = [action for action in actions if action.change(by=by, is_told=names_owner, **wanted)]
    if changed and not names_owner:
        _tell_once(changed, by, wanted)
    return [action.number for action in changed]


def unfinished_in(period: Period) -> Sequence[Action]:
    """What was to be done in a period and is not, in the order of the agenda."""
    asked = select(Action).where(*_UNFINISHED, Action.due_on.between(period.first, period.last))
    return db.session.scalars(asked.order_by(Action.position, Action.id).limit(MOST)).all()


def take_along(actions: Sequence[Action], since: Period, to: Period, *, by: Membership) -> int:
    """Begin these actions anew in another period: copies with their steps, and days as many months later.

    The old ones go to the archive, so that the past stays as it was. What is there already, because someone did
    this at the same moment, stays there. Returns how many came along.
    """
    months = (to.first.year - since.first.year) * 12 + to.first.month - since.first.month
    held = _held(actions)
    copies = append_copies([(action, _moved(action, months)) for action in held], by=by)
    for action in held:
        action.change(by=by, is_told=False, archived_at=clock.now())
    if copies:
        name = f"{to.first.year}, {to.number}"
        for circle, some in _by_circle(copies):
            record("took_along", "period", name, by=by, circle=circle, number=len(some))
    return len(copies)


def _held(actions: Sequence[Action]) -> list[Action]:
    """Those that are still unfinished, in the same order, kept from changing until this transaction ends."""
    ids = [action.id for action in actions]
    asked = select(Action).where(Action.id.in_(ids), *_UNFINISHED).order_by(Action.id)
    rows = db.session.scalars(asked.with_for_update(of=Action), execution_options={"populate_existing": True})
    found = {action.id: action for action in rows}
    return [found[action_id] for action_id in ids if action_id in found]


def _tell_once(changed: Sequence[Action], by: Membership, wanted: dict[str, Any]) -> None:
    for circle, some in _by_circle(changed):
        record("changed", "actions", "", by=by, circle=circle, number=len(some), what=sorted(wanted))


def _by_circle(actions: Sequence[Action]) -> Iterator[tuple[Circle, Sequence[Action]]]:
    """The actions that each circle may know of, so that nobody counts what they may not see."""
    for circle in Circle.OUTER, Circle.INNER:
        some = [action for action in actions if action.circle == circle]
        if some:
            yield circle, some


def _moved(action: Action, months: int) -> dict[str, Any]:
    later = relativedelta(months=months)
    return {
        "starts_on": action.starts_on + later if action.starts_on else None,
        "due_on": action.due_on + later if action.due_on else None,
        "repeats": action.repeats,
    }
