"""Asking someone in: one address, for one partner, into one circle, by a named inviter (rules D-25 to D-30)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from email_validator import EmailNotValidError
from sqlalchemy import func, select, update

from vitaal.activity.models import record
from vitaal.invitations import mails, reminders
from vitaal.invitations.models import PURPOSE, VALID_FOR, Invitation, JoinRequest, State
from vitaal.kernel import clock, tokens
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.pages.forms import normal_address
from vitaal.people.models import Address
from vitaal.post import bounces
from vitaal.post.compose import send
from vitaal.workspaces.models import Circle, Membership, Partner, Role, Workspace
from vitaal.workspaces.progress import hand_up

MOST_PER_DAY = 50
MOST_SENDINGS = 3


class NotInvited(ValueError):
    """This invitation can't be sent; the class says why."""


class BadAddress(NotInvited):
    """This is no e-mail address."""


class AlreadyMember(NotInvited):
    """The address belongs to a member of this workspace."""


class AlreadyInvited(NotInvited):
    """An invitation to this address is still open; it can be sent again."""


class AskedToWait(NotInvited):
    """They said "not now"; `until` is the day from which we may ask again."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


class TooMany(NotInvited):
    """The workspace has made its invitations for today."""


class TooFarIn(NotInvited):
    """A member never stands further in than their partner, and nobody is invited into the free space."""


class SentTooOften(NotInvited):
    """Three letters without an answer is enough; from here on it is a phone call."""


class NotOpen(NotInvited):
    """The invitation was answered or withdrawn."""


@dataclass(frozen=True)
class Inviter:
    """Who invites: a member, or (without `member_id`) the officer who founds the workspace."""

    member_id: UUID | None
    person_id: UUID
    name: str
    organisation: str

    @classmethod
    def from_member(cls, member: Membership) -> "Inviter":
        """The inviter that a member is; their partner must be loaded."""
        assert member.person_id is not None
        return cls(member.id, member.person_id, member.name, member.partner.name)


def invite(
    email: str,
    *,
    partner: Partner,
    circle: Circle,
    roles: list[Role],
    inviter: Inviter,
    name: str = "",
    message: str = "",
    language: str = "nl",
) -> Invitation:
    """Invite an address: stored, its letter promised, its reminders too. An open join request is answered.

    Raises BadAddress, AlreadyMember, AlreadyInvited, AskedToWait, TooFarIn or TooMany; then nothing is
    stored. Nothing is committed, and a founder still hands up the progress when finishing.
    """
    address = _address(email)
    _refuse(address, partner, circle, inviter)
    invitation = Invitation(
        id=new_id(),
        email=address,
        name=name.strip(),
        partner_id=partner.id,
        circle=circle,
        roles=list(roles),
        message=message.strip(),
        invited_by_id=inviter.member_id,
        inviter_person_id=inviter.person_id,
        inviter_name=inviter.name,
        inviter_organisation=inviter.organisation,
        created_at=clock.now(),
        sent_at=clock.now(),
        expires_at=clock.now() + VALID_FOR,
    )
    db.session.add(invitation)
    db.session.flush()
    _answer_request(address, inviter)
    workspace = _workspace()
    _send(invitation, workspace, partner, language)
    by = (
        db.session.get_one(Membership, (workspace.id, inviter.member_id))
        if inviter.member_id
        else inviter.name
    )
    record("invited", "invitation", invitation.name or partner.name, by=by, object_id=invitation.id)
    if workspace.founded_at:
        hand_up(workspace)
    return invitation


def send_again(invitation: Invitation, inviter: Inviter, language: str = "nl") -> None:
    """A new letter with a new secret, in the name of who clicks; the old secret dies, the clock restarts.

    Raises NotOpen or SentTooOften.
    """
    if invitation.state != State.OPEN:
        raise NotOpen(invitation.state)
    if invitation.sendings >= MOST_SENDINGS:
        raise SentTooOften(invitation.sendings)
    invitation.invited_by_id = inviter.member_id
    invitation.inviter_person_id = inviter.person_id
    invitation.inviter_name = inviter.name
    invitation.inviter_organisation = inviter.organisation
    tokens.revoke(PURPOSE, invitation.id)
    renew(invitation, language)


def renew(invitation: Invitation, language: str = "nl") -> None:
    """A new letter, and the clock starts again."""
    invitation.sent_at = clock.now()
    invitation.expires_at = clock.now() + VALID_FOR
    invitation.reminded_at = None
    invitation.sendings += 1
    workspace = _workspace()
    partner = db.session.get_one(Partner, (workspace.id, invitation.partner_id))
    _send(invitation, workspace, partner, language)


def withdraw(invitation: Invitation) -> None:
    """Take an open invitation back; its link then says so. Raises NotOpen."""
    if invitation.state == State.WITHDRAWN:
        return
    if invitation.state != State.OPEN:
        raise NotOpen(invitation.state)
    invitation.state = State.WITHDRAWN
    invitation.answered_at = clock.now()
    hand_up(_workspace())


def left_today() -> int:
    """How many invitations the workspace may still make today."""
    made = db.session.scalar(
        select(func.count())
        .select_from(Invitation)
        .where(
            Invitation.state == State.OPEN,
            Invitation.invited_by_id.is_not(None),
            Invitation.created_at >= clock.moment_on(clock.today()),
        )
    )
    return max(0, MOST_PER_DAY - (made or 0))


def _address(email: str) -> str:
    try:
        return normal_address(email)
    except EmailNotValidError:
        raise BadAddress(email) from None


def _refuse(address: str, partner: Partner, circle: Circle, inviter: Inviter) -> None:
    if circle == Circle.FREE or circle.distance < Circle(partner.circle).distance:
        raise TooFarIn(circle)
    is_member = (
        select(Membership.id)
        .join(Address, Address.person_id == Membership.person_id)
        .where(
            Membership.workspace_id == the_workspace_id(),
            Address.email == address,
            Membership.left_at.is_(None),
        )
    )
    if db.session.scalar(is_member):
        raise AlreadyMember(address)
    earlier = db.session.scalars(
        select(Invitation).where(Invitation.email == address).order_by(Invitation.id.desc())
    ).all()
    if any(invitation.state == State.OPEN for invitation in earlier):
        raise AlreadyInvited(address)
    if earlier and earlier[0].ask_again_on and earlier[0].ask_again_on > clock.today():
        raise AskedToWait(earlier[0].ask_again_on)
    if inviter.member_id and not left_today():
        raise TooMany(MOST_PER_DAY)


def _answer_request(address: str, inviter: Inviter) -> None:
    """Who asked to join and is invited meanwhile has their answer (D-37)."""
    db.session.execute(
        update(JoinRequest)
        .where(JoinRequest.email == address, JoinRequest.state == State.OPEN)
        .values(state=State.ACCEPTED, answered_by_id=inviter.member_id, answered_at=clock.now())
    )


def _send(invitation: Invitation, workspace: Workspace, partner: Partner, language: str) -> None:
    lifetime: timedelta = invitation.expires_at - clock.now()
    secret = tokens.issue_another(PURPOSE, invitation.id, lifetime)
    bounces.forget(invitation.email)  # who invites says that the address is right: it is tried once more
    letter = send(mails.invitation(invitation, workspace, partner, secret, language))
    invitation.letter_id = letter.id
    reminders.promise_for(invitation)
    db.session.flush()


def _workspace() -> Workspace:
    return db.session.get_one(Workspace, the_workspace_id())
