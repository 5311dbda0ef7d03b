"""Asking for a report, now or every period: a row and a promise, in one transaction. A worker gathers it."""

from datetime import date
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from vitaal.agenda.models import Meeting
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id, take_turn
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.tenancy import entering, the_workspace_id
from vitaal.kernel.web import promise as nudge_workers
from vitaal.reports import periods
from vitaal.reports.files import forget_files
from vitaal.reports.gathering import LANGUAGE
from vitaal.reports.kinds import KINDS
from vitaal.reports.models import Cadence, Report, ReportFile, ReportSchedule, State, next_number
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.reporting import Period

GATHER = "reports.gather"
BEGIN = "reports.begin_scheduled"
_LONGEST_TITLE = 120


def ask(
    kind: str,
    *,
    by: Membership,
    period: Period | None = None,
    meeting: Meeting | None = None,
    is_scheduled: bool = False,
) -> Report:
    """Ask for a report of a kind, about a period or a meeting where the kind needs one."""
    take_turn(f"report {the_workspace_id()}")
    report = Report(
        id=new_id(),
        number=next_number(),
        kind=kind,
        subject_id=meeting.id if meeting else None,
        first_on=period.first if period else None,
        last_on=period.last if period else None,
        is_scheduled=is_scheduled,
        title=_title(kind, period, meeting)[:_LONGEST_TITLE],
        asked_by_id=by.id,
        asked_by_name=by.name,
    )
    db.session.add(report)
    db.session.flush()
    _promise_to_gather(report, by)
    return report


def ask_again(report: Report, *, by: Membership) -> None:
    """Try anew what failed, or what nobody seems to be at any more."""
    db.session.refresh(report, with_for_update=True)
    if report.can_be_tried_anew:
        report.state, report.asked_at = State.ASKED, clock.now()
        db.session.flush()
        _promise_to_gather(report, by)


def schedule(cadence: Cadence, *, by: Membership) -> None:
    """Make a report by itself after each such period, from the next one on."""
    next_on = periods.next_day(cadence, clock.today())
    wanted = {"cadence": cadence, "next_on": next_on, "set_by_name": by.name, "set_at": clock.now()}
    row = insert(ReportSchedule).values(workspace_id=the_workspace_id(), **wanted)
    db.session.execute(row.on_conflict_do_update(index_elements=["workspace_id"], set_=wanted))
    if next_on:
        _promise_to_begin(next_on, by.person_id)


def begin_scheduled(kept: Promise) -> None:
    """Ask for the report of the period that is over, when it still is the day on which the schedule has it. Commits.

    Two workers wait for each other; the second finds the schedule further on. A morning that was missed is made up
    for with one report.
    """
    person_id = who_arranges(kept)
    if person_id is None:
        return
    with entering(db.session, person_id=person_id, workspace_id=kept.scope_id):
        plan = db.session.scalar(select(ReportSchedule).with_for_update())
        workspace = db.session.get(Workspace, kept.scope_id)
        day = clock.day_of(kept.due_at)
        if plan is None or plan.next_on != day or workspace is None or workspace.archived_at:
            return
        by = db.session.scalars(
            select(Membership).where(Membership.person_id == person_id, Membership.left_at.is_(None))
        ).one()
        cadence, today = Cadence(plan.cadence), clock.today()
        ask("progress", by=by, period=periods.last_whole(cadence, today), is_scheduled=True)
        plan.next_on = periods.next_day(cadence, today)
        if plan.next_on:
            _promise_to_begin(plan.next_on, person_id)
        db.session.commit()


def throw_away(report: Report) -> None:
    """Forget a report that was never published, with its files. What was published can only be withdrawn."""
    forget_files(ReportFile.report_id == report.id)
    db.session.delete(report)


def _title(kind: str, period: Period | None, meeting: Meeting | None) -> str:
    with force_locale(LANGUAGE):
        if period:
            return str(_("Onze voortgang in %(period)s", period=periods.in_words(period)))
        if meeting:
            return str(_("Notulen van %(meeting)s", meeting=meeting.title))
        return str(KINDS[kind].name)


def _promise_to_gather(report: Report, by: Membership) -> None:
    promise(GATHER, report.id, due_at=clock.now(), person_id=by.person_id)
    nudge_workers()


def _promise_to_begin(day: date, person_id: UUID | None) -> None:
    promise(BEGIN, the_workspace_id(), due_at=clock.moment_on(day, clock.MORNING), person_id=person_id)
