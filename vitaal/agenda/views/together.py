"""Changing many actions at once, and taking what is not done along to a next quarter."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.agenda import together, words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.choices import choices
from vitaal.agenda.imports.values import YEARS
from vitaal.agenda.models.action import EndsBeforeStart
from vitaal.agenda.quick_forms import TogetherForm, who_may_own
from vitaal.agenda.together import Period
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import back, filter_from
from vitaal.agenda.views.lists import show
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.web import requires, see_other
from vitaal.workspaces.queries import live_members


@blueprint.post("/w/<slug>/agenda/samen")
@requires(AgendaPermission.CHANGE)
def change_together() -> Any:
    """Change every action that was ticked in the same way."""
    actions = together.numbered(_ticked())
    form = TogetherForm().offer(_owners(actions), choices().goals)
    is_valid = form.validate()
    if not actions:
        form.form_errors.append(_("Vink eerst de acties aan die je wilt veranderen."))
    if is_valid and not form.wanted():
        form.form_errors.append(_("Kies wat er anders wordt aan de acties."))
    if form.errors:
        return _ask_again(form)
    try:
        changed = together.change_all(actions, form.wanted(), by=g.member)
    except EndsBeforeStart:
        db.session.rollback()
        form.due_on.errors = [_("Eén van deze acties begint pas later. Er is niets veranderd.")]
        return _ask_again(form)
    count = len(changed)
    flash(ngettext("%(num)d actie is veranderd.", "%(num)d acties zijn veranderd.", count), "good")
    return back("acties")


@blueprint.get("/w/<slug>/agenda/overnemen")
@requires(AgendaPermission.CHANGE)
def choose_along() -> str:
    """What was to be done in a quarter (`?van=<a day in it>`, the last one unless said) and is not."""
    since = _period()
    return render_template(
        "agenda/take_along.html", since=since, to=since.after, actions=together.unfinished_in(since), words=words,
        today=clock.today(),
    )  # fmt: skip


@blueprint.post("/w/<slug>/agenda/overnemen")
@requires(AgendaPermission.CHANGE)
def take_along() -> Any:
    """Begin what was ticked anew in the quarter after it."""
    since, chosen = _period(), set(_ticked())
    actions = [action for action in together.unfinished_in(since) if action.number in chosen]
    count = together.take_along(actions, since, since.after, by=g.member)
    flash(
        ngettext(
            "%(num)d actie gaat mee naar het nieuwe kwartaal.",
            "%(num)d acties gaan mee naar het nieuwe kwartaal.",
            count,
        ),
        "good" if count else "sun",
    )
    return see_other("agenda.actions")


def _ask_again(form: TogetherForm) -> tuple[str, int]:
    """The list as it was, with what was ticked and chosen still in it."""
    found = replace(filter_from(request.form.get("terug", "")), adjusts=True)
    return show(found, together=form, ticked=_ticked()), 422


def _ticked() -> list[int]:
    typed = request.form.getlist("actie")
    return [int(number) for number in typed if number.isascii() and number.isdigit() and len(number) < 10]


def _owners(actions: Any) -> list[Any]:
    """Who sees all of these actions."""
    circle = "inner" if any(action.circle == "inner" for action in actions) else "outer"
    return list(who_may_own(circle, live_members()))


def _period() -> Period:
    last = Period.quarter_of(clock.today()).before
    try:
        day = date.fromisoformat(request.values.get("van", ""))
    except ValueError:
        return last
    return Period.quarter_of(day) if day.year in YEARS else last
