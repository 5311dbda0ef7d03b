"""A challenge with its ambition, the goals under it, and which partners stand behind them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db, new_id
from vitaal.workspaces.models import Circle, Membership, Partner


class Challenge(Tenant, Base):
    """A social question (opgave) with its ambition: promise × commitment × doing (method: vision.yaml)."""

    __tablename__ = "challenge"

    title: Mapped[str]
    promise: Mapped[str] = mapped_column(default="")
    commitment: Mapped[str] = mapped_column(default="")
    doing: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    @classmethod
    def add(cls, title: str, *, by: Membership, **ambition: str) -> "Challenge":
        """A new challenge, after the others; `ambition` holds promise, commitment and doing."""
        last = db.session.scalar(select(func.max(cls.position))) or 0
        challenge = cls(id=new_id(), title=title, position=last + 1, **ambition)
        db.session.add(challenge)
        record("added", "challenge", title, by=by, object_id=challenge.id, circle=Circle.OUTER)
        db.session.flush()
        return challenge


class Goal(Tenant, Base):
    """What we want to reach in a period; loose, or under a challenge."""

    __tablename__ = "goal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "challenge_id"], ["app.challenge.workspace_id", "app.challenge.id"]
        ),
    )

    challenge_id: Mapped[UUID | None]
    title: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    @classmethod
    def add(cls, title: str, *, by: Membership, **fields: Any) -> "Goal":
        """A new goal, after the others; `fields` by column name."""
        last = db.session.scalar(select(func.max(cls.position))) or 0
        goal = cls(id=new_id(), title=title, position=last + 1, **fields)
        db.session.add(goal)
        record("added", "goal", title, by=by, object_id=goal.id, circle=Circle.OUTER)
        db.session.flush()
        return goal


class Indicator(Tenant, Base):
    """By what people notice that a goal comes nearer: where it stands now, and where we want it."""

    __tablename__ = "indicator"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "goal_id"], ["app.goal.workspace_id", "app.goal.id"]),
    )

    goal_id: Mapped[UUID]
    name: Mapped[str]
    now: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class Backing(Base):
    """Whether a partner stands behind a goal, and what it brings; said by a member who represents it."""

    __tablename__ = "backing"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "goal_id"], ["app.goal.workspace_id", "app.goal.id"]),
        ForeignKeyConstraint(["workspace_id", "partner_id"], ["app.partner.workspace_id", "app.partner.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "said_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(primary_key=True)
    stands_behind: Mapped[bool]
    brings: Mapped[str] = mapped_column(default="")
    said_by_id: Mapped[UUID]
    said_at: Mapped[datetime] = mapped_column(default=clock.now)

    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")
