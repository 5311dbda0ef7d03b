"""Choosing together: a round opens, partners weigh alone, and then the group sees the spread and sets the order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.agenda import rounds as rules
from vitaal.agenda import settling, words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.goal_queries import inner_partners
from vitaal.agenda.models import PriorityRound, Rating, RoundAction, Voice
from vitaal.agenda.priority_round import most_apart_first, proposed_order, reordered
from vitaal.agenda.round_forms import RatingForm, RoundForm, SettleForm
from vitaal.agenda.round_queries import (
    asked_in,
    lines_of,
    open_actions,
    ratings_of,
    rounds,
    the_round,
    to_rate,
    voice_in,
    weighings_of,
)
from vitaal.agenda.round_words import field_of, votes_of
from vitaal.agenda.settling import Decision
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.web import requires, see_other
from vitaal.method import priority
from vitaal.pages.shell import lang

_ROUND = "/w/<slug>/agenda/kiezen/<uuid:round_id>"
_VOICE = f"{_ROUND}/mening/<uuid:partner_id>"


@blueprint.get("/w/<slug>/agenda/kiezen", endpoint="rounds")
@requires(AgendaPermission.SEE)
def show_rounds() -> str:
    """Every round, the newest first, and what it asks of the reader."""
    return render_template(
        "agenda/rounds.html", rounds=rounds(), voices=to_rate(g.member), how=priority.how(),
        permissions=AgendaPermission,
    )  # fmt: skip


@blueprint.get("/w/<slug>/agenda/kiezen/nieuw")
@requires(AgendaPermission.ARRANGE)
def new_round() -> str:
    """The form for a new round: every open action, for a week."""
    actions = open_actions()[: rules.MOST_ACTIONS]
    form = RoundForm(formdata=None, closes_on=rules.usual_closing_day(clock.today()))
    form.actions.data = [action.id for action in actions]
    return render_template("agenda/round_form.html", form=form.offer(open_actions()))


@blueprint.post("/w/<slug>/agenda/kiezen/nieuw")
@requires(AgendaPermission.ARRANGE)
def open_round() -> Any:
    """Ask all partners what they think of these actions."""
    actions = open_actions()
    form = RoundForm().offer(actions)
    if not form.validate():
        return render_template("agenda/round_form.html", form=form), 422
    chosen = [action for action in actions if action.id in (form.actions.data or ())]
    closes_on = form.closes_on.data or rules.usual_closing_day(clock.today())
    try:
        opened = rules.open_round(chosen, closes_on=closes_on, why=form.why.data or "", by=g.member)
    except rules.AnotherIsOpen:
        flash(_("Er loopt al een ronde. Sluit die eerst."), "sun")
        return see_other("agenda.rounds")
    flash(_("De ronde is open. Iedereen ziet op Vandaag dat je om een mening vraagt."), "good")
    return see_other("agenda.show_round", round_id=opened.id)


@blueprint.get(_ROUND)
@requires(AgendaPermission.SEE, on=the_round)
def show_round(shown: PriorityRound) -> str:
    """While it is open: who has given a view, never which. After that: where the group stands and differs."""
    lines = lines_of(shown)
    weighed = [(line, weighing) for line, weighing in zip(lines, _weighings(shown, lines), strict=True)]
    apart = [pair for pair in most_apart_first(weighed) if pair[1].is_apart]
    return render_template(
        "agenda/round.html", round=shown, lines=lines, weighed=weighed, apart=apart, asked=asked_in(shown),
        voices=to_rate(g.member), field=None if shown.is_open else field_of(weighed), votes_of=votes_of,
        quadrants=priority.quadrants(), differ=priority.when_views_differ(), permissions=AgendaPermission,
        words=words,
    )  # fmt: skip


@blueprint.get(_VOICE)
@requires(AgendaPermission.RATE, on=voice_in)
def rate_next(voice: Voice) -> Any:
    """The first action that this partner has not weighed yet; the round itself when there is none."""
    given = ratings_of(voice)
    left = [line for line in lines_of(voice.round) if line.action_id not in given]
    if not left or not voice.round.is_open:
        return see_other("agenda.show_round", round_id=voice.round_id)
    return see_other(
        "agenda.ask_rating", round_id=voice.round_id, partner_id=voice.partner_id, action_id=left[0].action_id
    )


@blueprint.get(f"{_VOICE}/<uuid:action_id>")
@requires(AgendaPermission.RATE, on=voice_in)
def ask_rating(voice: Voice, action_id: UUID) -> Any:
    """One action, to say how important and how urgent it is."""
    given = ratings_of(voice).get(action_id)
    form = RatingForm(formdata=None, obj=given)
    return _rating_page(voice, action_id, form, given)


@blueprint.post(f"{_VOICE}/<uuid:action_id>")
@requires(AgendaPermission.RATE, on=voice_in)
def save_rating(voice: Voice, action_id: UUID) -> Any:
    """Keep the view of this partner, and go on to the next action."""
    form = RatingForm()
    if not form.validate():
        return _rating_page(voice, action_id, form, None, status=422)
    if action_id not in {line.action_id for line in lines_of(voice.round)}:
        return see_other("agenda.rate_next", round_id=voice.round_id, partner_id=voice.partner_id)
    try:
        rules.rate(
            voice, action_id, importance=form.importance.data, urgency=form.urgency.data,
            remark=form.remark.data or "", by=g.member,
        )  # fmt: skip
    except rules.RoundClosed:
        flash(_("De ronde is net gesloten. Je antwoord telt niet meer mee."), "sun")
        return see_other("agenda.show_round", round_id=voice.round_id)
    return see_other("agenda.rate_next", round_id=voice.round_id, partner_id=voice.partner_id)


@blueprint.post(f"{_ROUND}/sluiten")
@requires(AgendaPermission.ARRANGE, on=the_round)
def close_round(closing: PriorityRound) -> Any:
    """Close the round now; everyone sees what was said."""
    rules.close(closing, by=g.member)
    flash(_("De ronde is gesloten. Bespreek eerst waar jullie verschillen."), "good")
    return see_other("agenda.show_round", round_id=closing.id)


@blueprint.get(f"{_ROUND}/volgorde")
@requires(AgendaPermission.ARRANGE, on=the_round)
def ask_order(settled: PriorityRound) -> Any:
    """The order that follows from the answers, for the group to change."""
    if settled.is_open or settled.is_settled:
        return see_other("agenda.show_round", round_id=settled.id)
    ordered = _proposed(settled)
    return _order_page(settled, _form_for(ordered, {}), [line for line, _weighing in ordered])


@blueprint.post(f"{_ROUND}/volgorde")
@requires(AgendaPermission.ARRANGE, on=the_round)
def save_order(settled: PriorityRound) -> Any:
    """Write down what the group decided. When the list changed meanwhile it is shown anew, with what was typed."""
    if settled.is_open or settled.is_settled:
        return _told_already_settled(settled)
    now = {line.action_id: line for line, _weighing in _proposed(settled)}
    form = SettleForm().offer(inner_partners(), lang())
    if not form.is_about(now):
        return _changed_order_page(settled, form.decided()), 409
    answers = form.decided()
    lines = [now[UUID(answer["action"])] for answer in answers]
    if not form.validate():
        return _order_page(settled, form, lines), 422
    decisions = [
        Decision(
            lines[one].action_id, answers[one]["quadrant"] or "",
            UUID(answers[one]["taken_by"]) if answers[one]["taken_by"] else None,
        )
        for one in reordered([answer["place"] for answer in answers])
    ]  # fmt: skip
    try:
        settling.settle(settled, decisions, by=g.member)
    except (settling.StillOpen, settling.AlreadySettled):
        return _told_already_settled(settled)
    count = len(decisions)
    flash(
        ngettext(
            "De volgorde van %(num)d actie staat vast.", "De volgorde van %(num)d acties staat vast.", count
        ),
        "good",
    )
    return see_other("agenda.show_round", round_id=settled.id)


def _weighings(of: PriorityRound, lines: Any) -> list[Any]:
    found = weighings_of(of)
    return [found[line.action_id] for line in lines]


def _proposed(of: PriorityRound) -> list[tuple[RoundAction, Any]]:
    """The actions that are still on the agenda, in the order that follows from the answers."""
    lines = [line for line in lines_of(of) if line.action.archived_at is None]
    return proposed_order(zip(lines, _weighings(of, lines), strict=True))


def _rating_page(
    voice: Voice, action_id: UUID, form: RatingForm, given: Rating | None, status: int = 200
) -> Any:
    lines = lines_of(voice.round)
    place = next((place for place, line in enumerate(lines, start=1) if line.action_id == action_id), None)
    if place is None or not voice.round.is_open:
        return see_other("agenda.show_round", round_id=voice.round_id)
    following = lines[place % len(lines)].action_id
    page = render_template(
        "agenda/rating.html", voice=voice, line=lines[place - 1], place=place, total=len(lines), form=form,
        given=given, following=following,
    )  # fmt: skip
    return page, status


def _told_already_settled(of: PriorityRound) -> Any:
    flash(_("Iemand anders legde de volgorde net al vast."), "sun")
    return see_other("agenda.show_round", round_id=of.id)


def _changed_order_page(of: PriorityRound, answers: list[dict[str, Any]]) -> str:
    """The actions that are in the round now, with what was typed and in that order; the others come last."""
    order = reordered([answer["place"] or place for place, answer in enumerate(answers, start=1)])
    typed = {answers[one]["action"]: answers[one] for one in order}
    places = {action_id: place for place, action_id in enumerate(typed)}
    ordered = sorted(_proposed(of), key=lambda pair: places.get(str(pair[0].action_id), len(places)))
    form = _form_for(ordered, typed)
    form.form_errors.append(
        _("De lijst met acties is net veranderd. Kijk of de volgorde nog klopt, en leg haar dan vast.")
    )
    return _order_page(of, form, [line for line, _weighing in ordered])


def _form_for(ordered: list[tuple[RoundAction, Any]], typed: Mapping[str, dict[str, Any]]) -> SettleForm:
    """The form for this order: with what was typed by action id, else with what follows from the answers."""
    lines = [
        {"quadrant": weighing.quadrant.key if weighing.quadrant else ""}
        | typed.get(str(line.action_id), {})
        | {"action": line.action_id, "place": place}
        for place, (line, weighing) in enumerate(ordered, start=1)
    ]
    return SettleForm(formdata=None, lines=lines)


def _order_page(of: PriorityRound, form: SettleForm, lines: list[RoundAction]) -> str:
    return render_template(
        "agenda/order.html", round=of, form=form.offer(inner_partners(), lang()), lines=lines,
        quadrants=priority.quadrants(),
    )  # fmt: skip
