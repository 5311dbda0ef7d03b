"""What pages ask about what happened. The wall leaves out what the reader's circle may not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.orm import aliased

from vitaal.activity.models import Event
from vitaal.kernel.db import db
from vitaal.workspaces.models import LastSeen, Membership

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


def latest_by_others(member: Membership, limit: int) -> Sequence[tuple[Event, bool]]:
    """The latest that others did, newest first, and of each whether the member has not seen it yet."""
    seen_at = select(LastSeen.seen_at).where(LastSeen.member_id == member.id).scalar_subquery()
    is_new = Event.happened_at > func.coalesce(seen_at, member.joined_at)
    rows = db.session.execute(_by_others(member, Event, is_new).limit(limit)).all()
    return [(event, new) for event, new in rows]


def events_by_others(member: Membership, since: datetime, limit: int = PAGE) -> Sequence[Event]:
    """What others did after a moment, newest first."""
    return db.session.scalars(_by_others(member, Event).where(Event.happened_at > since).limit(limit)).all()


def _by_others(member: Membership, *columns: Any) -> Select[Any]:
    """Who joined is left out: that is told apart (`workspaces.queries.newcomers`)."""
    others = Event.actor_id.is_distinct_from(member.id)
    return select(*columns).where(others, Event.verb != "joined").order_by(*_NEWEST_FIRST)
