"""Following meetings and actions in one's own calendar program, at a secret address.

Who presents the secret gets what its owner may see, as long as its owner takes part and did not revoke it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from vitaal.agenda import calendar
from vitaal.agenda.calendar import Deadline
from vitaal.agenda.models import (
    Action,
    ActionHelper,
    Answer,
    CalendarFeed,
    FeedKind,
    Invitee,
    Meeting,
    Status,
)
from vitaal.agenda.models.feed import PURPOSE
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel import clock, tokens
from vitaal.kernel.db import db, here
from vitaal.kernel.tenancy import Context, current, switch
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.queries import this_workspace

_LOOKS_BACK = timedelta(days=90)
_MOST = 2000
_DONE_WITH = (Status.DONE, Status.STOPPED, Status.IDEA)


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose eyes a feed looks with, and what it shows."""

    member: Membership
    workspace: Workspace
    kind: FeedKind


def hash_of(secret: str) -> bytes:
    """The hash under which a feed with this secret is known."""
    return tokens.hash_of(secret, PURPOSE)


def read(secret_hash: bytes) -> bytes | None:
    """The calendar that belongs to a secret, in its owner's language; None when it opens nothing (any more).

    Looks in the context of its owner, whoever asks, and then goes back to that of who asks.
    """
    who_asks = current()
    try:
        owner = _open(secret_hash)
        return _calendar(owner) if owner else None
    finally:
        switch(db.session, who_asks)


def feeds_of(member: Membership) -> Sequence[CalendarFeed]:
    """The feeds that a member made and that still work, the oldest first."""
    return db.session.scalars(
        select(CalendarFeed)
        .where(CalendarFeed.member_id == member.id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id)
    ).all()


def own_feed(feed_id: UUID) -> CalendarFeed | None:
    """A feed of the reader themselves; the wall hides those of others."""
    return here(CalendarFeed, feed_id)


def _open(secret_hash: bytes) -> _Owner | None:
    switch(db.session, Context(token=secret_hash))
    found = db.session.scalars(
        select(CalendarFeed).where(CalendarFeed.hash == secret_hash),
        execution_options={"across_workspaces": True},
    ).first()
    if found is None:
        return None
    kind, member_id = FeedKind(found.kind), found.member_id
    switch(db.session, Context(found.person_id, found.workspace_id))
    member = db.session.scalars(
        select(Membership)
        .where(Membership.id == member_id, Membership.left_at.is_(None))
        .options(joinedload(Membership.person))
    ).first()
    return _Owner(member, this_workspace(), kind) if member else None


def _calendar(owner: _Owner) -> bytes:
    slug = owner.workspace.slug
    with force_locale(owner.member.person.language if owner.member.person else "nl"):
        meetings = [
            (meeting, address_of("agenda.show_meeting", slug=slug, number=meeting.number))
            for meeting in _meetings(owner)
        ]
        return calendar.feed(_name(owner), meetings, _deadlines(_actions(owner), slug))


def _meetings(owner: _Owner) -> Sequence[Meeting]:
    asked = (
        select(Meeting)
        .where(
            Meeting.cancelled_at.is_(None),
            Meeting.sent_at.is_not(None),
            Meeting.ends_at > clock.now() - _LOOKS_BACK,
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(_MOST)
    )
    if owner.kind is FeedKind.MINE:
        mine = and_(Invitee.meeting_id == Meeting.id, Invitee.member_id == owner.member.id)
        comes = or_(Invitee.answer != Answer.NO, Invitee.answered_at < Meeting.moved_at)
        asked = asked.join(Invitee, mine).where(comes)
    return db.session.scalars(asked).all()


def _actions(owner: _Owner) -> Sequence[Action]:
    asked = (
        select(Action)
        .where(
            *ON_THE_AGENDA,
            Action.status.not_in(_DONE_WITH),
            Action.due_on > clock.today() - _LOOKS_BACK,
        )
        .order_by(Action.due_on, Action.id)
        .limit(_MOST)
    )
    if owner.kind is FeedKind.MINE:
        helps = select(ActionHelper.action_id).where(ActionHelper.member_id == owner.member.id)
        asked = asked.where(or_(Action.owner_id == owner.member.id, Action.id.in_(helps)))
    return db.session.scalars(asked).all()


def _deadlines(actions: Iterable[Action], slug: str) -> list[Deadline]:
    return [
        Deadline(
            uid=f"{action.id}@vitaal",
            title=_("Klaar: %(title)s", title=action.title),
            day=action.due_on,
            url=address_of("agenda.show_action", slug=slug, number=action.number),
            changed_at=action.changed_at,
        )
        for action in actions
        if action.due_on
    ]


def _name(owner: _Owner) -> str:
    if owner.kind is FeedKind.WORKSPACE:
        return owner.workspace.name
    return str(_("Ik bij %(place)s", place=owner.workspace.name))
