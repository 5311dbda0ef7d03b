"""The agenda as lines: what a reader sees of each action, in an order, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_

from vitaal.agenda.models import Action, Goal, Status
from vitaal.agenda.narrowing import ORGANISATION, Owner
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Partner

PAGE = 100

Question = Select[*tuple[Any, ...]]
Order = Sequence[Any]  # columns, the last of which is never the same for two actions


@dataclass(frozen=True, slots=True)
class Line:
    """One action as it stands in a list. `partner` is its organisation, or that of its owner."""

    id: UUID
    number: int
    title: str
    status: str
    starts_on: date | None
    due_on: date | None
    status_at: datetime
    quadrant: str
    circle: str
    archived_at: datetime | None
    goal_id: UUID | None
    goal: str | None
    owner_id: UUID | None
    owner: str | None
    partner_id: UUID | None
    partner: str | None
    partner_kind: str | None
    partner_is_formal: bool | None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return Status(self.status).is_open

    @property
    def done_on(self) -> date | None:
        """The day on which it was done."""
        return clock.day_of(self.status_at) if self.status == Status.DONE else None

    @property
    def closed_on(self) -> date | None:
        """The day on which it was done or stopped."""
        return None if self.is_open else clock.day_of(self.status_at)

    @property
    def day(self) -> date | None:
        """The day on which the calendar shows it: when it was done, else when it is due. `DAY` says the same."""
        return self.done_on or self.due_on

    @property
    def has_unseen_owner(self) -> bool:
        """Whether someone leads it whom the reader does not see."""
        return self.owner_id is not None and self.owner is None

    def days_late(self, today: date) -> int:
        """How many days ago it was due while something is still to be done; 0 when it is not late."""
        return max((today - self.due_on).days, 0) if self.due_on and self.is_open else 0


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines; the last line of the page before this one, and whether there is a page after it."""

    lines: Sequence[Line]
    before: Line | None = None
    has_more: bool = False

    @property
    def next_after(self) -> int | None:
        """The number of the action after which the next page begins, when there is one."""
        return self.lines[-1].number if self.has_more else None


def page(
    wanted: Sequence[ColumnElement[bool]], order: Order, after: int | None = None, most: int = PAGE
) -> Page:
    """The first lines in an order, or those after the action numbered `after`; at most `most`.

    One statement, and one more for a later page. An `after` that is nowhere gives the first page.
    """
    before, key = _last_line(order, after) if after is not None else (None, [])
    asked = lines().where(*wanted).order_by(*order).limit(most + 1)
    rows = read(asked.where(tuple_(*order) > tuple_(*key)) if key else asked)
    return Page(rows[:most], before, has_more=len(rows) > most)


def first_of_each(
    group: Any, most: int, wanted: Sequence[ColumnElement[bool]], order: Order
) -> list[tuple[Line, int]]:
    """The first lines of each group in an order, at most so many, each with how many its group has. One statement."""
    place = func.row_number().over(partition_by=group, order_by=order).label("place")
    asked = lines().add_columns(func.count().over(partition_by=group).label("in_group"), place).where(*wanted)
    ranked = asked.subquery()
    rows = db.session.execute(select(ranked).where(ranked.c.place <= most).order_by(ranked.c.place))
    return [(Line(*columns), in_group) for *columns, in_group, _place in rows]


def line_of(number: int) -> Line | None:
    """The line of one action, wherever it is; None where the reader can't see it."""
    return next(iter(read(lines().where(Action.number == number))), None)


def lines() -> Question:
    """The columns of `Line`, with all that is joined for them."""
    return joined(
        select(
            Action.id, Action.number, Action.title, Action.status, Action.starts_on, Action.due_on, Action.status_at,
            Action.quadrant, Action.circle, Action.archived_at, Action.goal_id, Goal.title, Action.owner_id,
            Owner.name, Partner.id, Partner.name,
            Partner.kind, Partner.is_formal,
        )
    )  # fmt: skip


def joined(asked: Question) -> Question:
    """A question about actions, with their goal, owner and organisation at hand."""
    here = Action.workspace_id
    return (
        asked.select_from(Action)
        .outerjoin(Goal, and_(Goal.workspace_id == here, Goal.id == Action.goal_id))
        .outerjoin(Owner, and_(Owner.workspace_id == here, Owner.id == Action.owner_id))
        .outerjoin(Partner, and_(Partner.workspace_id == here, Partner.id == ORGANISATION))
    )


def read(asked: Question) -> list[Line]:
    """The answer to a question that begins with the columns of `lines`."""
    return [Line(*row) for row in db.session.execute(asked)]


def _last_line(order: Order, number: int) -> tuple[Line | None, list[ColumnElement[Any]]]:
    """The line with this number, and its place in the order."""
    row = db.session.execute(lines().add_columns(*order).where(Action.number == number)).one_or_none()
    if row is None:
        return None, []
    width = len(row) - len(order)
    return Line(*row[:width]), [
        literal(value, column.type) for value, column in zip(row[width:], order, strict=True)
    ]
