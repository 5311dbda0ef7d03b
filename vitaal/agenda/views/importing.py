"""Actions from a file: bring it in, see what would happen, say yes, watch it go, and take it back as a whole."""

from typing import Any

from flask import Response, flash, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from vitaal.activity.forms import sent
from vitaal.activity.uploads import clean_name
from vitaal.agenda import export
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.imports import keeping, looking, undoing, words
from vitaal.agenda.imports.forms import ConfirmForm, ImportForm
from vitaal.agenda.models import ActionImport, ImportState
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.lists import after
from vitaal.kernel.sheets.sending import send
from vitaal.kernel.web import requires, see_other

_IMPORT = "/w/<slug>/agenda/import/<uuid:import_id>"


@blueprint.get("/w/<slug>/agenda/import")
@requires(AgendaPermission.ARRANGE)
def choose_import() -> str:
    """Choose a file; and what came from files before."""
    return _choose(ImportForm(formdata=None))


@blueprint.post("/w/<slug>/agenda/import")
@requires(AgendaPermission.ARRANGE)
def begin_import() -> Any:
    """Read a file, and keep what is in it to look at. Nothing comes on the agenda yet."""
    form = sent(ImportForm)
    if not form.validate() or form.file.listed is None:
        return _choose(form), 422
    name = clean_name(form.file.data.filename or "") or _("lijst")
    kept = keeping.keep(name, form.file.listed, by=g.member)
    return see_other("agenda.show_import", import_id=kept.id)


@blueprint.get("/w/<slug>/agenda/import/leeg/<any(csv, xlsx, ods):file_type>")
@requires(AgendaPermission.ARRANGE)
def empty_list(file_type: str) -> Response:
    """A list to fill in, with our own heads."""
    return send(_("acties"), file_type, _("Agenda"), export.heads(), [])


@blueprint.get(_IMPORT)
@requires(AgendaPermission.ARRANGE, on=keeping.import_with)
def show_import(kept: ActionImport) -> str:
    """What would happen, how far it is, or what became of it; `?na=<line>` goes on after that line."""
    preview = looking.preview(kept) if kept.state == ImportState.PREVIEWED else None
    left_out, next_after = looking.page_of(preview.left_out if preview else kept.left_out, after() or 0)
    return render_template(
        "agenda/import.html", kept=kept, preview=preview, left_out=left_out, next_after=next_after,
        form=ConfirmForm(formdata=None, makes_goals=True), states=ImportState, words=words, is_stuck=keeping.is_stuck(kept),
    )  # fmt: skip


@blueprint.post(f"{_IMPORT}/bevestigen")
@requires(AgendaPermission.ARRANGE, on=keeping.import_with)
def confirm_import(kept: ActionImport) -> Answer:
    """Let a worker put the lines on the agenda."""
    keeping.confirm(kept, makes_goals=ConfirmForm().makes_goals.data, by=g.member)
    return _to(kept)


@blueprint.post(f"{_IMPORT}/ongedaan")
@requires(AgendaPermission.ARRANGE, on=keeping.import_with)
def undo_import(kept: ActionImport) -> Answer:
    """Take back everything that came from this file and that nobody worked on since."""
    gone = undoing.undo(kept, by=g.member)
    flash(
        ngettext("%(num)d actie ligt in de prullenbak.", "%(num)d acties liggen in de prullenbak.", gone),
        "good",
    )
    return _to(kept)


@blueprint.post(f"{_IMPORT}/terugzetten")
@requires(AgendaPermission.ARRANGE, on=keeping.import_with)
def bring_import_back(kept: ActionImport) -> Answer:
    """Put everything on the agenda again that was taken back."""
    back = undoing.bring_back(kept, by=g.member)
    flash(
        ngettext("%(num)d actie staat weer op de agenda.", "%(num)d acties staan weer op de agenda.", back),
        "good",
    )
    return _to(kept)


def _choose(form: ImportForm) -> str:
    return render_template(
        "agenda/import_choose.html", form=form, earlier=keeping.earlier(), states=ImportState
    )


def _to(kept: ActionImport) -> Answer:
    return see_other("agenda.show_import", import_id=kept.id)
