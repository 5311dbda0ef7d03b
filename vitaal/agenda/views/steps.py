"""The checklist of an action: every change to it goes back to the page of the action."""

from typing import Any
from uuid import UUID

from flask import flash, g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.agenda import steps
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.action_queries import action_in_full, action_of_step
from vitaal.agenda.models import Action
from vitaal.agenda.page_forms import StepForm
from vitaal.agenda.views.action import action_page
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel.web import requires, see_other

_STEP = "/w/<slug>/agenda/stappen/<uuid:step_id>"


@blueprint.post("/w/<slug>/agenda/<int:number>/stappen")
@requires(AgendaPermission.CHANGE, on=action_in_full)
def add_step(action: Action) -> Any:
    """Put one step at the end of the checklist."""
    form = StepForm()
    if form.validate():
        try:
            steps.add(action, form.text.data or "", by=g.member)
        except steps.TooManySteps:
            form.text.errors = [
                _("Er staan al %(most)d stappen. Maak er liever nog een actie bij.", most=steps.MOST)
            ]
        else:
            return see_other("agenda.show_action", number=action.number, _anchor=form.text.id)
    return action_page(action, step=form), 422


@blueprint.post(f"{_STEP}/vinkje")
@requires(AgendaPermission.CHANGE, on=action_of_step)
def tick_step(found: tuple[Action, UUID]) -> Response:
    """Say that a step is done (`klaar=1`), or not yet."""
    action, step_id = found
    steps.tick(action, step_id, is_done=request.form.get("klaar") == "1", by=g.member)
    return _back(action)


@blueprint.post(_STEP)
@requires(AgendaPermission.CHANGE, on=action_of_step)
def rename_step(found: tuple[Action, UUID]) -> Response:
    """Say what a step is in other words."""
    action, step_id = found
    form = StepForm()
    if form.validate():
        steps.rename(action, step_id, form.text.data or "", by=g.member)
    else:
        flash(_("De stap bleef zoals hij was. %(why)s", why=form.text.errors[0]), "sun")
    return _back(action, stappen="aanpassen")


@blueprint.post(f"{_STEP}/plaats")
@requires(AgendaPermission.CHANGE, on=action_of_step)
def move_step(found: tuple[Action, UUID]) -> Response:
    """Let a step change places with the one before (`richting=op`) or after it."""
    action, step_id = found
    steps.move(action, step_id, is_up=request.form.get("richting") == "op", by=g.member)
    return _back(action, stappen="aanpassen")


@blueprint.post(f"{_STEP}/weg")
@requires(AgendaPermission.CHANGE, on=action_of_step)
def remove_step(found: tuple[Action, UUID]) -> Response:
    """Take a step off the checklist; that can be undone like any other change."""
    action, step_id = found
    steps.remove(action, step_id, by=g.member)
    flash(_("De stap is weg. Vergissing? Maak het ongedaan bij ‘Zo liep het’."), "good")
    return _back(action, stappen="aanpassen")


def _back(action: Action, **query: str) -> Response:
    return see_other("agenda.show_action", number=action.number, _anchor="stappen", **query)
