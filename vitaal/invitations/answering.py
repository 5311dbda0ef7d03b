"""Yes or no to an invitation, by who holds its secret. The wall lets them in exactly as the invitation says."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from vitaal.activity.models import record
from vitaal.invitations.models import Invitation, State
from vitaal.invitations.presented import Presented
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import Context, switch
from vitaal.people.models import Person
from vitaal.people.rhythm import reckon_anew
from vitaal.workspaces.models import Circle, Membership, Partner, Workspace
from vitaal.workspaces.progress import hand_up


class Decline(StrEnum):
    """Why not, in three choices (D-39)."""

    NOT_NOW = "not_now"
    NOT_FOR_US = "not_for_us"
    OTHER = "other"


class AlreadyAnswered(ValueError):
    """Someone, perhaps the same person in another tab, answered meanwhile."""


def accept_as_newcomer(presented: Presented, name: str, language: str) -> tuple[Person, Membership]:
    """Make a person of the invited address, which the link has just proven, and let them in.

    Raises AlreadyAnswered. Nothing is committed.
    """
    assert presented.invitation is not None
    email, person_id = presented.invitation.email, new_id()
    switch(db.session, Context(person_id, presented.workspace_id, presented.secret))
    invitation = _locked(presented)
    person = Person(id=person_id, name=name, email=email, language=language)
    try:
        db.session.add(person)
        db.session.flush()
    except IntegrityError:
        raise AlreadyAnswered(email) from None
    person.prove(email)
    return person, _let_in(person, invitation)


def accept(presented: Presented, person: Person) -> Membership:
    """Let the context's person in, whose address the invitation was sent to.

    Raises AlreadyAnswered. Nothing is committed.
    """
    return _let_in(person, _locked(presented))


def decline(presented: Presented, reason: Decline, ask_again_on: date | None = None) -> None:
    """Say no; "not now" may name the day from which the question is welcome again. Raises AlreadyAnswered."""
    invitation = _locked(presented)
    invitation.state = State.DECLINED
    invitation.answered_at = clock.now()
    invitation.decline_reason = reason
    invitation.ask_again_on = ask_again_on if reason == Decline.NOT_NOW else None
    db.session.flush()


def ask_further_in(presented: Presented) -> None:
    """A member was invited into a circle further in: that becomes a question to who arranges, never a silent move."""
    assert presented.invitation is not None
    assert presented.member is not None
    partner = db.session.get_one(Partner, (presented.workspace_id, presented.invitation.partner_id))
    _close(presented.invitation)
    record("asked_further_in", "partner", partner.name, by=presented.member, object_id=partner.id)


def is_further_in(presented: Presented) -> bool:
    """Whether the invitation asks a member into a circle further in than where they stand."""
    if presented.invitation is None or presented.member is None:
        return False
    return Circle(presented.invitation.circle).distance < Circle(presented.member.circle).distance


def _locked(presented: Presented) -> Invitation:
    """The invitation, held for this transaction: of two answers at the same time the second finds it answered."""
    invitation = db.session.scalar(
        select(Invitation)
        .where(Invitation.id == presented.invitation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if invitation is None or invitation.state != State.OPEN or invitation.expires_at <= clock.now():
        raise AlreadyAnswered(presented.invitation_id)
    return invitation


def _let_in(person: Person, invitation: Invitation) -> Membership:
    """The membership first, while the invitation is open; then it can be closed, by its member."""
    workspace = db.session.get_one(Workspace, invitation.workspace_id)
    partner = db.session.get_one(Partner, (workspace.id, invitation.partner_id))
    member = Membership(
        id=new_id(),
        person_id=person.id,
        partner_id=invitation.partner_id,
        name=person.name,
        circle=invitation.circle_with(partner),
        roles=list(invitation.roles),
        invitation_id=invitation.id,
    )
    try:
        db.session.add(member)
        db.session.flush()
    except IntegrityError:
        raise AlreadyAnswered(person.id) from None
    _close(invitation)
    known_in = Circle.OUTER if member.circle == Circle.INNER or member.roles else Circle.INNER
    record("joined", "partner", partner.name, by=member, object_id=partner.id, circle=known_in)
    hand_up(workspace)
    reckon_anew([person.id])
    return member


def _close(invitation: Invitation) -> None:
    invitation.state = State.ACCEPTED
    invitation.answered_at = clock.now()
    db.session.flush()
