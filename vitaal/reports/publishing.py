"""Publishing a report: for whom in the workspace, and whether its municipalities and its programme read it too.

What is handed up is a copy, as everyone from further out reads it. Withdrawing takes the copies back at once.
"""

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import delete, select

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.pages.document import to_json
from vitaal.reports.files import promise_files
from vitaal.reports.gathering import document_of
from vitaal.reports.models import HandedReport, Report, State
from vitaal.workspaces.models import Circle, Membership, Workspace, WorkspaceMunicipality
from vitaal.workspaces.theming import tokens_of


class NotForOutside(ValueError):
    """What this report is about is known to the inner circle only, so it goes no further."""


def publish(
    report: Report, *, by: Membership, workspace: Workspace, seen: int, circle: Circle,
    to_municipality: bool = False, to_programme: bool = False,
) -> None:  # fmt: skip
    """Let those for whom it is read this report, as it was when the publisher saw it (`seen`, its version).

    Raises ChangedMeanwhile when someone wrote in it or published it since, and NotForOutside.
    """
    _hold(report)
    if report.version != seen or not report.is_draft:
        raise ChangedMeanwhile(report.id)
    goes_outside = circle == Circle.OUTER or to_municipality or to_programme
    if goes_outside and not has_outside(report):
        raise NotForOutside(report.id)
    report.state, report.circle = State.PUBLISHED, circle
    report.to_municipality, report.to_programme = to_municipality, to_programme
    report.published_at, report.published_by_name = clock.now(), by.name
    report.version += 1  # who still writes in the draft is told so, and files of it are no files of this
    db.session.add_all(_handed(report, workspace))
    record(
        "published", "report", report.title, by=by, object_id=report.id, circle=circle, number=report.number
    )
    db.session.flush()
    promise_files(report, by)


def withdraw(report: Report, why: str, *, by: Membership) -> None:
    """Take a published report back: nobody reads it any more, and who it was handed to neither."""
    _hold(report)
    if not report.is_published:
        return
    report.state, report.withdrawn_at = State.WITHDRAWN, clock.now()
    report.withdrawn_by_name, report.withdrawn_why = by.name, why
    db.session.execute(delete(HandedReport).where(HandedReport.report_id == report.id))
    circle = Circle(report.circle or Circle.INNER)
    record("withdrew", "report", report.title, by=by, object_id=report.id, circle=circle)
    db.session.flush()


def has_outside(report: Report) -> bool:
    """Whether there is something in it for who reads from further out."""
    return bool(report.data and report.data[Circle.OUTER]["sections"])


def _hold(report: Report) -> None:
    db.session.scalars(
        select(Report)
        .where(Report.id == report.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _handed(report: Report, workspace: Workspace) -> Iterator[HandedReport]:
    """A copy for each municipality and for the programme, as far as they were chosen."""
    if not (report.to_municipality or report.to_programme):
        return
    document = to_json(document_of(report, Circle.OUTER))
    tokens = dict(tokens_of(workspace, current_app.extensions["storage"]))
    to: list[dict[str, object]] = []
    if report.to_municipality:
        codes = select(WorkspaceMunicipality.municipality_code).where(
            WorkspaceMunicipality.workspace_id == workspace.id
        )
        to += [{"municipality_code": code} for code in db.session.scalars(codes)]
    if report.to_programme and workspace.programme_id:
        to.append({"programme_id": workspace.programme_id})
    for whom in to:
        yield HandedReport(
            id=new_id(), workspace_id=workspace.id, report_id=report.id, workspace_name=workspace.name, kind=report.kind,
            title=report.title, first_on=report.first_on, last_on=report.last_on, document=document, tokens=tokens,
            taken_at=report.taken_at, **whom,
        )  # fmt: skip
