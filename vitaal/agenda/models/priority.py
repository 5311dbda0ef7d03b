"""A round in which the partners weigh actions, each alone: which actions, which voices, and what they say."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, SmallInteger
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from vitaal.agenda.models.action import Action
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Circle, Membership, Partner


def _to(table: str, column: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    keys = [f"app.{table}.workspace_id", f"app.{table}.id"]
    return ForeignKeyConstraint(["workspace_id", column], keys, ondelete=ondelete)


class PriorityRound(Tenant, Base):
    """Open until `closed_at`; then its spread is seen; once `settled_at`, the group has set its order.

    `circle` says who sees it: everyone when all its actions are shared with all, else the inner circle.
    """

    __tablename__ = "priority_round"
    __table_args__ = (
        _to("membership", "opened_by_id"),
        _to("membership", "closed_by_id"),
        _to("membership", "settled_by_id"),
    )

    why: Mapped[str] = mapped_column(default="")
    circle: Mapped[str] = mapped_column(default=Circle.OUTER)
    closes_on: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_by_id: Mapped[UUID]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None]

    @property
    def is_open(self) -> bool:
        """Whether partners can still give their view."""
        return self.closed_at is None

    @property
    def is_settled(self) -> bool:
        """Whether the group has set the order."""
        return self.settled_at is not None


class RoundAction(Base):
    """An action in a round, in the order of the agenda, and what the group decided about it afterwards."""

    __tablename__ = "round_action"
    __table_args__ = (
        _to("priority_round", "round_id"),
        _to("action", "action_id", ondelete="CASCADE"),
        _to("partner", "taken_by_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int]
    settled_place: Mapped[int | None]
    quadrant: Mapped[str] = mapped_column(default="")
    taken_by_id: Mapped[UUID | None]

    action: Mapped[Action] = relationship(viewonly=True, lazy="raise")
    taken_by: Mapped[Partner | None] = relationship(viewonly=True, lazy="raise")


class Voice(Base):
    """A partner that is asked for its view in a round; it has one voice."""

    __tablename__ = "voice"
    __table_args__ = (_to("priority_round", "round_id"), _to("partner", "partner_id"))

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(primary_key=True)

    round: Mapped[PriorityRound] = relationship(viewonly=True, lazy="raise")
    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")
    members: Mapped[list[Membership]] = relationship(
        viewonly=True,
        lazy="raise",
        primaryjoin=lambda: (
            (Voice.workspace_id == foreign(Membership.workspace_id))
            & (Voice.partner_id == foreign(Membership.partner_id))
            & Membership.left_at.is_(None)
        ),
    )

    def is_of(self, member: Membership) -> bool:
        """Whether this member speaks for the partner: they represent it, or help someone who does."""
        return member.partner_id == self.partner_id or any(m.helper_id == member.id for m in self.members)


class Rating(Base):
    """What one partner thinks of one action, from 1 to 5; private until the round closes (the wall sees to it)."""

    __tablename__ = "rating"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "round_id", "action_id"],
            ["app.round_action.workspace_id", "app.round_action.round_id", "app.round_action.action_id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "round_id", "partner_id"],
            ["app.voice.workspace_id", "app.voice.round_id", "app.voice.partner_id"],
        ),
        _to("membership", "rated_by_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[UUID] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(primary_key=True)
    importance: Mapped[int] = mapped_column(SmallInteger)
    urgency: Mapped[int] = mapped_column(SmallInteger)
    remark: Mapped[str] = mapped_column(default="")
    rated_by_id: Mapped[UUID]
    rated_by_name: Mapped[str]
    rated_at: Mapped[datetime] = mapped_column(default=clock.now)
