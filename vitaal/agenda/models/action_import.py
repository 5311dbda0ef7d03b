"""A file with actions that someone brought in: what was in it, how far it is, and what became of each line."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Membership


class ImportState(StrEnum):
    """How far an import is."""

    PREVIEWED = "previewed"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"

    @property
    def is_going_on(self) -> bool:
        """Whether a worker will do it, or is doing it."""
        return self in {ImportState.WAITING, ImportState.RUNNING}


class ActionImport(Tenant, Base):
    """The lines of a file, as long as they are needed; then only which became no action, and why.

    `progress` counts the lines that were taken in so far, and `moved_at` is the last sign of life: both are
    written beside the transaction that makes the actions.
    """

    __tablename__ = "action_import"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "by_id"], ["app.membership.workspace_id", "app.membership.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "undone_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    file_name: Mapped[str]
    state: Mapped[str] = mapped_column(default=ImportState.PREVIEWED)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, deferred=True)
    unknown_columns: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    makes_goals: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int]
    progress: Mapped[int] = mapped_column(default=0)
    made: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, deferred=True)
    stayed: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, deferred=True)
    goal_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    by_id: Mapped[UUID]
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None]
    undone_at: Mapped[datetime | None]

    by: Mapped[Membership] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[ActionImport.workspace_id, ActionImport.by_id]"
    )
