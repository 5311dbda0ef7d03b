"""An attachment: a file that a member added to something."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.activity.models.comment import About, to_membership
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant


class Attachment(Tenant, About, Base):
    """What a file is called and what it is; the file itself is in the storage, under `file_id`.

    An image has a preview, of the size that is written here. `comment_id` is the comment that brought it along.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        to_membership("added_by_id"),
        to_membership("removed_by_id"),
        ForeignKeyConstraint(["workspace_id", "comment_id"], ["app.comment.workspace_id", "app.comment.id"]),
    )

    comment_id: Mapped[UUID | None]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    file_id: Mapped[UUID]
    preview_width: Mapped[int | None]
    preview_height: Mapped[int | None]
    added_by_id: Mapped[UUID]
    added_by_name: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[UUID | None]
    removed_by_name: Mapped[str] = mapped_column(default="")
