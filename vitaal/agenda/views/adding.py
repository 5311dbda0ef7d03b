"""Adding to the agenda from one line: an action, or an idea from who does not edit it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.agenda import listing, one_line, words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.filters import Filter
from vitaal.agenda.lines import line_of
from vitaal.agenda.models import Action, Goal, Status
from vitaal.agenda.quick_forms import IdeaForm, QuickForm
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import back, filter_from, frame_for, swaps, where_from
from vitaal.agenda.views.lists import show
from vitaal.kernel import clock, web
from vitaal.kernel.db import here
from vitaal.kernel.web import may, requires
from vitaal.workspaces.queries import live_members


@blueprint.get("/w/<slug>/agenda/nieuw")
@requires(AgendaPermission.ADD)
def new_action() -> Any:
    """The form for an action under the goal `?doel=<id>`; with `dicht=1` htmx gets the link to it back."""
    goal = _goal(request.args.get("doel"))
    if goal is None:
        return web.see_other("agenda.actions", _anchor="title")
    closes = "dicht" in request.args and swaps(_place_of(goal))
    return _under(goal, None if closes else _quick_form(formdata=None))


@blueprint.post("/w/<slug>/agenda")
@requires(AgendaPermission.PROPOSE)
def add_action() -> Any:
    """Put one action at the end of the agenda, or one idea."""
    if not may(AgendaPermission.ADD):
        return _propose(IdeaForm())
    form, goal = _quick_form(), _goal(request.form.get("goal"))
    if not form.validate():
        return (_under(goal, form) if goal else show(filter_from(_to()), form)), 422
    action, doubts = _add(form, goal)
    told = " ".join([_in_words(action), *doubts])
    if goal and swaps(_place_of(goal)):
        return _under(goal, _quick_form(formdata=None), action, told, doubts)
    flash(told, "sun" if doubts else "good")
    return back(f"actie-{action.number}" if goal else form.title.id)


def _propose(form: IdeaForm) -> Any:
    if not form.validate():
        return show(filter_from(_to()), form), 422
    idea = Action.add(form.title.data or "", by=g.member, status=Status.IDEA)
    flash(_("Dank je wel. ‘%(title)s’ staat als idee op de agenda.", title=idea.title), "good")
    return back(form.title.id)


def _add(form: QuickForm, goal: Goal | None) -> tuple[Action, list[str]]:
    """The action, and what in the line was not clear.

    What stands in the fields of their own comes before what the line says.
    """
    members = [(member.id, member.name) for member in live_members()]
    line = one_line.read(form.title.data or "", members, clock.today())
    action = Action.add(
        line.title,
        by=g.member,
        goal_id=goal.id if goal else None,
        owner_id=form.owner.data or line.owner_id,
        due_on=form.due_on.data or line.due_on,
    )
    known = {True: action.due_on, False: action.owner_id}
    return action, [words.unclear(one) for one in line.unclear if not known[one.why.is_of_day]]


def _in_words(action: Action) -> str:
    line = line_of(action.number)
    assert line
    told: str = _("‘%(title)s’ staat op de agenda.", title=line.title)
    if line.owner:
        told += " " + _("%(owner)s trekt het.", owner=line.owner)
    return f"{told} {words.due(line.due_on, clock.today())}." if line.due_on else told


def _under(
    goal: Goal,
    form: QuickForm | None,
    added: Action | None = None,
    told: str = "",
    doubts: Sequence[str] = (),
) -> str:
    """The form under a goal, inside the list for htmx, else on a page of its own."""
    in_place = swaps(_place_of(goal))
    found = filter_from(where_from())
    return render_template(
        "agenda/_added.html" if in_place else "agenda/new.html",
        at=frame_for(found), goal=goal, form=form, to=_to(), words=words, in_place=in_place, told=told,
        doubts=doubts,
        row=line_of(added.number) if added else None,
        counted=listing.counts(Filter(goal=goal.id), g.member).get(goal.id, listing.Tally()) if added else None,
    )  # fmt: skip


def _quick_form(**settings: Any) -> QuickForm:
    form = QuickForm(**settings)
    form.owner.offer(live_members(), _("Kies later"))
    return form


def _to() -> str:
    return request.form.get("terug") or where_from()


def _place_of(goal: Goal) -> str:
    return f"nieuw-{goal.id}"


def _goal(goal_id: str | None) -> Goal | None:
    """A goal that is in use; None for anything else, so that the action is loose."""
    try:
        goal = here(Goal, UUID(goal_id or ""))
    except ValueError:
        return None
    return goal if goal and goal.archived_at is None else None
