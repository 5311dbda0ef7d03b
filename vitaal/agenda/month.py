"""The calendar: a month in weeks, and on each day the first actions that are due or were done then."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vitaal.agenda.filters import Filter
from vitaal.agenda.lines import Line, first_of_each
from vitaal.agenda.models import Action
from vitaal.agenda.narrowing import DAY, conditions
from vitaal.workspaces.models import Membership

ON_A_DAY = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the calendar: some of what is due or was done then, and how many there are."""

    on: date
    is_in_month: bool
    lines: Sequence[Line]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


def first_day(start: date | None, today: date) -> date:
    """The first day of the month that is asked for, else of this one."""
    return (start or today).replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def weeks(found: Filter, member: Membership, first: date) -> list[list[Day]]:
    """The weeks of the month that begins on `first`, each of seven days from Monday. One statement."""
    shown = Calendar().monthdatescalendar(first.year, first.month)
    wanted = [*conditions(found, member), DAY.between(shown[0][0], shown[-1][-1])]
    due = first_of_each(DAY, ON_A_DAY, wanted, [Action.position, Action.id])
    counts = {line.day: count for line, count in due}
    return [
        [
            Day(on, on.month == first.month, [line for line, _ in due if line.day == on], counts.get(on, 0))
            for on in week
        ]
        for week in shown
    ]
