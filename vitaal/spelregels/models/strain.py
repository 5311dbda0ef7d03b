"""A strain: a rule that rubs. Who brought it up is known only to those it was shared with."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant
from vitaal.spelregels.models.rule import Spelregel, to_member
from vitaal.workspaces.models import Membership


class StrainStage(StrEnum):
    """The small path: brought up, talked about, something agreed, closed with a lesson."""

    RAISED = "raised"
    TALKED = "talked"
    AGREED = "agreed"
    CLOSED = "closed"


class Part(StrEnum):
    """What someone has to do with a strain."""

    RAISED = "raised"
    OTHER = "other"
    GUIDE = "guide"


# Where a strain can go from each stage: forward, also over a stage; what was written last may be written anew.
AHEAD = {
    StrainStage.RAISED: (StrainStage.TALKED, StrainStage.AGREED, StrainStage.CLOSED),
    StrainStage.TALKED: (StrainStage.AGREED, StrainStage.CLOSED),
    StrainStage.AGREED: (StrainStage.CLOSED, StrainStage.AGREED),
    StrainStage.CLOSED: (StrainStage.CLOSED,),
}


class Strain(Tenant, Base):
    """What happened and what someone needs. It names nobody: who is in it stands in StrainPerson.

    With `is_for_all` the inner circle sees it, without who brought it up; else only who is in it.
    """

    __tablename__ = "strain"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "spelregel_id"], ["app.spelregel.workspace_id", "app.spelregel.id"]
        ),
    )

    spelregel_id: Mapped[UUID | None]
    happened: Mapped[str]
    needed: Mapped[str] = mapped_column(default="")
    is_for_all: Mapped[bool]
    stage: Mapped[str] = mapped_column(default=StrainStage.RAISED)
    agreed: Mapped[str] = mapped_column(default="")
    check_on: Mapped[date | None]
    lesson: Mapped[str] = mapped_column(default="")
    raised_on: Mapped[date] = mapped_column(default=clock.today)
    version: Mapped[int] = mapped_column(default=1)

    spelregel: Mapped[Spelregel | None] = relationship(viewonly=True, lazy="raise")
    people: Mapped[list["StrainPerson"]] = relationship(viewonly=True, lazy="raise")

    @property
    def is_over(self) -> bool:
        """Whether it was closed."""
        return self.stage == StrainStage.CLOSED

    @property
    def ahead(self) -> tuple[StrainStage, ...]:
        """Where it can go from here, the nearest step first."""
        return AHEAD[StrainStage(self.stage)]

    def is_of(self, member: Membership) -> bool:
        """Whether this member is in it. Needs `people`, of whom the wall shows only who the reader may know."""
        return any(each.member_id == member.id for each in self.people)

    def was_raised_by(self, member: Membership) -> bool:
        """Whether this member brought it up. Needs `people`."""
        return any(each.member_id == member.id and each.part == Part.RAISED for each in self.people)


class StrainPerson(Base):
    """Who is in a strain: who brought it up, the other, and who guides the talk."""

    __tablename__ = "strain_person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "strain_id"], ["app.strain.workspace_id", "app.strain.id"], ondelete="CASCADE"
        ),
        to_member("member_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    strain_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str]

    member: Mapped[Membership | None] = relationship(viewonly=True, lazy="raise")
