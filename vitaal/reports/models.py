"""A report, the files that were made of it, and when the next one comes."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, func, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db
from vitaal.kernel.versions import revise
from vitaal.workspaces.models import Circle

LONG = timedelta(minutes=15)  # to gather a report takes a second


class State(StrEnum):
    """How far a report is. What failed can be asked for anew."""

    ASKED = "asked"
    FAILED = "failed"
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Report(Tenant, Base):
    """A report from the moment it was asked for until it was withdrawn.

    `readings` hold the document as it was taken, once for the inner circle and once for who reads from further out; the
    database gives each only to who may read it, and refuses to change it. `words` are the coalition's own, by the key of the section; `left_out` are the keys
    of sections that it leaves out. What was published is never rewritten. `version` counts editions of the words.
    """

    __tablename__ = "report"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "asked_by_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    number: Mapped[int]
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    is_scheduled: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default=State.ASKED)
    title: Mapped[str]
    lead: Mapped[str] = mapped_column(default="")
    words: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    left_out: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    version: Mapped[int] = mapped_column(default=1)
    taken_at: Mapped[datetime | None]
    asked_by_id: Mapped[UUID]
    asked_by_name: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    circle: Mapped[str | None]
    to_municipality: Mapped[bool] = mapped_column(default=False)
    to_programme: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    published_by_name: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_name: Mapped[str] = mapped_column(default="")
    withdrawn_why: Mapped[str] = mapped_column(default="")

    readings: Mapped[list["ReportReading"]] = relationship(passive_deletes="all")

    @property
    def data(self) -> dict[str, Any] | None:
        """What was taken, by circle, as far as the reader may read it; None until it was."""
        return {reading.circle: reading.document for reading in self.readings} or None

    @data.setter
    def data(self, taken: dict[str, Any]) -> None:
        self.readings = [
            ReportReading(circle=circle, document=document) for circle, document in taken.items()
        ]

    @property
    def is_going_on(self) -> bool:
        """Whether it is being gathered."""
        return self.state == State.ASKED

    @property
    def can_be_tried_anew(self) -> bool:
        """Whether it failed, or takes so long that nobody is at it any more."""
        takes_long = self.is_going_on and clock.now() - self.asked_at > LONG
        return self.state == State.FAILED or takes_long

    @property
    def is_draft(self) -> bool:
        """Whether people can still write in it."""
        return self.state == State.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether those for whom it is can read it."""
        return self.state == State.PUBLISHED

    def write(self, version: int, **wanted: Any) -> list[str]:
        """Change title, lead, own words and what is left out. Raises ChangedMeanwhile; see `kernel.versions`."""
        return revise(self, version, wanted)


def next_number() -> int:
    """The number of the next report of this workspace."""
    return int(db.session.scalar(select(func.coalesce(func.max(Report.number), 0))) or 0) + 1


class ReportReading(Base):
    """A report as one circle reads it, as it was taken."""

    __tablename__ = "report_reading"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "report_id"], ["app.report.workspace_id", "app.report.id"]),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    circle: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ReportFile(Tenant, Base):
    """A file of one edition of a report, as one circle reads it; the file itself is in the storage, under its id."""

    __tablename__ = "report_file"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "report_id"], ["app.report.workspace_id", "app.report.id"]),
    )

    report_id: Mapped[UUID]
    edition: Mapped[int]
    circle: Mapped[str] = mapped_column(default=Circle.INNER)
    file_type: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return f"reports/{self.workspace_id}/{self.id}"


class Cadence(StrEnum):
    """How often a report is made by itself."""

    NEVER = "never"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class ReportSchedule(Base):
    """How often a workspace gets its report, and on which day the next one is made; one per workspace."""

    __tablename__ = "report_schedule"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    cadence: Mapped[str] = mapped_column(default=Cadence.NEVER)
    next_on: Mapped[date | None]
    set_by_name: Mapped[str] = mapped_column(default="")
    set_at: Mapped[datetime] = mapped_column(default=clock.now)


class HandedReport(Base):
    """A report that a workspace handed up, to a municipality or a programme, as it was published."""

    __tablename__ = "handed_report"
    __table_args__ = {"schema": "oversight"}  # noqa: RUF012 - SQLAlchemy's own declaration

    id: Mapped[UUID] = mapped_column(primary_key=True)
    workspace_id: Mapped[UUID]
    report_id: Mapped[UUID]
    municipality_code: Mapped[str | None]
    programme_id: Mapped[UUID | None]
    workspace_name: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    document: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True)
    tokens: Mapped[dict[str, str]] = mapped_column(JSONB, deferred=True)
    taken_at: Mapped[datetime]
    handed_at: Mapped[datetime] = mapped_column(default=clock.now)
