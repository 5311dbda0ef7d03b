"""From a filter to the conditions that an action has to meet."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Date, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from vitaal.agenda.filters import NONE, Filter
from vitaal.agenda.models import Action, ActionHelper, Status
from vitaal.kernel.clock import AMSTERDAM
from vitaal.kernel.searching import holds
from vitaal.workspaces.models import Membership

Owner = aliased(Membership)
# An action belongs to the organisation that it names, else to that of its owner.
ORGANISATION = func.coalesce(Action.partner_id, Owner.partner_id)
HAS_UNSEEN_OWNER = and_(Action.owner_id.is_not(None), Owner.id.is_(None))
# The day on which an action was done, on Dutch calendars; else that on which it is due.
DAY = case(
    (Action.status == Status.DONE, func.timezone(str(AMSTERDAM), Action.status_at).cast(Date)),
    else_=Action.due_on,
)

_BIGGEST_NUMBER = 2**31 - 1


def conditions(found: Filter, member: Membership) -> list[ColumnElement[bool]]:
    """What an action has to be to be shown; `Owner` has to be joined. What was thrown away never is."""
    return [Action.deleted_at.is_(None), *_asked_for(found, member)]


def _asked_for(found: Filter, member: Membership) -> Iterator[ColumnElement[bool]]:
    yield Action.archived_at.is_not(None) if found.archived else Action.archived_at.is_(None)
    for column, wanted in (
        (ORGANISATION, found.partner),
        (Action.owner_id, found.owner),
        (Action.goal_id, found.goal),
        (Action.group_id, found.group),
        (DAY, found.due_on),
    ):
        if wanted is not None:
            yield column.is_(None) if wanted == NONE else column == wanted
    if found.mine:
        helps = select(ActionHelper.action_id).where(ActionHelper.member_id == member.id)
        yield or_(Action.owner_id == member.id, Action.id.in_(helps))
    if found.stage:
        yield Action.status.in_(found.stage.statuses)
    if found.label:
        yield Action.labels.contains([found.label])
    if found.words:
        yield matches(found.words)


def matches(words: str) -> ColumnElement[bool]:
    """Whether an action holds these words; a number also finds the action with that number."""
    found = holds(Action.search, words)
    if words.isascii() and words.isdigit() and int(words) <= _BIGGEST_NUMBER:
        return or_(found, Action.number == int(words))
    return found
