"""A proposal: a new rule, a change of one, or the end of one; with every text it had and what others offered."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, SmallInteger, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models.rule import Spelregel, to_member, to_partner
from vitaal.workspaces.models import Membership, Partner

_TO_PROPOSAL = ["workspace_id", "proposal_id"], ["app.proposal.workspace_id", "app.proposal.id"]


class ProposalKind(StrEnum):
    """What is proposed."""

    NEW = "new"
    CHANGE = "change"
    RETIRE = "retire"


class Wording(Base):
    """A text that a proposal had. It is never rewritten: a better text is the next one."""

    __tablename__ = "wording"
    __table_args__ = (ForeignKeyConstraint(*_TO_PROPOSAL), to_member("written_by_id"))

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    example: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    review_on: Mapped[date]
    silence_leaves: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[UUID]
    written_by_name: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class Proposal(Tenant, Base):
    """What someone proposes, known by its number, and where it is on its way.

    `proposer` decides about the text, `guide` about the steps; they are two people (rule D-44). `outcome` is what the group says of the decision, or why it was
    withdrawn. `origin` is the key
    of a suggestion or `ingredient:<key>`. `wording` is the number of the text as it is now, `text` that text; `asked` the number of
    the text that the round is about.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "spelregel_id"], ["app.spelregel.workspace_id", "app.spelregel.id"]
        ),
        to_member("proposer_id"),
        to_member("guide_id"),
    )

    number: Mapped[int]
    kind: Mapped[str]
    spelregel_id: Mapped[UUID | None]
    theme: Mapped[str]
    origin: Mapped[str] = mapped_column(default="")
    circle: Mapped[str]
    proposer_id: Mapped[UUID]
    proposer_name: Mapped[str]
    guide_id: Mapped[UUID | None]
    stage: Mapped[str] = mapped_column(default=Stage.QUESTIONS)
    wording: Mapped[int] = mapped_column(default=1)
    asked: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(SmallInteger, default=0)
    is_live: Mapped[bool] = mapped_column(default=False)
    is_extended: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    stage_at: Mapped[datetime] = mapped_column(default=clock.now)
    closes_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_name: Mapped[str] = mapped_column(default="")

    text: Mapped[Wording] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin=lambda: and_(
            Proposal.workspace_id == foreign(Wording.workspace_id),
            Proposal.id == foreign(Wording.proposal_id),
            Proposal.wording == foreign(Wording.number),
        ),
        uselist=False,
    )
    spelregel: Mapped[Spelregel | None] = relationship(viewonly=True, lazy="raise")
    guide: Mapped[Membership | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Proposal.workspace_id, Proposal.guide_id]"
    )
    proposer: Mapped[Membership | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Proposal.workspace_id, Proposal.proposer_id]"
    )

    @property
    def is_over(self) -> bool:
        """Whether it was adopted or withdrawn."""
        return self.ended_at is not None

    @property
    def proposer_is_gone(self) -> bool:
        """Whether who proposed it left. Needs `proposer`."""
        return self.proposer is None or self.proposer.left_at is not None

    @property
    def is_in_round(self) -> bool:
        """Whether partners can speak now."""
        return self.stage == Stage.ROUND


class Amendment(Tenant, Base):
    """Another text that a member offers for a proposal; `wording` is the text that they read.

    `taken_over` is None until the proposer answers; who does not take it over says why in `reply`.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "proposal_id", "wording"],
            [f"app.wording.{name}" for name in ("workspace_id", "proposal_id", "number")],
        ),
        to_member("offered_by_id"),
        to_partner(),
    )

    proposal_id: Mapped[UUID]
    wording: Mapped[int]
    title: Mapped[str]
    example: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    offered_by_id: Mapped[UUID]
    offered_by_name: Mapped[str]
    partner_id: Mapped[UUID]
    offered_at: Mapped[datetime] = mapped_column(default=clock.now)
    taken_over: Mapped[bool | None]
    reply: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")
