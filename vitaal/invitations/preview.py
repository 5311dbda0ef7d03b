"""What would happen with each line of a list, before anything is sent (D-26)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from email_validator import EmailNotValidError
from sqlalchemy import select

from vitaal.invitations.lists import Line
from vitaal.invitations.models import Invitation, State
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.pages.forms import LINE, clean, normal_address
from vitaal.people.models import Address
from vitaal.workspaces.models import Circle, Membership, Partner


class Verdict(StrEnum):
    """What a line is. Only `new` is sent."""

    NEW = "new"
    MEMBER = "member"
    INVITED = "invited"
    DOUBLE = "double"
    WRONG = "wrong"


class Fault(StrEnum):
    """What is wrong with a line."""

    NO_ADDRESS = "no_address"
    UNREADABLE = "unreadable"
    TOO_FAR_IN = "too_far_in"


@dataclass(frozen=True)
class Judged:
    """A line, what would happen with it, and what the reader needs to know about it."""

    line: Line
    verdict: Verdict
    email: str
    partner_id: UUID | None = None
    fault: Fault | None = None
    member_circle: str = ""
    invitation_state: str = ""
    ask_again_on: date | None = None

    @property
    def makes_partner(self) -> bool:
        """Whether the line names an organisation that has no place here yet."""
        return bool(self.line.organisation) and self.partner_id is None


@dataclass(frozen=True)
class Known:
    """Everything that a list is compared with, in three statements."""

    members: dict[str, str]
    invitations: dict[str, Invitation]
    partners: dict[str, Partner]


def judge(lines: Sequence[Line], circle: Circle) -> list[Judged]:
    """Say for every line what would happen with it. One known address never stops the others.

    Whoever was ever invited here is not invited again by a list, so that the same file sends nothing.
    """
    addresses = [_address(line) for line in lines]
    known = _known({address for address in addresses if address})
    seen: set[str] = set()
    judged = []
    for line, address in zip(lines, addresses, strict=True):
        judged.append(_judge(line, address, circle, known, is_double=address in seen))
        seen.add(address)
    return judged


def _judge(line: Line, address: str, circle: Circle, known: Known, *, is_double: bool) -> Judged:
    fault = _fault_of(line, address)
    if fault:
        return Judged(line, Verdict.WRONG, address or line.email, fault=fault)
    if is_double:
        return Judged(line, Verdict.DOUBLE, address)
    if address in known.members:
        return Judged(line, Verdict.MEMBER, address, member_circle=known.members[address])
    if earlier := known.invitations.get(address):
        state, until = _state_of(earlier), earlier.ask_again_on
        return Judged(line, Verdict.INVITED, address, invitation_state=state, ask_again_on=until)
    partner = known.partners.get(line.organisation.casefold())
    if partner and circle.distance < Circle(partner.circle).distance:
        return Judged(line, Verdict.WRONG, address, fault=Fault.TOO_FAR_IN)
    return Judged(line, Verdict.NEW, address, partner_id=partner.id if partner else None)


def _fault_of(line: Line, address: str) -> Fault | None:
    if not address:
        return Fault.NO_ADDRESS
    names = (clean(line.name), clean(line.organisation))
    are_fine = all(len(text) <= LINE and text.isprintable() for text in names)
    return None if are_fine else Fault.UNREADABLE


def _address(line: Line) -> str:
    try:
        return normal_address(line.email)
    except EmailNotValidError:
        return ""


def _state_of(invitation: Invitation) -> str:
    is_over = invitation.state == State.OPEN and invitation.expires_at <= clock.now()
    return "expired" if is_over else invitation.state


def _known(addresses: Iterable[str]) -> Known:
    wanted = list(addresses)
    members = db.session.execute(
        select(Address.email, Membership.circle)
        .join(Membership, Membership.person_id == Address.person_id)
        .where(
            Membership.workspace_id == the_workspace_id(),
            Address.email.in_(wanted),
            Membership.left_at.is_(None),
        )
    )
    invitations = db.session.scalars(
        select(Invitation).where(Invitation.email.in_(wanted)).order_by(Invitation.id)
    )
    partners = db.session.scalars(select(Partner).where(Partner.left_at.is_(None)))
    return Known(
        {row.email: row.circle for row in members},
        {invitation.email: invitation for invitation in invitations},
        {partner.name.casefold(): partner for partner in partners},
    )
