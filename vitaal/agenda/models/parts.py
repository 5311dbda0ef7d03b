"""What belongs to one action: who helps, and the steps of its checklist."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Membership

OF_ACTION = ["workspace_id", "action_id"], ["app.action.workspace_id", "app.action.id"]


class ActionHelper(Base):
    """A member who helps with an action."""

    __tablename__ = "action_helper"
    __table_args__ = (
        ForeignKeyConstraint(*OF_ACTION, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    since_at: Mapped[datetime] = mapped_column(default=clock.now)

    member: Mapped[Membership] = relationship(viewonly=True, lazy="raise")


class Step(Tenant, Base):
    """One step on the checklist of an action."""

    __tablename__ = "step"
    __table_args__ = (
        ForeignKeyConstraint(*OF_ACTION, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "done_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    action_id: Mapped[UUID]
    text: Mapped[str]
    position: Mapped[int]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None]
