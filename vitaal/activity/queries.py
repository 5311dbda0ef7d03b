"""What pages ask about what happened. The wall leaves out what the reader's circle may not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import aliased

from vitaal.activity.models import Event
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership

PAGE = 30
_NEWEST_FIRST = (Event.happened_at.desc(), Event.id.desc())


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, newest first, and the id before which the next page begins, when there is one."""

    events: Sequence[Event]
    earlier: UUID | None


def page_of_events(before: UUID | None = None, size: int = PAGE) -> Page:
    """The newest events, or those before the event `before`; an unknown id gives an empty page."""
    asked = select(Event).order_by(*_NEWEST_FIRST).limit(size + 1)
    if before is not None:
        last = aliased(Event)
        moment = select(last.happened_at).where(last.id == before).scalar_subquery()
        asked = asked.where(tuple_(Event.happened_at, Event.id) < tuple_(moment, literal(before)))
    found = db.session.scalars(asked).all()
    events = found[:size]
    return Page(events, events[-1].id if len(found) > size else None)


def events_by_others(
    member: Membership, *, since: datetime | None = None, limit: int = PAGE
) -> Sequence[Event]:
    """What others did, newest first, after `since` where it is given. Who joined is told apart: `newcomers`."""
    asked = (
        select(Event)
        .where(Event.actor_id.is_distinct_from(member.id), Event.verb != "joined")
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
    )
    if since is not None:
        asked = asked.where(Event.happened_at > since)
    return db.session.scalars(asked).all()
