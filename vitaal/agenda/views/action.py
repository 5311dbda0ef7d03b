"""The page of one action (screen 03): what and why, its steps, who does it, how far it is and how it went."""

from typing import Any

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.activity.talk import Sent, talk_about
from vitaal.agenda import action_words, words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.action_queries import action_in_full, around, traces
from vitaal.agenda.filters import Filter
from vitaal.agenda.models import Action
from vitaal.agenda.models.waiting import CannotWait
from vitaal.agenda.page_forms import AnswerForm, StepForm, VersionForm
from vitaal.agenda.putting_away import days_left
from vitaal.agenda.queries import action_numbered
from vitaal.agenda.talking import door_of, topic_of
from vitaal.agenda.trail import ids_in, lines
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import sent_from
from vitaal.decisions import words as decision_words
from vitaal.decisions.card import card_about
from vitaal.decisions.origins import Source
from vitaal.kernel import clock
from vitaal.kernel.markdown import to_html
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.pages.forms import Form

SHOWN = 12  # moments of the history that are shown at first


@blueprint.get("/w/<slug>/agenda/<int:number>")
@requires(AgendaPermission.SEE, on=action_in_full)
def show_action(action: Action) -> str:
    """One action. `?stappen=aanpassen` shows the steps to change, `?geschiedenis=alles` all that happened."""
    return action_page(action)


@blueprint.post("/w/<slug>/agenda/<int:number>/ongedaan")
@requires(AgendaPermission.CHANGE, on=action_numbered)
def undo_change(action: Action) -> Any:
    """Take the last change back, when it is still the one that this reader saw."""
    form = VersionForm()
    try:
        action.undo(by=g.member, version=form.version.data if form.validate() else 0)
    except ChangedMeanwhile:
        flash(_("Iemand anders paste deze actie net ook aan. Kijk eerst wat er veranderde."), "sun")
    except CannotWait:
        flash(
            _("Dit kan niet terug: dan wachten acties op elkaar, of op een actie die er niet meer is."), "sun"
        )
    else:
        flash(_("De laatste verandering is ongedaan gemaakt."), "good")
    return see_other("agenda.show_action", number=action.number, _anchor="loop")


def action_page(
    action: Action, *, step: Form | None = None, answer: Form | None = None, sent: Sent | None = None
) -> str:
    """The page as it is now, with the form that was wrong where there is one."""
    whole = request.args.get("geschiedenis") == "alles"
    found = traces(action, None if whole else SHOWN + 1)
    shown = found if whole else found[:SHOWN]
    near = around(action, ids_in(shown))
    today = clock.today()
    return render_template(
        "agenda/action.html",
        action=action,
        near=near,
        trail=lines(action, shown, near.names, in_full=whole),
        has_more=len(found) > len(shown),
        reason=to_html(action.reason),
        days_late=(today - action.due_on).days if action.is_late(today) and action.due_on else 0,
        days_left=days_left(action),
        helps=any(helper.member_id == g.member.id for helper in action.helpers),
        unseen_helpers=sum(helper.member is None for helper in action.helpers),
        step=step or StepForm(formdata=None),
        answer=answer or AnswerForm(formdata=None),
        adds_step=sent_from("nieuwe-stap") and not (step and step.errors),
        edits_steps=request.args.get("stappen") == "aanpassen",
        talk=talk_about(topic_of(action), door_of(action), sent),
        decided=card_about(Source.ACTION, action.id, is_open=action.deleted_at is None),
        deciding=decision_words,
        permissions=AgendaPermission,
        origin=action_words.origin(action),
        say=action_words,
        words=words,
        today=today,
        labelled=lambda label: Filter(label=label).query(),
    )
