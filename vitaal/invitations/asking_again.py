"""The holder of a link that is worth nothing any more asks for a new one (D-38)."""

from uuid import UUID, uuid5

from sqlalchemy import select, text

from vitaal.invitations import mails
from vitaal.invitations.inviting import MOST_SENDINGS, renew
from vitaal.invitations.models import PURPOSE, Invitation, State
from vitaal.kernel import clock, tokens
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post.compose import send
from vitaal.post.models import Letter
from vitaal.workspaces.models import Membership, Workspace

ASK_AGAIN = "invitations.ask_again"


def promise_for(invitation_id: UUID) -> None:
    """Promise to pass the question on; however often it is asked, once a day."""
    promise(ASK_AGAIN, invitation_id, due_at=clock.moment_on(clock.today()))


def pass_on(promise: Promise) -> None:
    """Tell the inviter that a new invitation is asked for; when they are gone, everyone who arranges.

    While nobody is inside to tell (an officer invited the first people), the invitation is renewed instead:
    the new letter goes to the invited address and to nobody else. Commits.
    """
    arrangers = _arrangers(promise)
    if not arrangers:
        _renew(promise)
        return
    with entering(db.session, person_id=arrangers[0], workspace_id=promise.scope_id):
        invitation = here(Invitation, promise.subject_id)
        workspace = db.session.get_one(Workspace, promise.scope_id)
        if invitation is None:
            return
        for reader_id in [invitation.inviter_person_id] if _may_still_invite(invitation) else arrangers:
            letter_id = uuid5(promise.id, str(reader_id))
            if db.session.scalar(select(Letter.id).where(Letter.id == letter_id)):
                continue
            letter = mails.ask_again(db.session.get_one(Person, reader_id), workspace, invitation)
            letter.id, letter.message_id = letter_id, f"<{letter_id}@vitaal>"
            send(letter)
        db.session.commit()


def _arrangers(promise: Promise) -> list[UUID]:
    with entering(db.session, workspace_id=promise.scope_id, token=_any_secret(promise.subject_id)):
        return list(db.session.scalars(text("SELECT person_id FROM wall.arrangers()")))


def _renew(promise: Promise) -> None:
    with entering(db.session, workspace_id=promise.scope_id, token=_any_secret(promise.subject_id)):
        invitation = here(Invitation, promise.subject_id)
        has_expired = invitation is not None and invitation.expires_at <= clock.now()
        if (
            invitation
            and has_expired
            and invitation.state == State.OPEN
            and invitation.sendings < MOST_SENDINGS
        ):
            renew(invitation)
        db.session.commit()


def _may_still_invite(invitation: Invitation) -> bool:
    member = here(Membership, invitation.invited_by_id) if invitation.invited_by_id else None
    return member is not None and member.left_at is None and member.is_inside


def _any_secret(invitation_id: UUID) -> bytes | None:
    found = db.session.scalar(
        select(tokens.Token.hash)
        .where(tokens.Token.purpose == PURPOSE, tokens.Token.subject_id == invitation_id)
        .limit(1)
    )
    db.session.commit()
    return found
