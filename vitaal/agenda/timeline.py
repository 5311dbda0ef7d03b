"""The timeline: a year in quarters, with the actions of each goal from their first day to their last.

What is done goes on to the day on which it was done, and not to the day that was planned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select

from vitaal.agenda.filters import NONE, Filter
from vitaal.agenda.lines import Line, Page, joined, page
from vitaal.agenda.models import Action, Goal
from vitaal.agenda.narrowing import DAY, conditions
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership

QUARTERS = 4
_LAST = 2**31 - 1
_ENDS = func.coalesce(DAY, Action.starts_on)
_BEGINS = func.least(Action.starts_on, _ENDS)


@dataclass(frozen=True, slots=True)
class Bar:
    """An action on the timeline: from which quarter that is shown to which, counted from 1."""

    line: Line
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    """A goal, or what has none, with its actions in these quarters."""

    title: str
    bars: Sequence[Bar]


def first_day(start: date | None, today: date) -> date:
    """The first day of the quarter that is asked for, else of this one."""
    day = start or today
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarters(first: date) -> list[date]:
    """The first days of the quarters that are shown."""
    return [later(first, number) for number in range(QUARTERS)]


def later(first: date, count: int) -> date:
    """The first day of the quarter that lies `count` quarters after this one."""
    years, month = divmod(first.month - 1 + 3 * count, 12)
    return date(first.year + years, month + 1, 1)


def page_of_timeline(found: Filter, member: Membership, first: date, after: int | None = None) -> Page:
    """The actions with a day in the quarters from `first`, by goal and by day: the first, or those after one."""
    order = [
        func.coalesce(Goal.position, _LAST), func.coalesce(Goal.id, NONE), _BEGINS, Action.position, Action.id,
    ]  # fmt: skip
    return page(_wanted(found, member, first), order, after)


def count(found: Filter, member: Membership, first: date) -> int:
    """How many actions have a day in the quarters from `first`. One statement."""
    asked = joined(select(func.count())).where(*_wanted(found, member, first))
    return db.session.scalar(asked) or 0


def rows(lines: Sequence[Line], first: date) -> Iterator[Row]:
    """The lines of a page by goal, each with the quarters that it lies in."""
    for _goal, found in groupby(lines, key=lambda line: line.goal_id):
        bars = [_bar(line, first) for line in found]
        yield Row(bars[0].line.goal or _("Nog zonder doel"), bars)


def last_day(first: date) -> date:
    """The last day that is shown."""
    return later(first, QUARTERS) - timedelta(days=1)


def _wanted(found: Filter, member: Membership, first: date) -> list[ColumnElement[bool]]:
    return [*conditions(found, member), later(first, QUARTERS) > _BEGINS, first <= _ENDS]


def _bar(line: Line, first: date) -> Bar:
    ends = line.day or line.starts_on
    begins = min(line.starts_on, ends) if line.starts_on and ends else ends
    return Bar(line, _place(begins, first), _place(ends, first))


def _place(day: date | None, first: date) -> int:
    """The number of the quarter that a day lies in; before and after them that of the first and last."""
    return max(sum(quarter <= day for quarter in quarters(first)) if day else 1, 1)
