"""What pages ask about reports. The wall leaves out what the reader may not read."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from vitaal.agenda.models import Meeting
from vitaal.kernel import clock
from vitaal.kernel.db import HIGHEST_NUMBER, db
from vitaal.reports.models import Report, ReportFile, ReportSchedule
from vitaal.workspaces.models import Circle, Membership

PAGE = 50
MEETINGS = 50


def reports(before: int | None = None) -> tuple[Sequence[Report], int | None]:
    """A page of reports, the newest first, and the number before which the next page begins, when there is one."""
    asked = select(Report).order_by(Report.number.desc()).limit(PAGE + 1)
    if before is not None:
        asked = asked.where(Report.number < before)
    found = db.session.scalars(asked).all()
    return found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None


def report_numbered(number: int) -> Report | None:
    """The report with this number; None where there is none that the reader may see."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(select(Report).where(Report.number == number)).one_or_none()


def files_for(report: Report, reader: Membership) -> Sequence[ReportFile]:
    """The files of the edition as it is now, as this reader reads it."""
    circle = Circle.INNER if reader.is_inside else Circle.OUTER
    order = func.array_position(["pdf", "odt", "ods", "xlsx", "csv"], ReportFile.file_type)
    return db.session.scalars(
        select(ReportFile)
        .where(
            ReportFile.report_id == report.id,
            ReportFile.edition == report.version,
            ReportFile.circle == circle,
        )
        .order_by(order)
    ).all()


def file_of(report: Report, file_type: str, reader: Membership) -> ReportFile | None:
    """One of those files, or None."""
    return next((file for file in files_for(report, reader) if file.file_type == file_type), None)


def the_schedule() -> ReportSchedule | None:
    """How often this workspace gets its report, when that was ever set."""
    return db.session.scalars(select(ReportSchedule)).one_or_none()


def meetings_held() -> Sequence[Meeting]:
    """The meetings that are over and took place, the last one first."""
    is_over = and_(Meeting.ends_at <= clock.now(), Meeting.cancelled_at.is_(None))
    return db.session.scalars(
        select(Meeting).where(is_over).order_by(Meeting.starts_at.desc(), Meeting.id).limit(MEETINGS)
    ).all()
