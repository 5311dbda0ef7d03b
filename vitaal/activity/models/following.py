"""Following: a member wants to know what others say about something, or no longer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from vitaal.activity.models.comment import to_membership
from vitaal.kernel import clock
from vitaal.kernel.db import Base


class Following(Base):
    """Since when a member follows something, and until when they have seen what was said about it.

    Who stopped keeps the row, so that nothing makes them follow again but themselves.
    """

    __tablename__ = "following"
    __table_args__ = (to_membership("member_id"),)

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    circle: Mapped[str]
    since_at: Mapped[datetime] = mapped_column(default=clock.now)
    stopped_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
