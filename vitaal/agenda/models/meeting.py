"""A meeting: when and where it is, who is asked, who says to come and who was there."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db, new_id
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.workspaces.models import Circle, Membership

_WHEN = {"starts_at", "ends_at"}
_WHERE = {"place", "link"}


class Answer(StrEnum):
    """What someone who is asked said."""

    NONE = ""
    YES = "yes"
    NO = "no"


class Meeting(Tenant, Base):
    """A dated meeting. Within a workspace it is known by its number; until it is sent only the inside sees it.

    `asks` names who is asked: the circles by their name, working groups by their id. `sequence` rises with each
    change that calendars show (RFC 5545). An answer from before `moved_at` was for another time.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "made_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    number: Mapped[int]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    circle: Mapped[str] = mapped_column(default=Circle.OUTER)
    asks: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    made_by_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    minutes_revision: Mapped[int] = mapped_column(default=0)
    minutes_sent_at: Mapped[datetime | None]

    @classmethod
    def plan(cls, title: str, *, by: Membership, **fields: Any) -> "Meeting":
        """Make a meeting, with the next number; nobody is told yet."""
        number = db.session.scalar(text("SELECT wall.last_meeting()")) + 1
        meeting = cls(id=new_id(), number=number, title=title, made_by_id=by.id, **fields)
        db.session.add(meeting)
        db.session.flush()
        return meeting

    @property
    def was_before_today(self) -> bool:
        """Whether its day has passed."""
        return clock.day_of(self.starts_at) < clock.today()

    @property
    def is_over(self) -> bool:
        """Whether it has ended by now."""
        return self.ends_at <= clock.now()

    @property
    def is_on(self) -> bool:
        """Whether people are asked to come to it: it was sent, not called off, and not over."""
        return self.sent_at is not None and self.cancelled_at is None and not self.is_over

    def change(self, *, by: Membership, version: int, **wanted: Any) -> list[str]:
        """Change fields by name; returns the names of those that became different.

        `version` is the one that the reader saw. Raises ChangedMeanwhile when it is no longer the newest.
        """
        db.session.refresh(self, with_for_update=True)
        changed = [name for name, value in wanted.items() if getattr(self, name) != value]
        if not changed:
            return []
        if version != self.version:
            raise ChangedMeanwhile(self.id)
        for name in changed:
            setattr(self, name, wanted[name])
        if _WHEN & set(changed):
            self.moved_at = clock.now()
        self._changed(in_calendars=bool((_WHEN | _WHERE | {"title"}) & set(changed)))
        if self.sent_at and (_WHEN | _WHERE) & set(changed):
            record("moved", "meeting", self.title, by=by, **self._known_to())
        db.session.flush()
        return changed

    def cancel(self, reason: str, *, by: Membership) -> bool:
        """Call it off; False when it was already."""
        db.session.refresh(self, with_for_update=True)
        if self.cancelled_at:
            return False
        self.cancelled_at, self.cancel_reason = clock.now(), reason
        self._changed()
        if self.sent_at:
            record("cancelled", "meeting", self.title, by=by, **self._known_to())
        db.session.flush()
        return True

    def revive(self, *, by: Membership) -> bool:
        """Let it take place after all; False when it was never called off."""
        db.session.refresh(self, with_for_update=True)
        if not self.cancelled_at:
            return False
        self.cancelled_at, self.cancel_reason = None, ""
        self._changed()
        if self.sent_at:
            record("revived", "meeting", self.title, by=by, **self._known_to())
        db.session.flush()
        return True

    def announce(self, *, by: Membership) -> None:
        """Make it known to who may see it; the first time, that is news."""
        if not self.sent_at:
            self.sent_at = clock.now()
            self.version += 1
            record("announced", "meeting", self.title, by=by, **self._known_to())
            db.session.flush()

    def _changed(self, *, in_calendars: bool = True) -> None:
        self.version += 1
        self.sequence += in_calendars
        self.changed_at = clock.now()

    def _known_to(self) -> dict[str, Any]:
        return {"object_id": self.id, "circle": Circle(self.circle), "number": self.number}


class Invitee(Base):
    """A member who is asked for a meeting, and their answer."""

    __tablename__ = "meeting_invitee"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "meeting_id"], ["app.meeting.workspace_id", "app.meeting.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[str] = mapped_column(default=Answer.NONE)
    answered_at: Mapped[datetime | None]

    member: Mapped[Membership | None] = relationship(viewonly=True, lazy="raise")

    def answer_for(self, meeting: Meeting) -> Answer:
        """What they said about the time as it is now; an answer for another time counts no more."""
        if not self.answered_at or (meeting.moved_at and self.answered_at < meeting.moved_at):
            return Answer.NONE
        return Answer(self.answer)


class Attendance(Base):
    """Whether someone who was asked was there, as who took the minutes saw it."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "meeting_id", "member_id"],
            [f"app.meeting_invitee.{name}" for name in ("workspace_id", "meeting_id", "member_id")],
        ),
        ForeignKeyConstraint(
            ["workspace_id", "noted_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    was_there: Mapped[bool]
    noted_by_id: Mapped[UUID]
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)
