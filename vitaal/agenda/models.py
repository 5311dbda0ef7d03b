"""An action on a workspace's agenda."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant


class Action(Tenant, Base):
    """Something to do together, with the reason why, in the order that the group agreed on."""

    __tablename__ = "action"

    title: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
