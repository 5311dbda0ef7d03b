"""The round of a proposal: opening it, speaking in it, ending it, and what comes of objections."""

from typing import Any

from flask import flash, g, render_template
from flask_babel import gettext as _

from vitaal.decisions.origins import DECISION
from vitaal.kernel import clock
from vitaal.kernel.web import may, requires, see_other
from vitaal.spelregels import consent, deciding, outcomes, words
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.closing_days import earliest_closing_day, usual_closing_day
from vitaal.spelregels.consent import MOST_ROUNDS, Answer, Closing, Stage
from vitaal.spelregels.differences import differences
from vitaal.spelregels.models import ConsentVoice, Proposal
from vitaal.spelregels.proposal_forms import RoundForm
from vitaal.spelregels.proposal_queries import (
    ObjectionAt,
    answer_of,
    objection_at,
    partners_that_decide,
    proposal_numbered,
    voice_in,
    wordings_of,
)
from vitaal.spelregels.round_forms import AnswerForm, ClosingForm, OutcomeForm
from vitaal.spelregels.views.blueprint import blueprint

_PROPOSAL = "/w/<slug>/spelregels/voorstellen/<int:number>"
_ANSWER = f"{_PROPOSAL}/antwoord/<uuid:partner_id>"
_OBJECTION = f"{_PROPOSAL}/bezwaren/<uuid:partner_id>"


@blueprint.get(f"{_PROPOSAL}/ronde")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def ask_round(proposal: Proposal) -> Any:
    """How and until when everyone is asked."""
    if not _may_ask(proposal):
        return _told_not_now(proposal)
    meets = proposal.round >= MOST_ROUNDS
    day = usual_closing_day(Stage.ROUND, clock.today())
    return _round_page(proposal, RoundForm(formdata=None, how="live" if meets else "online", closes_on=day))


@blueprint.post(f"{_PROPOSAL}/ronde")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def open_round(proposal: Proposal) -> Any:
    """Ask every partner."""
    form = RoundForm()
    if not form.validate() or not form.is_complete():
        return _round_page(proposal, form), 422
    closes_on = form.closes_on.data if form.how.data == "online" else None
    try:
        if proposal.is_in_round and closes_on:
            deciding.give_time(proposal, closes_on, by=g.member)
        else:
            deciding.open_round(proposal, closes_on=closes_on, by=g.member)
    except consent.NotOpen:
        return _told_not_now(proposal)
    except consent.Refused as refused:
        form.form_errors.append(_why_not(refused))
        return _round_page(proposal, form), 409
    flash(_("De ronde is open. Alle partners krijgen bericht."), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(_ANSWER)
@requires(SpelregelPermission.SPEAK, on=voice_in)
def ask_answer(voice: ConsentVoice) -> Any:
    """What this partner says; with what it said before."""
    return _answer_page(
        voice, AnswerForm.of(answer_of(voice, voice.proposal.round), voice.proposal, voice.partner)
    )


@blueprint.post(_ANSWER)
@requires(SpelregelPermission.SPEAK, on=voice_in)
def give_answer(voice: ConsentVoice) -> Any:
    """Count what this partner says; until the round closes it can be changed."""
    proposal = voice.proposal
    form = AnswerForm().offer(proposal, voice.partner)
    if not form.validate() or not form.is_explained():
        return _answer_page(voice, form, status=422)
    if form.round.data != proposal.round:
        form.round.data, form.round.raw_data = proposal.round, None
        form.form_errors.append(_("Er is een nieuwe ronde. Lees eerst de tekst die er nu is."))
        return _answer_page(voice, form, status=409)
    try:
        deciding.speak(voice, proposal, Answer(form.answer.data), by=g.member, **form.said())
    except deciding.RoundClosed:
        flash(_("De ronde is net gesloten. Je antwoord telt niet meer mee."), "sun")
    else:
        flash(_("Je antwoord telt mee. Je kunt het veranderen tot de ronde sluit."), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.post(f"{_PROPOSAL}/ronde/einde")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def close_round(proposal: Proposal) -> Any:
    """Close the round now that everyone spoke, or its time has passed."""
    try:
        deciding.close(proposal, by=g.member)
    except consent.StillAsked:
        flash(_("Nog niet iedereen heeft geantwoord. Daarom blijft de ronde open."), "sun")
    else:
        flash(words.how_it_ended(proposal), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.post(f"{_PROPOSAL}/besluit")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def settle(proposal: Proposal) -> Any:
    """Adopt the text now that no objection is open any more."""
    try:
        deciding.settle(proposal, by=g.member)
        flash(_("Het besluit staat vast."), "good")
    except consent.Refused as refused:
        flash(_why_not(refused), "sun")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(_OBJECTION)
@requires(SpelregelPermission.TALK, on=objection_at)
def weigh_objection(at: ObjectionAt) -> Any:
    """One objection, and how it came to an end: for who objected and who guides."""
    return _objection_page(at, _closing_form(at, formdata=None))


@blueprint.post(_OBJECTION)
@requires(SpelregelPermission.TALK, on=objection_at)
def close_objection(at: ObjectionAt) -> Any:
    """Write down how it came to an end. What someone may not choose is no choice (422)."""
    form = _closing_form(at)
    if not form.validate() or not form.was_talked_about():
        return _objection_page(at, form), 422
    if form.seen.data != at.answer.given_at.isoformat():
        form.seen.data, form.seen.raw_data = at.answer.given_at.isoformat(), None
        form.form_errors.append(_("Het bezwaar is net veranderd. Lees het eerst opnieuw."))
        return _objection_page(at, form), 409
    try:
        deciding.close_objection(
            at.proposal, at.answer.partner_id, Closing(form.why.data), form.reason.data or "", by=g.member
        )
    except consent.Refused:
        flash(_("Over dit bezwaar is net iets afgesproken."), "sun")
    return see_other("spelregels.show_proposal", number=at.proposal.number)


@blueprint.get(f"{_PROPOSAL}/afronding")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def ask_outcome(proposal: Proposal) -> Any:
    """What the group decided, in its own words."""
    if proposal.stage != Stage.ADOPTED or proposal.outcome:
        return see_other("spelregels.show_proposal", number=proposal.number)
    return _outcome_page(proposal, OutcomeForm(formdata=None))


@blueprint.post(f"{_PROPOSAL}/afronding")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def round_off(proposal: Proposal) -> Any:
    """Write it down, and go on to agree on who looks after it when someone does."""
    form = OutcomeForm()
    if not form.validate():
        return _outcome_page(proposal, form), 422
    try:
        outcomes.round_off(proposal, form.outcome.data or "")
    except outcomes.NotToRoundOff:
        flash(_("Dit is al opgeschreven."), "sun")
        return see_other("spelregels.show_proposal", number=proposal.number)
    decision = outcomes.decision_of(proposal)
    if form.next.data == "agree" and decision:
        return see_other("decisions.new_agreement", bij=f"{DECISION}:{decision.id}")
    return see_other("spelregels.show_proposal", number=proposal.number)


def _outcome_page(proposal: Proposal, form: OutcomeForm) -> str:
    return render_template("spelregels/outcome.html", words=words, proposal=proposal, form=form)


def _closing_form(at: ObjectionAt, **settings: Any) -> ClosingForm:
    is_own = may(SpelregelPermission.SPEAK, at.voice)
    guides = may(SpelregelPermission.GUIDE, at.proposal) and at.proposal.stage == Stage.INTEGRATING
    form = ClosingForm(**settings).offer(is_own=is_own, guides=guides)
    form.seen.data = form.seen.data or at.answer.given_at.isoformat()
    return form


def _round_page(proposal: Proposal, form: RoundForm) -> str:
    ids = deciding.consent_of(proposal).voices or deciding.partners_to_ask(proposal)
    asked, unheard = partners_that_decide(ids, asks_all=g.workspace.deciders == "all")
    return render_template(
        "spelregels/round_form.html", words=words, proposal=proposal, form=form, meets=proposal.round >= MOST_ROUNDS,
        earliest=words.day(earliest_closing_day(clock.today())), asked=asked, unheard=unheard,
        needed=deciding.needed_of(len(asked)),
    )  # fmt: skip


def _may_ask(proposal: Proposal) -> bool:
    """Whether a round can open, or one in a meeting can go on until a day."""
    is_live = proposal.is_in_round and proposal.is_live
    return is_live or proposal.stage in {Stage.ADJUSTING, Stage.INTEGRATING}


def _answer_page(voice: ConsentVoice, form: AnswerForm, status: int = 200) -> Any:
    proposal = voice.proposal
    if not proposal.is_in_round:
        flash(_("Er is nu geen ronde open."), "sun")
        return see_other("spelregels.show_proposal", number=proposal.number)
    before = answer_of(voice, proposal.round - 1) if proposal.round > 1 else None
    texts = {each.number: each for each in wordings_of(proposal)}
    page = render_template(
        "spelregels/answer.html", voice=voice, proposal=proposal, form=form, before=before,
        read=texts.get(before.wording) if before else None, differences=differences, words=words,
    )  # fmt: skip
    return page, status


def _objection_page(at: ObjectionAt, form: ClosingForm) -> str:
    return render_template(
        "spelregels/objection.html",
        at=at,
        proposal=at.proposal,
        form=form,
        words=words,
        permissions=SpelregelPermission,
    )


def _told_not_now(proposal: Proposal) -> Any:
    flash(_("Een ronde openen kan nu niet. Kijk waar het voorstel nu is."), "sun")
    return see_other("spelregels.show_proposal", number=proposal.number)


def _why_not(refused: consent.Refused) -> str:
    sentences = {
        deciding.NoGuide: _("Kies eerst wie het gesprek begeleidt: iemand anders dan de voorsteller."),
        consent.NotOpen: _("Dit kan nu niet. Kijk waar het voorstel nu is."),
        deciding.WaitsForReply: _(
            "Iemand stelde een andere tekst voor. De voorsteller zegt eerst wat ermee gebeurt."
        ),
        consent.NothingChanged: _("Er is een bezwaar tegen deze tekst. Maak de tekst eerst beter."),
        consent.TimeToMeet: _("Jullie deden drie rondes. Kom bij elkaar en vraag het daar."),
        consent.NoVoice: _("Er is nog geen partner om het aan te vragen. Nodig eerst partners uit."),
        consent.StillAsked: _("Er is nog een bezwaar open. Praat daar eerst over."),
        consent.TooFewSpoke: _("Te weinig partners gaven antwoord. Open een nieuwe ronde."),
    }
    return str(sentences.get(type(refused), _("Dit kan nu niet. Kijk waar het voorstel nu is.")))
