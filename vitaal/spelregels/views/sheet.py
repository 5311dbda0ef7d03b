"""The rules on paper, for the wall and to sign with a pen."""

from flask import Response, current_app, g
from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.kernel.web import requires
from vitaal.pages.typeset import typeset
from vitaal.spelregels import sheet
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.views.blueprint import blueprint
from vitaal.workspaces.theming import tokens_of

PAPER_LANGUAGE = "nl"  # of the rules themselves: the group has one sheet, whoever prints it


@blueprint.get("/w/<slug>/spelregels/afsprakenblad.pdf", endpoint="sheet")
@requires(SpelregelPermission.SEE)
def take_sheet() -> Response:
    """The rules that hold and who signed them, as PDF. Made anew each time, for this reader."""
    with force_locale(PAPER_LANGUAGE):
        made = typeset(
            sheet.TEMPLATE,
            sheet.contents(),
            title=_("Onze spelregels"),
            place=g.workspace.name,
            language=PAPER_LANGUAGE,
            tokens=tokens_of(g.workspace, current_app.extensions["storage"]),
        )
    name = f"onze-spelregels-{g.workspace.slug}-{clock.today().isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, mimetype="application/pdf", headers=headers)
