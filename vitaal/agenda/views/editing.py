"""Writing an action down with all its fields: a new one, or one that two people may edit at once."""

from typing import Any
from uuid import UUID

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.agenda import steps
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.action_forms import ActionForm, NewActionForm
from vitaal.agenda.action_queries import action_in_full
from vitaal.agenda.choices import choices
from vitaal.agenda.helping import help_with
from vitaal.agenda.models import Action
from vitaal.agenda.models.waiting import CannotWait
from vitaal.agenda.two_versions import EVERYTHING, THEIRS, Difference, differences, follow, take_theirs
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel.db import db, here
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.workspaces.queries import live_members


@blueprint.get("/w/<slug>/agenda/nieuw/uitgebreid")
@requires(AgendaPermission.ADD)
def write_new_action() -> str:
    """The form for a new action with all its fields; `?doel=<id>`, `?werkgroep=<id>` and `?ingredient=<key>` are chosen already."""
    form = NewActionForm(formdata=None)
    form.goal_id.data, form.group_id.data = _id("doel"), _id("werkgroep")
    form.ingredient.data = request.args.get("ingredient", "")
    return _new(form.offer(choices(), live_members()))


@blueprint.post("/w/<slug>/agenda/nieuw/uitgebreid")
@requires(AgendaPermission.ADD)
def add_written_action() -> Any:
    """Put a new action on the agenda, with its first steps and who helps."""
    members = live_members()
    form = NewActionForm().offer(choices(), members)
    if not form.validate():
        return _new(form), 422
    wanted = form.wanted()
    action = Action.add(wanted.pop("title"), by=g.member, **wanted)
    if texts := form.wanted_steps():
        steps.add(action, *texts, by=g.member)
    for member in members:
        if member.id in (form.helpers.data or ()):
            help_with(action, member, by=g.member)
    flash(_("‘%(title)s’ staat op de agenda.", title=action.title), "good")
    return see_other("agenda.show_action", number=action.number)


@blueprint.get("/w/<slug>/agenda/<int:number>/aanpassen")
@requires(AgendaPermission.CHANGE, on=action_in_full)
def edit_action(action: Action) -> str:
    """The action as it is now, to change."""
    return _edit(_shown(action), action)


@blueprint.post("/w/<slug>/agenda/<int:number>/aanpassen")
@requires(AgendaPermission.CHANGE, on=action_in_full)
def change_action(action: Action) -> Any:
    """Change the action. Where someone else did so too, both texts are shown and nothing is lost."""
    form, theirs = ActionForm().offer(choices(), live_members(), action), _shown(action)
    take_theirs(form, theirs, request.form)
    if not form.validate():
        return _edit(form, action), 422
    wanted = form.wanted()
    try:
        changed = action.change(by=g.member, version=form.version.data or 1, **wanted)
    except ChangedMeanwhile:
        return _both(form, action.number, wanted), 409
    except CannotWait:
        form.depends_on.errors = [_("Dan wachten deze acties op elkaar. Kies een andere.")]
        return _edit(form, action), 422
    if changed:
        flash(_("Bewaard."), "good")
    return see_other("agenda.show_action", number=action.number)


def _id(name: str) -> UUID | None:
    """An id in the address; None for anything else."""
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None


def _both(form: ActionForm, number: int, wanted: dict[str, Any]) -> str:
    """The page with both texts of what two people changed."""
    db.session.expire_all()
    action = action_in_full(number)
    assert action
    theirs = _shown(action)
    both = differences(form, action, wanted, theirs)
    follow(form, action, wanted, theirs)
    return _edit(form, action, both)


def _shown(action: Action) -> ActionForm:
    waits_for = here(Action, action.depends_on_id) if action.depends_on_id else None
    form = ActionForm(formdata=None).offer(choices(), live_members(), action)
    return form.show(action, waits_for.number if waits_for else None)


def _new(form: NewActionForm) -> str:
    return render_template("agenda/write_action.html", form=form)


def _edit(form: ActionForm, action: Action, both: list[Difference] | None = None) -> str:
    return render_template(
        "agenda/edit_action.html", form=form, action=action, both=both or [], everything=EVERYTHING,
        theirs=THEIRS,
    )  # fmt: skip
