"""How a change to an action is told: in the history of the workspace, and at once to who now leads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from vitaal.activity.models import record
from vitaal.activity.noticing import becomes_soon_at, is_soon, tell_at_once
from vitaal.agenda.models.status import Status
from vitaal.kernel import clock
from vitaal.kernel.db import here
from vitaal.kernel.promises import promise_for_each
from vitaal.workspaces.models import Membership

GIVEN, GIVEN_MANY, DUE = "given", "given_many", "due"  # what someone hears at once
SOON_DUE = "agenda.soon_due"


def tell_change(title: str, before: Mapping[str, Any], after: Mapping[str, Any], **about: Any) -> None:
    """Write down what was done to an action, in the words that fit best; `about` is what `record` takes."""
    match after:
        case {"deleted_at": None} | {"archived_at": None}:
            record("brought_back", "action", title, **about)
        case {"deleted_at": _}:
            record("threw_away", "action", title, **about)
        case {"archived_at": _}:
            record("archived", "action", title, **about)
        case {"status": _} if before["status"] == Status.IDEA:
            _tell_answer(title, after, **about)
        case {"status": Status.DONE}:
            record("finished", "action", title, **about)
        case {"status": Status.STOPPED}:
            record("stopped", "action", title, reason=after["stop_reason"], **about)
        case {"owner_id": UUID() as owner_id}:
            _tell_owner(title, owner_id, **about)
        case _:
            record("changed", "action", title, what=sorted(after), **about)


def _tell_answer(title: str, after: Mapping[str, Any], **about: Any) -> None:
    if after["status"] == Status.STOPPED:
        record("put_aside", "action", title, reason=after["stop_reason"], **about)
    else:
        record("accepted", "action", title, **about)


def _tell_owner(title: str, owner_id: UUID, *, by: Membership, **about: Any) -> None:
    """In `asks` stands whom their own digest tells it apart."""
    owner = here(Membership, owner_id)
    asks = "" if owner_id == by.id else str(owner_id)
    record("gave", "action", title, by=by, owner=owner.open_name if owner else "", asks=asks, **about)


def tell_given(action_id: UUID, owner_id: UUID, *, version: int, by: Membership) -> None:
    """Let who leads an action from now on know it at once, unless they took it themselves."""
    owner = here(Membership, owner_id)
    if owner:
        tell_at_once(GIVEN, action_id, [owner], again=str(version), by=by)


def tell_moved(action_id: UUID, owner_id: UUID, due_on: date | None, *, by: Membership) -> None:
    """Let who leads an action know at once that it is now due soon, unless they chose that day themselves."""
    owner = here(Membership, owner_id) if is_soon(due_on) else None
    if owner and due_on:
        tell_at_once(DUE, action_id, [owner], again=due_on.isoformat(), by=by)


def promise_in_time(days: Mapping[UUID, date | None]) -> None:
    """Promise to let the owners of these actions know when the day on which each is due comes near."""
    moments = {action_id: becomes_soon_at(due_on) for action_id, due_on in days.items() if due_on}
    now = clock.now()
    promise_for_each(SOON_DUE, {action_id: moment for action_id, moment in moments.items() if moment > now})
