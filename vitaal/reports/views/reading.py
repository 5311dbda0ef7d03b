"""The reports of a workspace, and reading one."""

from typing import Any

from flask import g, render_template, request

from vitaal.kernel.db import HIGHEST_NUMBER
from vitaal.kernel.web import may, requires
from vitaal.reports import files, queries, words
from vitaal.reports.access import ReportPermission
from vitaal.reports.gathering import document_of
from vitaal.reports.models import Cadence, Report, State
from vitaal.reports.views.blueprint import blueprint
from vitaal.workspaces.models import Circle


@blueprint.get("/w/<slug>/rapporten")
@requires(ReportPermission.READ)
def all_reports() -> str:
    """What was published for the reader; who arranges sees the others too, and the schedule."""
    before = request.args.get("voor", "")
    found, earlier = queries.reports(
        int(before) if before.isdecimal() and int(before) <= HIGHEST_NUMBER else None
    )
    plan = queries.the_schedule() if may(ReportPermission.MAKE) else None
    return render_template(
        "reports/reports.html",
        reports=found,
        earlier=earlier,
        plan=plan if plan and plan.cadence != Cadence.NEVER else None,
        words=words,
        permissions=ReportPermission,
        states=State,
    )


@blueprint.get("/w/<slug>/rapporten/<int:number>")
@requires(ReportPermission.READ, on=queries.report_numbered)
def show(report: Report) -> str:
    """One report; while it is being made, how far that is. Asked for by htmx it brings itself up to date."""
    return render_template(
        "reports/report.html",
        report=report,
        words=words,
        permissions=ReportPermission,
        states=State,
        **_contents(report),
    )


def _contents(report: Report) -> dict[str, Any]:
    if report.data is None:
        return {"document": None, "files": (), "done": 0, "total": 1}
    circle = Circle.INNER if g.member.is_inside else Circle.OUTER
    document = document_of(report, circle)
    made = queries.files_for(report, g.member)
    return {"document": document, "files": made, "done": len(made), "total": len(files.file_types(document))}
