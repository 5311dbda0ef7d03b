"""The agenda as a table to take along: the actions that a filter shows, as this reader may see them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Text, and_, case, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from vitaal.agenda.action_words import AUDIENCES
from vitaal.agenda.columns import COLUMNS
from vitaal.agenda.filters import Filter
from vitaal.agenda.lines import joined
from vitaal.agenda.models import Action, ActionHelper, Goal, Status, WorkingGroup
from vitaal.agenda.narrowing import HAS_UNSEEN_OWNER, Owner, conditions
from vitaal.agenda.words import STATUSES, UNSEEN
from vitaal.kernel.db import db
from vitaal.kernel.sheets import Value
from vitaal.kernel.sheets.writing import Head
from vitaal.workspaces.models import Circle, Membership, Partner

_AT_ONCE = 500


def heads() -> list[Head]:
    """What stands above the columns, in the reader's language."""
    return [Head(str(column.name), column.width) for column in COLUMNS]


def rows(found: Filter, member: Membership) -> Iterator[list[Value]]:
    """The cells of each action, in the order of the goals and of the agenda. One statement, read some at a time."""
    asked = joined(select(*_cells())).outerjoin(
        WorkingGroup,
        and_(WorkingGroup.workspace_id == Action.workspace_id, WorkingGroup.id == Action.group_id),
    )
    order = (Goal.position.nulls_last(), Goal.id, Action.position, Action.id)
    asked = asked.where(*conditions(found, member)).order_by(*order).execution_options(yield_per=_AT_ONCE)
    statuses = {status: str(words) for status, words in STATUSES.items()}
    audiences = {circle: str(words) for circle, words in AUDIENCES.items()}
    for row in db.session.execute(asked):
        cells = dict(zip((column.key for column in COLUMNS), row, strict=True))
        cells |= {"status": statuses[Status(row.status)], "circle": audiences[Circle(row.circle)]}
        yield list(cells.values())


def _cells() -> list[Any]:
    """A column of the question for each of COLUMNS; the organisation is the one that the list shows."""
    helper = aliased(Membership)
    helpers = (
        select(func.string_agg(helper.name, aggregate_order_by(literal(", ", Text), ActionHelper.since_at)))
        .select_from(ActionHelper)
        .join(
            helper,
            and_(helper.workspace_id == ActionHelper.workspace_id, helper.id == ActionHelper.member_id),
        )
        .where(ActionHelper.workspace_id == Action.workspace_id, ActionHelper.action_id == Action.id)
    )
    asked: dict[str, Any] = {
        "number": Action.number,
        "title": Action.title,
        "reason": Action.reason,
        "goal": Goal.title,
        "owner": case((HAS_UNSEEN_OWNER, literal(str(UNSEEN))), else_=Owner.name),
        "partner": Partner.name,
        "group": WorkingGroup.name,
        "starts_on": Action.starts_on,
        "due_on": Action.due_on,
        "status": Action.status,
        "stop_reason": Action.stop_reason,
        "labels": func.array_to_string(Action.labels, ", "),
        "serves": Action.serves,
        "circle": Action.circle,
        "helpers": helpers.scalar_subquery(),
    }
    return [asked[column.key].label(column.key) for column in COLUMNS]
