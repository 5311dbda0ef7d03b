"""A comment: what a member said about something, with the members whom it mentions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Partner


def to_membership(column: str) -> ForeignKeyConstraint:
    """A reference from a column to a member of the same workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", column], ["app.membership.workspace_id", "app.membership.id"]
    )


class About:
    """A row about something that another feature has: its kind, its id, and a copy of the circle that sees it."""

    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    circle: Mapped[str]


class Comment(Tenant, About, Base):
    """What was said. `mentions` has the id of each member who is mentioned, with the names as they were typed.

    A comment that was taken away keeps its place; after a while its text is forgotten (`conversation.WAY_BACK`).
    """

    __tablename__ = "comment"
    __table_args__ = (
        to_membership("author_id"),
        to_membership("withdrawn_by_id"),
        ForeignKeyConstraint(["workspace_id", "partner_id"], ["app.partner.workspace_id", "app.partner.id"]),
    )

    author_id: Mapped[UUID]
    author_name: Mapped[str]
    partner_id: Mapped[UUID]
    text: Mapped[str]
    mentions: Mapped[dict[str, list[str]]] = mapped_column(JSONB, default=dict)
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None]
    withdrawn_by_name: Mapped[str] = mapped_column(default="")

    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")
