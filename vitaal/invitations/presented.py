"""What the secret in an invitation's link opens, seen from outside: before anyone is a member."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, text

from vitaal.invitations.models import PURPOSE, Invitation, State
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.kernel.tenancy import Context, switch, the_workspace_id
from vitaal.kernel.tokens import hash_of
from vitaal.people.models import Person, person_with
from vitaal.workspaces.models import Membership, Partner, Workspace
from vitaal.workspaces.models.circle import Circle


class Case(StrEnum):
    """Where the holder of a link stands, and so what the page says (rules D-31 to D-38)."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    USED = "used"
    INVITER_GONE = "inviter_gone"
    EXPIRED = "expired"
    MOVED = "moved"
    MEMBER = "member"
    SOMEONE_ELSE = "someone_else"
    NEW = "new"
    SIGN_IN_FIRST = "sign_in_first"
    READY = "ready"


MAY_ANSWER = {Case.NEW, Case.SIGN_IN_FIRST, Case.READY}
MAY_ASK_AGAIN = {Case.WITHDRAWN, Case.DECLINED, Case.INVITER_GONE, Case.EXPIRED, Case.MOVED}


@dataclass(frozen=True)
class Presented:
    """A link that was opened: its case and, where the holder may know them, what it is about."""

    case: Case
    secret: bytes
    workspace_id: UUID | None = None
    invitation_id: UUID | None = None
    invitation: Invitation | None = None
    workspace: Workspace | None = None
    partner: Partner | None = None
    member: Membership | None = None


def present(plain: str, person: Person | None) -> Presented:
    """Open a link as this person, or as nobody; goes on in the workspace's context, with the secret in hand."""
    secret = hash_of(plain, PURPOSE)
    person_id = person.id if person else None
    switch(db.session, Context(person_id, token=secret))
    row = db.session.execute(text("SELECT * FROM wall.presented_invitation()")).first()
    if row is None:
        return Presented(Case.UNKNOWN, secret)
    switch(db.session, Context(person_id, row.workspace_id, secret))
    member = _membership_of(person_id)
    found = {"secret": secret, "workspace_id": row.workspace_id, "invitation_id": row.invitation_id}
    closed = _closed(row.state, is_archived=row.is_archived, inviter_may=row.inviter_may)
    if closed and closed != Case.CLOSED and member:
        return Presented(Case.MEMBER, **found, member=member, workspace=_workspace(row.workspace_id))
    if closed:
        return Presented(closed, **found)
    invitation = here(Invitation, row.invitation_id)
    assert invitation is not None
    return Presented(
        _open(invitation, person, member),
        **found,
        invitation=invitation,
        member=member,
        workspace=_workspace(row.workspace_id),
        partner=here(Partner, invitation.partner_id),
    )


def _closed(state: str, *, is_archived: bool, inviter_may: bool) -> Case | None:
    if is_archived:
        return Case.CLOSED
    ended = {State.WITHDRAWN: Case.WITHDRAWN, State.DECLINED: Case.DECLINED, State.ACCEPTED: Case.USED}
    if state != State.OPEN:
        return ended[State(state)]
    return None if inviter_may else Case.INVITER_GONE


def _open(invitation: Invitation, person: Person | None, member: Membership | None) -> Case:
    owner = person_with(invitation.email)
    if person and (owner is None or owner.id != person.id):
        return Case.SOMEONE_ELSE
    if member:
        return Case.MEMBER
    if invitation.expires_at <= clock.now():
        return Case.EXPIRED
    partner = here(Partner, invitation.partner_id)
    assert partner is not None
    if partner.left_at or partner.circle == Circle.FREE:
        return Case.MOVED
    if owner is None:
        return Case.NEW
    return Case.READY if person else Case.SIGN_IN_FIRST


def _membership_of(person_id: UUID | None) -> Membership | None:
    if person_id is None:
        return None
    return db.session.scalar(
        select(Membership).where(
            Membership.workspace_id == the_workspace_id(),
            Membership.person_id == person_id,
            Membership.left_at.is_(None),
        )
    )


def _workspace(workspace_id: UUID) -> Workspace:
    return db.session.get_one(Workspace, workspace_id)
