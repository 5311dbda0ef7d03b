"""What belongs to one action: who helps, and the steps of its checklist."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db, here
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
    """One step on the checklist of an action. It changes by `Action.change_steps`, which keeps how it was."""

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

    @classmethod
    def put(cls, action_id: UUID, step_id: UUID, state: dict[str, Any] | None) -> dict[str, Any] | None:
        """Let the step with this id be so, or be gone; returns how it was before."""
        step = here(cls, step_id)
        before = step.state if step else None
        if state is None and step:
            db.session.delete(step)
        elif state is not None:
            step = step or cls(id=step_id, action_id=action_id)
            for name, value in state.items():
                setattr(step, name, value)
            db.session.add(step)
        return before

    @property
    def state(self) -> dict[str, Any]:
        """All that can change about it, as the history keeps it."""
        return {name: getattr(self, name) for name in ("text", "position", "done_at", "done_by_id")}
