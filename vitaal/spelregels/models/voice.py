"""Who is asked about a proposal, what each partner says in a round, and how an objection came to an end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, SmallInteger, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.spelregels.models.proposal import Proposal
from vitaal.spelregels.models.rule import to_member, to_partner
from vitaal.workspaces.models import Membership, Partner

_TO_PROPOSAL = ["workspace_id", "proposal_id"], ["app.proposal.workspace_id", "app.proposal.id"]


class ConsentVoice(Base):
    """A partner that is asked: fixed when the first round of a proposal opens (rule D-52)."""

    __tablename__ = "consent_voice"
    __table_args__ = (ForeignKeyConstraint(*_TO_PROPOSAL), to_partner())

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(primary_key=True)

    proposal: Mapped[Proposal] = relationship(viewonly=True, lazy="raise")
    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")
    members: Mapped[list[Membership]] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin=lambda: and_(
            ConsentVoice.workspace_id == foreign(Membership.workspace_id),
            ConsentVoice.partner_id == foreign(Membership.partner_id),
            Membership.left_at.is_(None),
        ),
        uselist=True,
    )

    def is_of(self, member: Membership) -> bool:
        """Whether this member represents the partner, or helps someone who does. Needs `members`."""
        return member.partner_id == self.partner_id or any(
            each.helper_id == member.id for each in self.members
        )


class ConsentAnswer(Base):
    """What a partner says in a round, and who said it for them; changed until the round closes.

    An objection says what goes wrong (`remark`), for whom, where that is seen already, and what would help (D-47).
    """

    __tablename__ = "consent_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "proposal_id", "wording"],
            [f"app.wording.{name}" for name in ("workspace_id", "proposal_id", "number")],
        ),
        to_partner(),
        to_member("given_by_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(primary_key=True)
    wording: Mapped[int]
    answer: Mapped[str]
    remark: Mapped[str] = mapped_column(default="")
    for_whom: Mapped[str] = mapped_column(default="")
    seen_where: Mapped[str] = mapped_column(default="")
    would_help: Mapped[str] = mapped_column(default="")
    given_by_id: Mapped[UUID]
    given_by_name: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)

    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")


class ObjectionClosing(Tenant, Base):
    """Why an objection stops nothing any more. An answer that was given anew after it makes it void."""

    __tablename__ = "objection_closing"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "proposal_id", "round", "partner_id"],
            [f"app.consent_answer.{name}" for name in ("workspace_id", "proposal_id", "round", "partner_id")],
        ),
        to_member("closed_by_id"),
    )

    proposal_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(SmallInteger)
    partner_id: Mapped[UUID]
    why: Mapped[str]
    reason: Mapped[str]
    closed_by_id: Mapped[UUID]
    closed_by_name: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(default=clock.now)
