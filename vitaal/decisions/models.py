"""What a group decided, what it agreed, and what it saw when it looked whether an agreement works."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Computed, ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from vitaal.activity.models.comment import to_membership
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Membership

_TO_DECISION = ["app.decision.workspace_id", "app.decision.id"]


class How(StrEnum):
    """How something was decided."""

    CONSENT = "consent"
    MAJORITY = "majority"
    MANDATE = "mandate"


class Outcome(StrEnum):
    """What became of an agreement when people looked whether it works."""

    KEEP = "keep"
    DONE = "done"
    STOP = "stop"


class CameFrom:
    """Where a row came from: at most one of a meeting (maybe a point of it), an action, a working group and a proposal."""

    __mapper_args__: ClassVar = {
        "eager_defaults": False
    }  # what can be searched in is not read back when it is written

    meeting_id: Mapped[UUID | None]
    point_id: Mapped[UUID | None]
    action_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    proposal_id: Mapped[UUID | None]


class Decision(Tenant, CameFrom, Base):
    """What was decided, how, by whom and on which day. It is never rewritten: a later decision replaces it.

    `circle` is the outermost circle that may read it; what was written at a point of a meeting is read by who sees
    that point. `minority` is the view of who saw it otherwise; after `valid_until` it no longer holds.
    """

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "replaces_id"], _TO_DECISION),
        to_membership("by_id"),
    )

    replaces_id: Mapped[UUID | None]
    text: Mapped[str]
    how: Mapped[str]
    decided_by: Mapped[str] = mapped_column(default="")
    minority: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date]
    valid_until: Mapped[date | None]
    circle: Mapped[str]
    by_id: Mapped[UUID]
    by_name: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    search: Mapped[Any] = deferred(
        mapped_column(TSVECTOR, Computed("to_tsvector('dutch', text || ' ' || minority)"))
    )

    @property
    def is_over(self) -> bool:
        """Whether the last day on which it held has passed."""
        return self.valid_until is not None and self.valid_until < clock.today()


class Agreement(Tenant, CameFrom, Base):
    """What a group will do from now on: who looks after it, and on which day they look whether it works.

    `decision_id` is the decision that it goes with, where there is one.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "decision_id"], _TO_DECISION),
        to_membership("owner_id"),
        to_membership("by_id"),
    )

    text: Mapped[str]
    owner_id: Mapped[UUID]
    check_on: Mapped[date]
    circle: Mapped[str]
    decision_id: Mapped[UUID | None]
    agreed_on: Mapped[date]
    by_id: Mapped[UUID]
    by_name: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    search: Mapped[Any] = deferred(mapped_column(TSVECTOR, Computed("to_tsvector('dutch', text)")))

    owner: Mapped[Membership | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Agreement.workspace_id, Agreement.owner_id]"
    )
    decision: Mapped[Decision | None] = relationship(viewonly=True, lazy="raise")


class AgreementCheck(Tenant, Base):
    """That someone looked whether an agreement works, and what came of it. It is never rewritten."""

    __tablename__ = "agreement_check"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "agreement_id"], ["app.agreement.workspace_id", "app.agreement.id"]
        ),
        to_membership("by_id"),
    )

    agreement_id: Mapped[UUID]
    outcome: Mapped[str]
    lesson: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    by_id: Mapped[UUID]
    by_name: Mapped[str]
    checked_at: Mapped[datetime] = mapped_column(default=clock.now)

    by: Mapped[Membership | None] = relationship(viewonly=True, lazy="raise")
