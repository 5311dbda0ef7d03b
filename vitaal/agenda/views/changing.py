"""Changing the status, the owner or the day of an action: in its place in the list with htmx, on a page without."""

from typing import Any

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.agenda import words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.lines import Line, line_of
from vitaal.agenda.models import Action, Status
from vitaal.agenda.models.action import EndsBeforeStart
from vitaal.agenda.queries import action_numbered
from vitaal.agenda.quick_forms import DayForm, OwnerForm, PartForm, StatusForm, who_may_own
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import back, filter_from, frame_for, swaps, where_from
from vitaal.kernel import clock, web
from vitaal.kernel.web import requires
from vitaal.workspaces.queries import live_members

_FORMS = {"status": StatusForm, "eigenaar": OwnerForm, "datum": DayForm}
_PART = "/w/<slug>/agenda/<int:number>/<any(status, eigenaar, datum):part>"


def the_action(number: int) -> Action | None:
    """The action that a page is about, unless it was thrown away."""
    action = action_numbered(number)
    return action if action and action.deleted_at is None else None


@blueprint.get(_PART)
@requires(AgendaPermission.CHANGE, on=the_action)
def choose_part(action: Action, part: str) -> str:
    """The form for one part of an action: its status (`?naar=stopped`: to stop it), owner or day."""
    form = _form(action, part, formdata=None, data=_FORMS[part].data_of(action))
    return _ask(action, part, form, stops=request.args.get("naar") == Status.STOPPED)


@blueprint.post(_PART)
@requires(AgendaPermission.CHANGE, on=the_action)
def change_part(action: Action, part: str) -> Any:
    """Change one part of an action. Who stops an action says why; no action ends before it begins."""
    form = _form(action, part)
    if not form.validate():
        return _ask(action, part, form), 422
    try:
        action.change(by=g.member, **form.wanted)
    except EndsBeforeStart:
        begins = words.day(action.starts_on or clock.today(), clock.today())
        form["due_on"].errors = [_("Dit begint pas op %(day)s. Kies een dag vanaf dan.", day=begins)]
        return _ask(action, part, form), 422
    return _tell(action, part)


@blueprint.get("/w/<slug>/agenda/<int:number>/regel")
@requires(AgendaPermission.SEE, on=the_action)
def show_line(action: Action) -> Any:
    """An action as it stands in the list: for htmx its line, else the place on the list."""
    if swaps(f"actie-{action.number}"):
        return _line(action, request.args.get("bij", ""), where_from())
    return web.see_other("agenda.actions", _anchor=f"actie-{action.number}")


def _form(action: Action, part: str, **settings: Any) -> PartForm:
    form = _FORMS[part](**settings)
    if isinstance(form, OwnerForm):
        form.owner.offer(who_may_own(action.circle, live_members()), _("Nog niemand"))
    return form


def _ask(action: Action, part: str, form: PartForm, *, stops: bool = False) -> str:
    """The line with the form in it for htmx, else a page with the form."""
    to = request.form.get("terug") or where_from()
    if swaps(f"actie-{action.number}"):
        return _line(action, part, to, form=form)
    return _render("agenda/change.html", action, part, to, form=form, stops=stops)


def _tell(action: Action, part: str) -> Any:
    """The changed line for htmx, else back to where they were; and in words what happened."""
    told = _in_words(_line_of(action), part)
    if swaps(f"actie-{action.number}"):
        return _line(action, part, where_from(), told=told)
    flash(told, "good")
    return back(f"actie-{action.number}")


def _in_words(line: Line, part: str) -> str:
    sentence: str
    if part == "status":
        status = words.STATUSES[Status(line.status)]
        sentence = _("‘%(title)s’ staat nu op ‘%(status)s’.", title=line.title, status=status)
    elif part == "datum":
        sentence = _("‘%(title)s’: %(due)s.", title=line.title, due=words.due(line.due_on, clock.today()))
    elif line.owner:
        sentence = _("%(owner)s trekt nu ‘%(title)s’.", owner=line.owner, title=line.title)
    else:
        sentence = _("‘%(title)s’ wacht nu op iemand die het trekt.", title=line.title)
    return sentence


def _line(action: Action, part: str, to: str, **more: Any) -> str:
    return _render("agenda/_changed.html", action, part, to, **more)


def _render(template: str, action: Action, part: str, to: str, **more: Any) -> str:
    return render_template(
        template, row=_line_of(action), at=frame_for(filter_from(to)), part=part, to=to, words=words, **more
    )


def _line_of(action: Action) -> Line:
    line = line_of(action.number)
    assert line
    return line
