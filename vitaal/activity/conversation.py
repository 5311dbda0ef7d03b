"""Talking about something: saying, improving what you said, taking it away, and taking that back.

What was taken away keeps its place, so that what others answered still makes sense.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text as sql

from vitaal.activity import following
from vitaal.activity.models import Comment
from vitaal.activity.noticing import tell_mentioned
from vitaal.activity.topics import Topic
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.promises import Promise, promise
from vitaal.workspaces.models import Circle, Membership

EDITABLE_FOR = timedelta(days=1)  # others rely on what you said; after a day you say it anew
WAY_BACK = timedelta(days=30)
FORGET = "activity.forget_comment"


class TooLate(RuntimeError):
    """It was possible for a while, and that while is over."""


def say(
    topic: Topic, text: str, *, by: Membership, mentions: Mapping[str, list[str]] | None = None
) -> Comment:
    """Say something about a topic. Who speaks, whom it concerns and who is mentioned follow it from then on.

    Who is mentioned hears it at once.
    """
    comment = Comment(
        id=new_id(),
        object_kind=topic.kind,
        object_id=topic.id,
        circle=topic.circle,
        author_id=by.id,
        author_name=by.name,
        partner_id=by.partner_id,
        text=text,
        mentions=dict(mentions or {}),
        said_at=clock.now(),
    )
    db.session.add(comment)
    db.session.flush()
    following.begin(topic, {by.id, *topic.concerned, *_ids(comment.mentions)}, comment.said_at)
    tell_mentioned(comment, _ids(comment.mentions))
    return comment


def may_be_edited(comment: Comment) -> bool:
    """Whether its author can still improve it."""
    return comment.withdrawn_at is None and clock.now() < comment.said_at + EDITABLE_FOR


def edit(
    comment: Comment, text: str, *, topic: Topic, mentions: Mapping[str, list[str]] | None = None
) -> None:
    """Say it better; whom it mentions now follows the topic and hears it at once. Raises TooLate."""
    if not may_be_edited(comment):
        raise TooLate(comment.id)
    wanted = dict(mentions or {})
    if (comment.text, comment.mentions) == (text, wanted):
        return
    new = _ids(wanted) - _ids(comment.mentions)
    comment.text, comment.mentions, comment.edited_at = text, wanted, clock.now()
    db.session.flush()
    following.begin(topic, new, comment.edited_at)
    tell_mentioned(comment, new)


def withdraw(comment: Comment, *, by: Membership) -> None:
    """Take a comment away. Its text can come back for thirty days, and is forgotten after that."""
    if comment.withdrawn_at is not None:
        return
    comment.withdrawn_at = clock.now()
    comment.withdrawn_by_id, comment.withdrawn_by_name = by.id, by.name
    promise(FORGET, comment.id, due_at=comment.withdrawn_at + WAY_BACK)
    db.session.flush()


def may_come_back(comment: Comment) -> bool:
    """Whether a comment that was taken away is not forgotten yet."""
    return comment.withdrawn_at is not None and clock.now() < comment.withdrawn_at + WAY_BACK


def bring_back(comment: Comment) -> None:
    """Put a comment back that was taken away. Raises TooLate."""
    if comment.withdrawn_at is None:
        return
    if not may_come_back(comment):
        raise TooLate(comment.id)
    comment.withdrawn_at, comment.withdrawn_by_id, comment.withdrawn_by_name = None, None, ""
    db.session.flush()


def follow_circle(kind: str, object_id: UUID, circle: Circle) -> None:
    """Keep everything that was said about an object, and who follows it, in the circle that sees the object.

    Call it in the transaction that changes the object's circle. The wall refuses it to the outer circle.
    """
    db.session.execute(
        sql("SELECT wall.follow_circle(:kind, :id, :circle)"),
        {"kind": kind, "id": object_id, "circle": circle.value},
    )


def forget(promise: Promise) -> None:
    """Forget the words of a comment that was taken away thirty days ago (the worker keeps this promise)."""
    db.session.execute(
        sql("SELECT wall.forget_comment(:workspace, :comment, :before)"),
        {
            "workspace": promise.scope_id,
            "comment": promise.subject_id,
            "before": clock.now() - WAY_BACK,
        },
    )


def _ids(mentions: Mapping[str, list[str]]) -> set[UUID]:
    return {UUID(member_id) for member_id in mentions}
