"""How the work is spread over the partners, so that a group sees when a few do everything.

It compares formal and informal partners, and names no one as good or bad. The measure is the share that the
two busiest partners lead of all actions with an owner; from two thirds on, with more than four partners, the
page says so (design of equal voice: a reason to talk, never a score).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import and_, func, select

from vitaal.agenda.models import Action, ActionHelper, Status
from vitaal.agenda.narrowing import ORGANISATION, Owner
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, Membership, Partner

TOO_MUCH = Fraction(2, 3)
FEW_PARTNERS = 4


@dataclass(frozen=True, slots=True)
class Share:
    """What one partner leads and helps with, of what is on the agenda and was not stopped."""

    partner: Partner
    leads: int
    helps: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How the work is spread over the partners of the inner and outer circle, the busiest first."""

    shares: Sequence[Share]
    without_owner: int

    @property
    def total(self) -> int:
        """How many actions have a partner that leads them."""
        return sum(share.leads for share in self.shares)

    def led_by(self, *, formal: bool) -> int:
        """How many actions formal, or informal, partners lead."""
        return sum(share.leads for share in self.shares if share.partner.is_formal == formal)

    @property
    def resting(self) -> list[Partner]:
        """The partners of the inner circle that lead nothing and help with nothing."""
        return [
            share.partner
            for share in self.shares
            if not (share.leads or share.helps) and share.partner.circle == Circle.INNER
        ]

    @property
    def busiest_two(self) -> list[Partner]:
        """The two partners that lead so much that it is worth a talk; empty otherwise."""
        two = self.shares[:2]
        leads = sum(share.leads for share in two)
        if len(self.shares) <= FEW_PARTNERS or not self.total or Fraction(leads, self.total) < TOO_MUCH:
            return []
        return [share.partner for share in two]


def spread() -> Spread:
    """How the agenda of the workspace we are in is spread. Three statements."""
    going_on = (*ON_THE_AGENDA, Action.status.not_in((Status.IDEA, Status.STOPPED)))
    leads: dict[UUID | None, int] = dict(
        db.session.execute(
            select(ORGANISATION, func.count())
            .select_from(Action)
            .outerjoin(Owner, and_(Owner.workspace_id == Action.workspace_id, Owner.id == Action.owner_id))
            .where(*going_on)
            .group_by(ORGANISATION)
        ).all()
    )
    helps = dict(
        db.session.execute(
            select(Membership.partner_id, func.count())
            .select_from(ActionHelper)
            .join(
                Action,
                and_(Action.workspace_id == ActionHelper.workspace_id, Action.id == ActionHelper.action_id),
            )
            .join(
                Membership,
                and_(
                    Membership.workspace_id == ActionHelper.workspace_id,
                    Membership.id == ActionHelper.member_id,
                ),
            )
            .where(*going_on)
            .group_by(Membership.partner_id)
        ).all()
    )
    partners = db.session.scalars(
        select(Partner)
        .where(Partner.left_at.is_(None), Partner.circle != Circle.FREE)
        .order_by(func.lower(Partner.name))
    )
    shares = [Share(partner, leads.get(partner.id, 0), helps.get(partner.id, 0)) for partner in partners]
    return Spread(sorted(shares, key=lambda share: (-share.leads, -share.helps)), leads.get(None, 0))
