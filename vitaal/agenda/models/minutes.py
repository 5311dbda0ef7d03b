"""What is said in a meeting: its points with their notes, and the actions that came of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.agenda.models.action import Action
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.workspaces.models import Membership

_OF_MEETING = ["workspace_id", "meeting_id"], ["app.meeting.workspace_id", "app.meeting.id"]
_OF_POINT = (
    ["workspace_id", "meeting_id", "point_id"],
    [f"app.meeting_point.{name}" for name in ("workspace_id", "meeting_id", "id")],
)


class PointKind(StrEnum):
    """Where a point of a meeting's agenda was taken from."""

    FREE = "free"
    ACTION = "action"
    INGREDIENT = "ingredient"


class Point(Tenant, Base):
    """One point of a meeting's agenda, and what was noted about it."""

    __tablename__ = "meeting_point"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEETING),
        ForeignKeyConstraint(
            ["workspace_id", "action_id"], ["app.action.workspace_id", "app.action.id"], ondelete="SET NULL"
        ),
        ForeignKeyConstraint(
            ["workspace_id", "noted_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    meeting_id: Mapped[UUID]
    position: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default=PointKind.FREE)
    action_id: Mapped[UUID | None]
    ingredient: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    noted_by_id: Mapped[UUID | None]
    noted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    action: Mapped[Action | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Point.workspace_id, Point.action_id]"
    )

    def take_note(self, note: str, *, by: Membership, version: int) -> bool:
        """Write down what was said; False when that was there already.

        `version` is the one that the writer saw. Raises ChangedMeanwhile when someone else wrote since.
        """
        db.session.refresh(self, with_for_update={"of": Point})
        if note == self.note:
            return False
        if version != self.version:
            raise ChangedMeanwhile(self.id)
        self.note, self.noted_by_id, self.noted_at = note, by.id, clock.now()
        self.version += 1
        db.session.flush()
        return True


class MeetingAction(Base):
    """An action that was made during a meeting, at one of its points."""

    __tablename__ = "meeting_action"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEETING),
        ForeignKeyConstraint(*_OF_POINT),
        ForeignKeyConstraint(
            ["workspace_id", "action_id"], ["app.action.workspace_id", "app.action.id"], ondelete="CASCADE"
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    action_id: Mapped[UUID] = mapped_column(primary_key=True)
    point_id: Mapped[UUID]

    action: Mapped[Action] = relationship(viewonly=True, lazy="raise")
