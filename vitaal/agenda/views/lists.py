"""The agenda: what we do together, and why."""

from typing import Any

from flask import g, render_template

from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.forms import ActionForm
from vitaal.agenda.models import Action
from vitaal.agenda.queries import actions as all_actions
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel.web import requires, see_other


@blueprint.get("/w/<slug>/agenda")
@requires(AgendaPermission.SEE)
def actions() -> str:
    """Every action in its order, and for who may add one: the field to do so."""
    return _page(ActionForm())


@blueprint.post("/w/<slug>/agenda")
@requires(AgendaPermission.ADD)
def add_action() -> Any:
    """Put one action at the end of the agenda."""
    form = ActionForm()
    if not form.validate():
        return _page(form), 422
    action = Action.add(form.title.data or "", by=g.member)
    return see_other("agenda.actions", _anchor=f"actie-{action.id}")


def _page(form: ActionForm) -> str:
    return render_template(
        "agenda/actions.html", actions=all_actions(), form=form, permissions=AgendaPermission
    )
