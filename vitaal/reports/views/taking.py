"""The files of a report: having them made, and taking one along."""

from typing import Any

from flask import Response, abort, g
from werkzeug.wrappers import Response as Answer

from vitaal.kernel.storage import fetch
from vitaal.kernel.web import requires, see_other
from vitaal.pages.rendering.tables import MEDIA_TYPES
from vitaal.reports import files, queries
from vitaal.reports.access import ReportPermission
from vitaal.reports.models import Report
from vitaal.reports.views.blueprint import blueprint

_TYPES = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text", **MEDIA_TYPES}


@blueprint.post("/w/<slug>/rapporten/<int:number>/bestanden")
@requires(ReportPermission.MAKE, on=queries.report_numbered)
def make(report: Report) -> Any:
    """Have the files made of the report as it is now; a worker does it."""
    if report.data is not None:
        files.promise_files(report, g.member)
    return see_other("reports.show", number=report.number, _anchor="bestanden")


@blueprint.get("/w/<slug>/rapporten/<int:number>/bestanden/<any(pdf, odt, ods, xlsx, csv):file_type>")
@requires(ReportPermission.READ, on=queries.report_numbered)
def take(report: Report, file_type: str) -> Answer:
    """One of the files, to keep; 404 as long as it was not made."""
    file = queries.file_of(report, file_type, g.member)
    content = fetch(file.path) if file else None
    if file is None or content is None:
        abort(404)
    ending = file.name.rpartition(".")[2]
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, mimetype=_TYPES[ending], headers=headers)
