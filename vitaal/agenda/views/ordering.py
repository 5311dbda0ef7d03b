"""Putting actions in the order that the group agrees on."""

from typing import Any

from flask import request

from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.models import Action
from vitaal.agenda.order import move
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.changing import the_action
from vitaal.agenda.views.frame import back
from vitaal.kernel.web import requires


@blueprint.post("/w/<slug>/agenda/<int:number>/plaats")
@requires(AgendaPermission.ARRANGE, on=the_action)
def change_place(action: Action) -> Any:
    """Move an action one place up (`richting=op`) or down within its goal."""
    move(action, up=request.form.get("richting") == "op")
    return back(f"actie-{action.number}")
