"""An invitation into a circle, and a request to join."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Circle, Partner

VALID_FOR = timedelta(days=14)
PURPOSE = "invitation"


class State(StrEnum):
    """What became of an invitation; expired and bounced are seen from its dates and its letter."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitation(Tenant, Base):
    """One address, asked into a circle for a partner, with roles, by a named inviter."""

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "partner_id"], ["app.partner.workspace_id", "app.partner.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "invited_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    partner_id: Mapped[UUID]
    circle: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    message: Mapped[str] = mapped_column(default="")
    invited_by_id: Mapped[UUID | None]
    inviter_person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    inviter_name: Mapped[str]
    inviter_organisation: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.OPEN)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(default=lambda: clock.now() + VALID_FOR)
    sendings: Mapped[int] = mapped_column(default=1)
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    ask_again_on: Mapped[date | None]
    letter_id: Mapped[UUID | None]

    def circle_with(self, partner: Partner) -> Circle:
        """Where the invited person will stand: where the invitation says, or further out with their partner."""
        asked = Circle(self.circle)
        return asked.further_out(Circle(partner.circle)) if partner.circle else asked


class JoinRequest(Tenant, Base):
    """Someone from outside who asks to take part in the outer circle."""

    __tablename__ = "join_request"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "answered_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    email: Mapped[str]
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=State.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
