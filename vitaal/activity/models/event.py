"""Events: an append-only record of what happened in a workspace."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db
from vitaal.workspaces.models import Circle, Membership


class Event(Tenant, Base):
    """Something that happened: who did what to which object, and which circle may know."""

    __tablename__ = "event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "actor_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    helped_by_name: Mapped[str] = mapped_column(default="")
    verb: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[UUID | None]
    object_name: Mapped[str]
    circle: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)


def record(
    verb: str,
    object_kind: str,
    object_name: str,
    *,
    by: Membership | str,
    object_id: UUID | None = None,
    circle: Circle = Circle.INNER,
    helped_by: Membership | None = None,
    **detail: Any,
) -> None:
    """Write down what happened, in the same transaction as the change itself.

    `by` is a member, or the name of who acted from outside (an officer who founds). `circle` is the
    outermost circle that may know; `helped_by` is the member who entered it for someone without an account.
    """
    db.session.add(
        Event(
            verb=verb,
            object_kind=object_kind,
            object_id=object_id,
            object_name=object_name,
            actor_id=None if isinstance(by, str) else by.id,
            actor_name=by if isinstance(by, str) else by.name,
            helped_by_name=helped_by.name if helped_by else "",
            circle=circle,
            detail=detail,
        )
    )
