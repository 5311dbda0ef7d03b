"""A working group: a few members, of any partner and circle, with a part of the agenda of their own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.workspaces.models import Membership


class WorkingGroup(Tenant, Base):
    """A working group with its lead."""

    __tablename__ = "working_group"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "lead_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    lead_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class GroupMember(Base):
    """A member who takes part in a working group."""

    __tablename__ = "group_member"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "group_id"], ["app.working_group.workspace_id", "app.working_group.id"]
        ),
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)

    member: Mapped[Membership] = relationship(viewonly=True, lazy="raise")
