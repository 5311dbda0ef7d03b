"""What the pages about invitations ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.invitations.inviting import Inviter
from vitaal.invitations.models import Invitation, JoinRequest, State
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.post.bounces import is_held
from vitaal.post.models import Letter, LetterState
from vitaal.workspaces.models import Membership, Partner

PAGE = 30


@dataclass(frozen=True)
class Row:
    """An invitation on the list: with its partner's name and the state that a reader sees."""

    invitation: Invitation
    partner_name: str
    state: str


@dataclass(frozen=True)
class Page:
    """Some invitations, the newest first, and the id before which the next page begins."""

    rows: Sequence[Row]
    earlier: UUID | None


def inviter_of(member: Membership) -> Inviter:
    """A member as the one who invites."""
    with_partner = db.session.scalars(
        select(Membership)
        .where(Membership.id == member.id)
        .options(joinedload(Membership.partner))
        .execution_options(populate_existing=True)
    ).one()
    return Inviter.from_member(with_partner)


def page_of_invitations(before: UUID | None = None) -> Page:
    """The newest invitations, or those made before the one with this id. One statement."""
    asked = (
        select(Invitation, Partner.name, Letter.state, is_held(Invitation.email))
        .join(
            Partner, (Partner.workspace_id == Invitation.workspace_id) & (Partner.id == Invitation.partner_id)
        )
        .outerjoin(Letter, Letter.id == Invitation.letter_id)
        .order_by(Invitation.id.desc())
        .limit(PAGE + 1)
    )
    if before:
        asked = asked.where(Invitation.id < before)
    found = db.session.execute(asked).all()
    rows = [
        Row(invitation, partner, shown_state(invitation, letter, is_gone))
        for invitation, partner, letter, is_gone in found[:PAGE]
    ]
    return Page(rows, rows[-1].invitation.id if len(found) > PAGE else None)


def open_requests() -> Sequence[JoinRequest]:
    """Who asks to join and has no answer yet, the oldest first."""
    return db.session.scalars(
        select(JoinRequest).where(JoinRequest.state == State.OPEN).order_by(JoinRequest.id).limit(PAGE)
    ).all()


def shown_state(invitation: Invitation, letter_state: str | None, is_gone: bool) -> str:
    """The state as a reader sees it: an open invitation may have expired, or its letter may have bounced.

    `is_gone` when a mail server said that the address does not exist.
    """
    if invitation.state != State.OPEN:
        return invitation.state
    if is_gone or letter_state == LetterState.REFUSED:
        return "bounced"
    return "expired" if invitation.expires_at <= clock.now() else State.OPEN
