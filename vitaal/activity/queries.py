"""What pages ask about what happened and what was said. The wall leaves out what the reader may not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, and_, cast, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import aliased, joinedload

from vitaal.activity.models import Attachment, Comment, Event, Following
from vitaal.activity.topics import Topic
from vitaal.kernel.db import db
from vitaal.workspaces.models import LastSeen, Membership

PAGE = 30
MOST_TOLD = 200  # in a digest; what is older than that was long ago
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


@dataclass(frozen=True, slots=True)
class Told:
    """An event; whether the reader follows what it is about, and whether it asks something of them."""

    event: Event
    is_followed: bool
    asks: bool


def events_by_others(member: Membership, since: datetime, limit: int = MOST_TOLD) -> Sequence[Told]:
    """What others did after a moment, newest first."""
    follows = (
        select(Following.member_id)
        .where(
            Following.workspace_id == Event.workspace_id,
            Following.object_kind == Event.object_kind,
            Following.object_id == Event.object_id,
            Following.member_id == member.id,
            Following.stopped_at.is_(None),
        )
        .exists()
    )
    asked_of = {str(member.id), *(["arranging"] if member.arranges else [])}
    found = db.session.execute(
        _by_others(member, Event, follows).where(Event.happened_at > since).limit(limit)
    )
    return [Told(event, bool(followed), event.detail.get("asks") in asked_of) for event, followed in found]


def _by_others(member: Membership, *columns: Any) -> Select[Any]:
    """Who joined is left out: that is told apart (`workspaces.queries.newcomers`)."""
    others = Event.actor_id.is_distinct_from(member.id)
    return select(*columns).where(others, Event.verb != "joined").order_by(*_NEWEST_FIRST)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some comments, oldest first, and the id before which the earlier ones end, when there are any."""

    comments: Sequence[Comment]
    earlier: UUID | None


def page_of_comments(topic: Topic, before: UUID | None = None, size: int = PAGE) -> CommentPage:
    """The newest comments about a topic, or those before the comment `before`, with who they speak for."""
    asked = (
        select(Comment)
        .where(Comment.object_kind == topic.kind, Comment.object_id == topic.id)
        .options(joinedload(Comment.partner))
        .order_by(Comment.said_at.desc(), Comment.id.desc())
        .limit(size + 1)
    )
    if before is not None:
        last = aliased(Comment)
        moment = select(last.said_at).where(last.id == before).scalar_subquery()
        asked = asked.where(tuple_(Comment.said_at, Comment.id) < tuple_(moment, literal(before)))
    found = db.session.scalars(asked).all()
    comments = found[:size][::-1]
    return CommentPage(comments, comments[0].id if len(found) > size else None)


def attachments_of(topic: Topic, reader: Membership, *, gone_since: datetime) -> Sequence[Attachment]:
    """The attachments of a topic, newest first; and those that the reader took away after a moment."""
    mine_to_bring_back = and_(Attachment.removed_by_id == reader.id, Attachment.removed_at > gone_since)
    return db.session.scalars(
        select(Attachment)
        .where(
            Attachment.object_kind == topic.kind,
            Attachment.object_id == topic.id,
            or_(Attachment.removed_at.is_(None), mine_to_bring_back),
        )
        .order_by(Attachment.added_at.desc(), Attachment.id.desc())
    ).all()


def unheard(member: Membership, since: datetime | None = None, limit: int = 200) -> Sequence[Comment]:
    """What others said in what a member follows, or to them by name, that they have not seen; newest first.

    `since` leaves out what was said earlier. A comment that was changed speaks anew to who is mentioned in it.
    """
    to_me = Comment.mentions.has_key(str(member.id))
    moment = func.coalesce(Comment.edited_at, Comment.said_at)
    is_new = or_(
        Following.seen_at.is_(None),
        Comment.said_at > Following.seen_at,
        and_(to_me, moment > Following.seen_at),
    )
    asked = (
        select(Comment)
        .join(
            Following,
            and_(
                Following.workspace_id == Comment.workspace_id,
                Following.object_kind == Comment.object_kind,
                Following.object_id == Comment.object_id,
            ),
        )
        .where(
            Following.member_id == member.id,
            Comment.author_id != member.id,
            Comment.withdrawn_at.is_(None),
            or_(to_me, and_(Following.stopped_at.is_(None), Comment.said_at >= Following.since_at)),
            is_new,
            or_(Comment.said_at > since, and_(to_me, moment > since)) if since else true(),
        )
    )
    return db.session.scalars(asked.order_by(Comment.said_at.desc(), Comment.id.desc()).limit(limit)).all()


def said_to_helped(helper: Membership, since: datetime, limit: int = PAGE) -> Sequence[tuple[Comment, str]]:
    """What was said after a moment to members whom this member helps, newest first, each with that member's name."""
    rows = db.session.execute(
        select(Comment, Membership.name)
        .join(Membership, Comment.mentions.has_key(cast(Membership.id, Text)))
        .where(
            Membership.helper_id == helper.id,
            Membership.left_at.is_(None),
            Comment.author_id != helper.id,
            Comment.withdrawn_at.is_(None),
            func.coalesce(Comment.edited_at, Comment.said_at) > since,
        )
        .order_by(Comment.said_at.desc(), Comment.id.desc())
        .limit(limit)
    ).all()
    return [(comment, name) for comment, name in rows]


def comment_about(topic: Topic, comment_id: UUID) -> Comment | None:
    """The comment with this id about this topic; None when there is none, or the reader may not see it."""
    return db.session.scalars(_about(Comment, topic).where(Comment.id == comment_id)).one_or_none()


def attachment_of(topic: Topic, attachment_id: UUID) -> Attachment | None:
    """The attachment with this id of this topic; None when there is none, or the reader may not see it."""
    return db.session.scalars(_about(Attachment, topic).where(Attachment.id == attachment_id)).one_or_none()


def _about(model: Any, topic: Topic) -> Any:
    return select(model).where(model.object_kind == topic.kind, model.object_id == topic.id)
