"""A spelregel: a ground rule that was adopted, with every version it had, who signed which, and how it was reviewed."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Partner

_TO_RULE = ["workspace_id", "spelregel_id"], ["app.spelregel.workspace_id", "app.spelregel.id"]
_VERSION = ("workspace_id", "spelregel_id", "version")
_TO_VERSION = list(_VERSION), [f"app.spelregel_version.{name}" for name in _VERSION]


def to_member(column: str) -> ForeignKeyConstraint:
    """A reference from a column to a member of the same workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", column], ["app.membership.workspace_id", "app.membership.id"]
    )


def to_partner(column: str = "partner_id") -> ForeignKeyConstraint:
    """A reference from a column to a partner of the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], ["app.partner.workspace_id", "app.partner.id"])


class ReviewOutcome(StrEnum):
    """What a group does with a rule that it looked at again."""

    KEEP = "keep"
    CHANGE = "change"
    RETIRE = "retire"


class RuleVersion(Base):
    """A rule as it was adopted, from one proposal. It is never rewritten.

    `silence_leaves` says that a partner which signed it and does not answer in a round leaves it to the others.
    """

    __tablename__ = "spelregel_version"
    __table_args__ = (ForeignKeyConstraint(*_TO_RULE),)

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    spelregel_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[UUID]
    title: Mapped[str]
    example: Mapped[str]
    why: Mapped[str]
    silence_leaves: Mapped[bool]
    adopted_at: Mapped[datetime]


class Spelregel(Tenant, Base):
    """A rule of this coalition, known by its number. `current` is the version that holds."""

    __tablename__ = "spelregel"

    number: Mapped[int]
    theme: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    review_on: Mapped[date]
    adopted_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    current: Mapped[RuleVersion] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin=lambda: and_(
            Spelregel.workspace_id == foreign(RuleVersion.workspace_id),
            Spelregel.id == foreign(RuleVersion.spelregel_id),
            Spelregel.version == foreign(RuleVersion.version),
        ),
        uselist=False,
    )

    @property
    def holds(self) -> bool:
        """Whether it was not retired."""
        return self.retired_at is None

    @property
    def is_to_review(self) -> bool:
        """Whether the day has come on which the group wanted to look at it again."""
        return self.holds and self.review_on <= clock.today()


class Signature(Base):
    """That a partner signed exactly this version, and who did so for it. It never moves to another version."""

    __tablename__ = "signature"
    __table_args__ = (ForeignKeyConstraint(*_TO_VERSION), to_partner(), to_member("signed_by_id"))

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    spelregel_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(primary_key=True)
    signed_by_id: Mapped[UUID]
    signed_by_name: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)

    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")


class Review(Tenant, Base):
    """What came of looking at a version of a rule again; `next_on` when it was kept."""

    __tablename__ = "spelregel_review"
    __table_args__ = (ForeignKeyConstraint(*_TO_VERSION), to_member("reviewed_by_id"))

    spelregel_id: Mapped[UUID]
    version: Mapped[int]
    outcome: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    reviewed_by_id: Mapped[UUID]
    reviewed_by_name: Mapped[str]
    reviewed_at: Mapped[datetime] = mapped_column(default=clock.now)
