"""Following: who made something, helps with it, spoke about it or was mentioned, follows it by themselves.

Who stopped is left alone. Who follows what is nobody else's business: the wall shows a member only their own.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity.models import Following
from vitaal.activity.topics import Topic
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.workspaces.models import Membership


def begin(topic: Topic, member_ids: Iterable[UUID], since: datetime) -> None:
    """Let members follow a topic who don't yet; who stopped doesn't begin again."""
    rows = [
        {
            "workspace_id": the_workspace_id(),
            "object_kind": topic.kind,
            "object_id": topic.id,
            "member_id": member_id,
            "circle": topic.circle,
            "since_at": since,
        }
        for member_id in sorted(set(member_ids))
    ]
    if rows:
        db.session.execute(insert(Following).values(rows).on_conflict_do_nothing())


def follow(topic: Topic, member: Membership) -> None:
    """A member wants to follow a topic from now on."""
    _choose(topic, member, stopped_at=None)


def stop(topic: Topic, member: Membership) -> None:
    """A member no longer wants to follow a topic, whatever happens."""
    _choose(topic, member, stopped_at=clock.now())


def of(member: Membership, topic: Topic) -> Following | None:
    """What a member wants with a topic, when they ever chose or something chose for them."""
    return db.session.get(Following, (the_workspace_id(), topic.kind, topic.id, member.id))


def is_followed(topic: Topic, member: Membership, following: Following | None) -> bool:
    """Whether a member follows a topic: who never chose follows what concerns them."""
    if following is None:
        return member.id in topic.concerned
    return following.stopped_at is None


def mark_seen(following: Following, seen_at: datetime) -> None:
    """Remember that the member has seen what was said until a moment."""
    following.seen_at = max(seen_at, following.seen_at or seen_at)


def _choose(topic: Topic, member: Membership, stopped_at: datetime | None) -> None:
    now = clock.now()
    begin(topic, [member.id], now)
    chosen = (
        {"stopped_at": stopped_at} if stopped_at else {"stopped_at": None, "since_at": now, "seen_at": now}
    )
    db.session.execute(
        update(Following)
        .where(
            Following.object_kind == topic.kind,
            Following.object_id == topic.id,
            Following.member_id == member.id,
            Following.stopped_at.is_(None) == bool(stopped_at),
        )
        .values(chosen)
    )
