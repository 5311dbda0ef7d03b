"""A member: someone who represents a partner in a workspace."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Text, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db
from vitaal.people.models import Person
from vitaal.workspaces.models.circle import Circle
from vitaal.workspaces.models.partner import Partner


class Role(StrEnum):
    """What a member does for the whole group (method: circles.yaml)."""

    LEAD = "lead"
    FACILITATOR = "facilitator"
    LIAISON = "liaison"


class Reach(StrEnum):
    """How a member takes part: with an account, or by post or phone through a named helper."""

    ACCOUNT = "account"
    POST = "post"
    PHONE = "phone"


class Membership(Tenant, Base):
    """Someone's place in a workspace: for which partner, in which circle, with which roles.

    Without an account a member has a helper, and the day on which they agreed to that help.
    """

    __tablename__ = "membership"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "partner_id"], ["app.partner.workspace_id", "app.partner.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "helper_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("app.person.id"))
    partner_id: Mapped[UUID]
    name: Mapped[str]
    circle: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    reach: Mapped[str] = mapped_column(default=Reach.ACCOUNT)
    contact: Mapped[str] = mapped_column(default="")
    helper_id: Mapped[UUID | None]
    consented_on: Mapped[date | None]
    invitation_id: Mapped[UUID | None]
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]

    partner: Mapped[Partner] = relationship(viewonly=True, lazy="raise")
    person: Mapped[Person | None] = relationship(viewonly=True, lazy="raise")

    @property
    def arranges(self) -> bool:
        """Whether the member leads or facilitates."""
        return Role.LEAD in self.roles or Role.FACILITATOR in self.roles

    @property
    def open_name(self) -> str:
        """The name as everyone may know it: empty for the outer circle, whose members don't know each other's."""
        return self.name if self.is_inside else ""

    @property
    def is_inside(self) -> bool:
        """Whether the member stands in the inner circle or arranges."""
        return self.circle == Circle.INNER or self.arranges


class LastSeen(Base):
    """Until which moment a member has seen on screen what happened; their digest leaves that out."""

    __tablename__ = "last_seen"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]

    @classmethod
    def of(cls, member: Membership) -> datetime:
        """Until when this member has seen everything; at first that is the moment they joined."""
        seen_at = db.session.scalar(select(cls.seen_at).where(cls.member_id == member.id))
        return seen_at or member.joined_at

    @classmethod
    def mark(cls, member: Membership, seen_at: datetime) -> None:
        """Remember that this member has seen everything until a moment. Only for the member themselves."""
        fresh = insert(cls).values(workspace_id=member.workspace_id, member_id=member.id, seen_at=seen_at)
        db.session.execute(
            fresh.on_conflict_do_update(
                index_elements=["workspace_id", "member_id"],
                set_={"seen_at": func.greatest(cls.seen_at, fresh.excluded.seen_at)},
            )
        )
