"""What happens when nobody answers: a reminder on day 4 and on day 9, a list for the inviter on day 15 (D-29).

All of it falls at 07:00, outside the quiet hours. Run by the worker from the promises made here; each may run
late, early or twice.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select, text

from vitaal.invitations import mails
from vitaal.invitations.models import PURPOSE, Invitation, State
from vitaal.kernel import clock, tokens
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.tenancy import entering, the_workspace_id
from vitaal.people.models import Person, person_with
from vitaal.post.compose import send
from vitaal.post.models import Letter, LetterState
from vitaal.workspaces.models import Partner, Workspace

REMIND = "invitations.remind"
TELL_SILENCE = "invitations.tell_silence"
REMINDER_DAYS = (4, 9)
SILENCE_DAY = 15


def promise_for(invitation: Invitation) -> None:
    """Promise the reminders of an invitation that is sent now, and the list of the silent to its inviter.

    The list is one for everyone whom this inviter asks on this day.
    """
    for days in REMINDER_DAYS:
        promise(REMIND, invitation.id, due_at=_morning_after(invitation.sent_at, days))
    inviter_here = uuid5(the_workspace_id(), str(invitation.inviter_person_id))
    promise(
        TELL_SILENCE,
        inviter_here,
        due_at=_morning_after(invitation.sent_at, SILENCE_DAY),
        person_id=invitation.inviter_person_id,
    )


def remind(promise: Promise) -> None:
    """Send the reminder that is due, with a link of its own; the links that were sent earlier keep working.

    Sends nothing when the invitation was answered, withdrawn, renewed, reminded already or bounced, or when
    its inviter may not invite any more. Commits.
    """
    secret_hash = _living_secret(promise.subject_id)
    if secret_hash is None:
        return
    with entering(db.session, workspace_id=promise.scope_id, token=secret_hash):
        invitation = here(Invitation, promise.subject_id)
        if invitation and _reminder_is_due(invitation):
            invitation.reminded_at = clock.now()
            workspace = db.session.get_one(Workspace, promise.scope_id)
            partner = db.session.get_one(Partner, (workspace.id, invitation.partner_id))
            secret = tokens.issue_another(PURPOSE, invitation.id, invitation.expires_at - clock.now())
            send(mails.reminder(invitation, workspace, partner, secret, _language_of(invitation)))
        db.session.commit()


def tell_silence(promise: Promise) -> None:
    """Send an inviter the list of those who did not answer; when the inviter is gone, the leads get it.

    Sends nothing when everyone answered. Commits.
    """
    for reader_id in _readers(promise):
        letter_id = uuid5(promise.id, str(reader_id))
        with entering(db.session, person_id=reader_id, workspace_id=promise.scope_id):
            silent = _silent_of(promise.person_id, clock.day_of(promise.created_at))
            if silent and not db.session.scalar(select(Letter.id).where(Letter.id == letter_id)):
                reader = db.session.get_one(Person, reader_id)
                workspace = db.session.get_one(Workspace, promise.scope_id)
                letter = mails.silence(reader, workspace, silent)
                letter.id, letter.message_id = letter_id, f"<{letter_id}@vitaal>"
                send(letter)
            db.session.commit()


def _morning_after(moment: datetime, days: int) -> datetime:
    return clock.moment_on(clock.day_of(moment) + timedelta(days=days), clock.MORNING)


def _living_secret(invitation_id: UUID) -> bytes | None:
    found = db.session.scalar(
        select(tokens.Token.hash)
        .where(
            tokens.Token.purpose == PURPOSE,
            tokens.Token.subject_id == invitation_id,
            tokens.Token.expires_at > clock.now(),
        )
        .limit(1)
    )
    db.session.commit()
    return found


def _reminder_is_due(invitation: Invitation) -> bool:
    """Seen from the invitation itself, so that a late, repeated or outdated promise changes nothing."""
    passed = [
        morning
        for morning in (_morning_after(invitation.sent_at, days) for days in REMINDER_DAYS)
        if morning <= clock.now()
    ]
    if invitation.state != State.OPEN or invitation.expires_at <= clock.now() or not passed:
        return False
    if invitation.reminded_at and invitation.reminded_at >= passed[-1]:
        return False
    letter_state = db.session.scalar(select(Letter.state).where(Letter.id == invitation.letter_id))
    return letter_state != LetterState.REFUSED


def _silent_of(inviter_id: UUID | None, day: date) -> Sequence[Invitation]:
    """Whom this inviter asked on this day and who did not answer."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.inviter_person_id == inviter_id,
            Invitation.state == State.OPEN,
            Invitation.sent_at >= clock.moment_on(day),
            Invitation.sent_at < clock.moment_on(day + timedelta(days=1)),
        )
        .order_by(Invitation.email)
    ).all()


def _language_of(invitation: Invitation) -> str:
    person = person_with(invitation.email)
    return person.language if person else "nl"


def _readers(promise: Promise) -> list[UUID]:
    """The inviter while they may see invitations, else the leads and facilitators."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        standing = db.session.scalar(text("SELECT wall.standing()"))
        if standing in {"arranging", "inner"} and promise.person_id:
            return [promise.person_id]
        return list(db.session.scalars(text("SELECT person_id FROM wall.arrangers()")))
