"""An action on a workspace's agenda."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db, new_id
from vitaal.workspaces.models import Circle, Membership


class Action(Tenant, Base):
    """Something to do together, with the reason why, in the order that the group agreed on."""

    __tablename__ = "action"

    title: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @classmethod
    def add(cls, title: str, *, by: Membership, reason: str = "") -> "Action":
        """Put a new action at the end of the agenda. Everyone in the workspace may know."""
        last = db.session.scalar(select(func.max(cls.position))) or 0
        action = cls(id=new_id(), title=title, reason=reason, position=last + 1)
        db.session.add(action)
        record("added", "action", title, by=by, object_id=action.id, circle=Circle.OUTER)
        db.session.flush()
        return action
