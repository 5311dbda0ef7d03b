"""The agenda as a file to take along."""

from tempfile import SpooledTemporaryFile

from flask import Response, g, request, send_file
from flask_babel import gettext as _

from vitaal.agenda import export
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.filters import Filter
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.sheets.writing import MEDIA_TYPES, write
from vitaal.kernel.web import requires

_IN_MEMORY = 1024 * 1024  # bytes; what is larger goes by way of the disk


@blueprint.get("/w/<slug>/agenda/export/<any(csv, xlsx, ods):file_type>", endpoint="export")
@requires(AgendaPermission.SEE)
def take_along(file_type: str) -> Response:
    """The actions that the address shows, as it does for the list, as CSV, XLSX or ODS."""
    into = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it when it was sent
    write(file_type, into, _("Agenda"), export.heads(), export.rows(Filter.read(request.args), g.member))
    into.seek(0)
    name = f"agenda-{g.workspace.slug}-{clock.today().isoformat()}.{file_type}"
    return send_file(into, MEDIA_TYPES[file_type], as_attachment=True, download_name=name)
