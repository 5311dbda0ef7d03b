"""Who oversees workspaces, and the little that workspaces hand up to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, new_id

_OVERSIGHT = {"schema": "oversight"}


class Municipality(Base):
    """One of the Dutch municipalities, by CBS code (GM0307)."""

    __tablename__ = "municipality"
    __table_args__ = _OVERSIGHT

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str]
    province: Mapped[str]
    province_code: Mapped[str]


class Officer(Base):
    """Someone who onboards coalitions for a municipality."""

    __tablename__ = "officer"
    __table_args__ = _OVERSIGHT

    municipality_code: Mapped[str] = mapped_column(
        ForeignKey("oversight.municipality.code"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(default=clock.now)


class Programme(Base):
    """A national or regional programme that supports many localities."""

    __tablename__ = "programme"
    __table_args__ = _OVERSIGHT

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str]
    name: Mapped[str]


class ProgrammeStaff(Base):
    """Someone who works for a programme."""

    __tablename__ = "programme_staff"
    __table_args__ = _OVERSIGHT

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("oversight.programme.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(default=clock.now)


class Progress(Base):
    """What a workspace hands up: its name, how many were invited and accepted, and its first session."""

    __tablename__ = "progress"
    __table_args__ = _OVERSIGHT

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality_code: Mapped[str] = mapped_column(
        ForeignKey("oversight.municipality.code"), primary_key=True
    )
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("oversight.programme.id"))
    workspace_name: Mapped[str]
    invited: Mapped[int]
    accepted: Mapped[int]
    first_session_on: Mapped[date | None]
    founded_on: Mapped[date]
    handed_up_at: Mapped[datetime] = mapped_column(default=clock.now)
