"""Who helps with an action, and what becomes of an idea."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.agenda import ideas
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.action_queries import action_in_full
from vitaal.agenda.helping import help_with, stop_helping
from vitaal.agenda.models import Action
from vitaal.agenda.page_forms import AnswerForm, HelperForm
from vitaal.agenda.queries import action_numbered
from vitaal.agenda.quick_forms import who_may_own
from vitaal.agenda.views.action import action_page
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel.web import requires, see_other
from vitaal.workspaces import memberships
from vitaal.workspaces.queries import live_members


@blueprint.post("/w/<slug>/agenda/<int:number>/hulp")
@requires(AgendaPermission.HELP, on=action_numbered)
def offer_help(action: Action) -> Response:
    """I help with this."""
    help_with(action, g.member, by=g.member)
    flash(_("Fijn dat je meehelpt."), "good")
    return _back(action)


@blueprint.post("/w/<slug>/agenda/<int:number>/hulp/einde")
@requires(AgendaPermission.HELP, on=action_numbered)
def end_help(action: Action) -> Response:
    """I stop helping with this."""
    stop_helping(action, g.member, by=g.member)
    flash(_("Je helpt niet meer mee. Bedankt voor wat je deed."), "good")
    return _back(action)


@blueprint.get("/w/<slug>/agenda/<int:number>/helpers")
@requires(AgendaPermission.CHANGE, on=action_in_full)
def show_helpers(action: Action) -> str:
    """Who helps, to add someone or let someone stop."""
    return _helpers(action, _form(action, formdata=None))


@blueprint.post("/w/<slug>/agenda/<int:number>/helpers")
@requires(AgendaPermission.CHANGE, on=action_in_full)
def add_helper(action: Action) -> Any:
    """Write down that a member helps."""
    form = _form(action)
    if not form.validate():
        return _helpers(action, form), 422
    helper = memberships.still_here(form.helper.data)
    help_with(action, helper, by=g.member)
    flash(_("%(name)s helpt mee.", name=helper.name), "good")
    return see_other("agenda.show_helpers", number=action.number)


@blueprint.post("/w/<slug>/agenda/<int:number>/helpers/<uuid:member_id>/einde")
@requires(AgendaPermission.CHANGE, on=action_numbered)
def remove_helper(action: Action, member_id: UUID) -> Response:
    """Write down that a member does not help any more."""
    helper = memberships.live_member(member_id)
    if helper is None:
        abort(404)
    stop_helping(action, helper, by=g.member)
    flash(_("%(name)s helpt niet meer mee.", name=helper.name), "good")
    return see_other("agenda.show_helpers", number=action.number)


@blueprint.post("/w/<slug>/agenda/<int:number>/idee")
@requires(AgendaPermission.CHANGE, on=action_numbered)
def accept_idea(action: Action) -> Response:
    """Make an action of an idea."""
    ideas.accept(action, by=g.member)
    flash(_("Het idee is nu een actie. Wie trekt haar?"), "good")
    return _back(action)


@blueprint.post("/w/<slug>/agenda/<int:number>/niet-nu")
@requires(AgendaPermission.CHANGE, on=action_in_full)
def put_idea_aside(action: Action) -> Any:
    """Say that an idea has to wait, and why."""
    form = AnswerForm()
    if not form.validate():
        return action_page(action, answer=form), 422
    ideas.put_aside(action, form.reason.data or "", by=g.member)
    flash(_("Het idee ligt opzij. Wie het voorstelde, kan lezen waarom."), "good")
    return _back(action)


def _form(action: Action, **settings: Any) -> HelperForm:
    helping = {helper.member_id for helper in action.helpers}
    found = who_may_own(action.circle, live_members())
    return HelperForm(**settings).offer([member for member in found if member.id not in helping])


def _helpers(action: Action, form: HelperForm) -> str:
    return render_template("agenda/helpers.html", action=action, form=form)


def _back(action: Action) -> Response:
    return see_other("agenda.show_action", number=action.number)
