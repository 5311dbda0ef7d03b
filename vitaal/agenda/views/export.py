"""The agenda as a file to take along."""

from flask import Response, g, request
from flask_babel import gettext as _

from vitaal.agenda import export
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.filters import Filter
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.sheets.sending import send
from vitaal.kernel.web import requires


@blueprint.get("/w/<slug>/agenda/export/<any(csv, xlsx, ods):file_type>", endpoint="export")
@requires(AgendaPermission.SEE)
def take_along(file_type: str) -> Response:
    """The actions that the address shows, as it does for the list, as CSV, XLSX or ODS."""
    name = f"agenda-{g.workspace.slug}-{clock.today().isoformat()}"
    rows = export.rows(Filter.read(request.args), g.member)
    return send(name, file_type, _("Agenda"), export.heads(), rows)
