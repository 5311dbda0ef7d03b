"""How a change to an action is told: in the history of the workspace, and at once to who now leads it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from vitaal.activity.models import record
from vitaal.agenda.mails import new_owner
from vitaal.agenda.models.status import Status
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.people.models import Person
from vitaal.post.compose import send
from vitaal.workspaces.models import Circle, Membership
from vitaal.workspaces.queries import this_workspace

SOON = timedelta(days=2)


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


def write_to_owner(
    title: str, number: int, owner_id: UUID, due_on: date | None, circle: Circle, *, by: Membership
) -> None:
    """Write at once to who got an action that is due within two days, unless they took it themselves.

    Nobody learns in this way of an action that they may not see, as who helps an insider may not.
    """
    found = reader_for(owner_id, circle, by=by) if is_soon(due_on) else None
    if found and due_on:
        person, owner = found
        send(new_owner(person, owner, this_workspace(), title=title, number=number, due_on=due_on, by=by))


def is_soon(due_on: date | None) -> bool:
    """Whether it is due so soon that its owner has to know at once."""
    return due_on is not None and due_on <= clock.today() + SOON


def reader_for(owner_id: UUID, circle: Circle, *, by: Membership) -> tuple[Person, Membership] | None:
    """Who reads what an owner has to know at once, and that owner; None where they did it themselves, or are gone.

    For a member without an account that is who helps them.
    """
    owner = here(Membership, owner_id)
    reader = here(Membership, owner.helper_id) if owner and owner.helper_id else owner
    if owner is None or reader is None or by.id in (owner.id, reader.id) or reader.left_at:
        return None
    if circle == Circle.INNER and not reader.is_inside:
        return None
    return db.session.get_one(Person, reader.person_id), owner
