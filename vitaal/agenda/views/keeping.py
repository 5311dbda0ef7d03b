"""Views of the agenda that are kept under a name, and let go again."""

from typing import Any
from uuid import UUID

from flask import flash, g, request
from flask_babel import gettext as _

from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.models import AgendaView
from vitaal.agenda.quick_forms import ViewForm
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import back, filter_from
from vitaal.agenda.views.lists import show
from vitaal.kernel.db import db, here
from vitaal.kernel.web import may, requires


def the_view(view_id: UUID) -> AgendaView | None:
    """The kept view that a button is about."""
    return here(AgendaView, view_id)


@blueprint.post("/w/<slug>/agenda/weergaven")
@requires(AgendaPermission.KEEP_VIEW)
def keep_view() -> Any:
    """Keep what is shown now under a name: for oneself, or for everyone."""
    form = ViewForm()
    found = filter_from(request.form.get("terug", ""))
    if not form.validate():
        return show(found, view_form=form), 422
    is_shared = bool(form.is_shared.data) and may(AgendaPermission.SHARE_VIEW)
    AgendaView.keep(form.name.data or "", found.to_keep(), by=g.member, is_shared=is_shared)
    flash(_("‘%(name)s’ is bewaard.", name=form.name.data), "good")
    return back()


@blueprint.post("/w/<slug>/agenda/weergaven/<uuid:view_id>/weg")
@requires(AgendaPermission.DROP_VIEW, on=the_view)
def drop_view(view: AgendaView) -> Any:
    """Let a kept view go; the actions in it stay."""
    db.session.delete(view)
    flash(_("‘%(name)s’ is weggehaald. De acties zelf staan er nog.", name=view.name), "good")
    return back()
