"""Proposals: starting one, its page, writing it better, and who guides it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import abort, flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.activity.talk import Sent, talk_about
from vitaal.kernel import clock
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.method import ingredients, spelregels
from vitaal.pages.shell import lang
from vitaal.spelregels import consent, deciding, proposing, words
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.differences import differences
from vitaal.spelregels.models import Proposal, ProposalKind, Spelregel
from vitaal.spelregels.proposal_forms import (
    GoOnForm,
    GuideForm,
    ProposalForm,
    RetireForm,
    RewordForm,
    WithdrawForm,
)
from vitaal.spelregels.proposal_page import page_of
from vitaal.spelregels.proposal_queries import (
    ended_proposals,
    guides_but,
    open_proposal_for,
    open_proposals,
    possible_guides,
    proposal_numbered,
)
from vitaal.spelregels.proposing import Text
from vitaal.spelregels.rule_queries import rule_numbered
from vitaal.spelregels.rules import REVIEW_AFTER
from vitaal.spelregels.starting import BEGINNINGS, Start, start_from
from vitaal.spelregels.talking import door_of, topic_of
from vitaal.spelregels.views.blueprint import blueprint

_ALL = "/w/<slug>/spelregels/voorstellen"
_PROPOSAL = f"{_ALL}/<int:number>"


@blueprint.get("/w/<slug>/spelregels/ideeen")
@requires(SpelregelPermission.SEE)
def suggestions() -> str:
    """Where a conversation can begin: ten rules that others have, the themes, and the sixteen ingredients."""
    return render_template(
        "spelregels/suggestions.html", suggestions=spelregels.suggestions(), themes=spelregels.themes(),
        factors=ingredients.factors(), note=spelregels.note(), permissions=SpelregelPermission,
    )  # fmt: skip


@blueprint.get(_ALL)
@requires(SpelregelPermission.SEE)
def proposals() -> str:
    """Every proposal that the reader may see: those on their way, and what became of the others."""
    return render_template(
        "spelregels/proposals.html", going=open_proposals(), ended=ended_proposals(), words=words,
        permissions=SpelregelPermission,
    )  # fmt: skip


@blueprint.get(f"{_ALL}/nieuw")
@requires(SpelregelPermission.PROPOSE)
def new_proposal() -> Any:
    """The form for a proposal: from an empty page, a suggestion, an ingredient, or about a rule that holds."""
    start = _start()
    if start.rule:
        going = open_proposal_for(start.rule.id)
        if going:
            flash(_("Over deze spelregel ligt al een voorstel. Praat daar mee."), "sun")
            return see_other("spelregels.show_proposal", number=going.number)
    guides = guides_but(g.member.id)
    form = start.form().offer(guides, lang())
    if guides and guides[0].arranges:
        form.guide.data = guides[0].id
    return _new_page(start, form)


@blueprint.post(f"{_ALL}/nieuw")
@requires(SpelregelPermission.PROPOSE)
def propose() -> Any:
    """Put the text on the table."""
    start = _start()
    form = (RetireForm() if start.kind is ProposalKind.RETIRE else ProposalForm()).offer(
        guides_but(g.member.id), lang()
    )
    if start.kind is ProposalKind.CHANGE:
        form.about_a_rule()
        form.theme.data, form.theme.validators = start.theme, ()
    if not form.validate():
        return _new_page(start, form), 422
    try:
        proposal = proposing.propose(
            start.text_of(form), kind=start.kind, theme=form.theme.data if "theme" in form else start.theme,
            rule=start.rule, guide=form.guide.member, origin=start.origin, workspace=g.workspace, by=g.member,
        )  # fmt: skip
    except proposing.AnotherIsOpen:
        form.form_errors.append(
            _("Iemand deed net ook een voorstel over deze spelregel. Kijk daar eerst naar.")
        )
        return _new_page(start, form), 409
    except proposing.RuleEnded:
        flash(_("Deze spelregel geldt niet meer."), "sun")
        return see_other("spelregels.rules")
    flash(_("Je voorstel ligt er. Iedereen kan nu vragen stellen."), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(_PROPOSAL)
@requires(SpelregelPermission.SEE, on=proposal_numbered)
def show_proposal(proposal: Proposal) -> str:
    """Where the proposal is, the text, what people say about it, and what it asks of the reader now."""
    return proposal_page(proposal)


def proposal_page(proposal: Proposal, sent: Sent | None = None, **forms: Any) -> str:
    """The page of a proposal; with what was sent and the forms that came back with errors."""
    return render_template(
        "spelregels/proposal.html",
        proposal=proposal,
        page=page_of(proposal, g.member),
        talk=talk_about(topic_of(proposal), door_of(proposal), sent),
        go_on_form=forms.get("go_on_form") or GoOnForm(formdata=None, stage=proposal.stage),
        differences=differences,
        words=words,
        Stage=Stage,
        permissions=SpelregelPermission,
    )


@blueprint.post(f"{_PROPOSAL}/stap")
@requires(SpelregelPermission.GUIDE, on=proposal_numbered)
def go_on(proposal: Proposal) -> Any:
    """Open the next stage."""
    form = GoOnForm()
    is_early = proposal.closes_at is not None and proposal.closes_at > clock.now()
    if is_early and not form.validate():
        return proposal_page(proposal, go_on_form=form), 422
    try:
        deciding.go_on(proposal, Stage(form.stage.data or ""), by=g.member)
    except (consent.NotOpen, ValueError):
        flash(_("Iemand anders zette die stap net al."), "sun")
    else:
        flash(_("Jullie zijn nu bij: %(stage)s.", stage=words.stage_name(proposal.stage).lower()), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(f"{_PROPOSAL}/tekst")
@requires(SpelregelPermission.WORD, on=proposal_numbered)
def edit_wording(proposal: Proposal) -> Any:
    """The text as it is now, to write it better."""
    if proposal.stage not in {Stage.ADJUSTING, Stage.INTEGRATING}:
        return _told_too_late(proposal)
    return _wording_page(proposal, RewordForm(formdata=None, obj=proposal.text, wording=proposal.wording))


@blueprint.post(f"{_PROPOSAL}/tekst")
@requires(SpelregelPermission.WORD, on=proposal_numbered)
def reword(proposal: Proposal) -> Any:
    """Keep the better text; when there is another one meanwhile, both are shown."""
    form = RewordForm()
    if not form.validate():
        return _wording_page(proposal, form), 422
    text = form.text
    if proposal.kind == ProposalKind.RETIRE:
        text = replace(Text.of(proposal.text), why=text.why)
    try:
        proposing.reword(proposal, text, by=g.member, wording=form.wording.data or 0)
    except ChangedMeanwhile:
        form.wording.data, form.wording.raw_data = proposal.wording, None
        return _wording_page(proposal, form, theirs=proposal.text), 409
    except consent.NotOpen:
        return _told_too_late(proposal)
    flash(_("De nieuwe tekst staat er."), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(f"{_PROPOSAL}/begeleider")
@requires(SpelregelPermission.CHOOSE_GUIDE, on=proposal_numbered)
def ask_guide(proposal: Proposal) -> str:
    """Who guides the steps."""
    form = GuideForm(formdata=None)
    form.guide.offer(possible_guides(proposal))
    form.guide.data = proposal.guide_id
    return render_template("spelregels/guide.html", words=words, proposal=proposal, form=form)


@blueprint.post(f"{_PROPOSAL}/begeleider")
@requires(SpelregelPermission.CHOOSE_GUIDE, on=proposal_numbered)
def choose_guide(proposal: Proposal) -> Any:
    """Let someone else guide the steps."""
    form = GuideForm()
    form.guide.offer(possible_guides(proposal))
    if not form.validate() or form.guide.member is None:
        return render_template("spelregels/guide.html", words=words, proposal=proposal, form=form), 422
    proposing.choose_guide(proposal, form.guide.member, by=g.member)
    flash(_("%(name)s begeleidt nu dit voorstel.", name=form.guide.member.name), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(f"{_PROPOSAL}/intrekking")
@requires(SpelregelPermission.WITHDRAW, on=proposal_numbered)
def ask_withdraw(proposal: Proposal) -> str:
    """Whether the proposal really should go."""
    return render_template(
        "spelregels/withdraw.html", words=words, proposal=proposal, form=WithdrawForm(formdata=None)
    )


@blueprint.post(f"{_PROPOSAL}/intrekking")
@requires(SpelregelPermission.WITHDRAW, on=proposal_numbered)
def withdraw(proposal: Proposal) -> Any:
    """Let the proposal go; what was said about it stays."""
    form = WithdrawForm()
    if not form.validate():
        return render_template("spelregels/withdraw.html", words=words, proposal=proposal, form=form), 422
    try:
        deciding.withdraw(proposal, form.why.data or "", by=g.member)
        flash(_("Het voorstel is ingetrokken. Wat er gezegd is, blijft staan."), "good")
    except consent.NotOpen:
        flash(_("Dit voorstel is al afgerond."), "sun")
    return see_other("spelregels.show_proposal", number=proposal.number)


def _start() -> Start:
    """Where the conversation begins, from the address. A rule that is not there, or an unknown key: 404."""
    number = request.args.get("regel", type=int)
    rule: Spelregel | None = rule_numbered(number) if number else None
    if number and (rule is None or not rule.holds):
        abort(404)
    start = start_from(request.args, rule, review_on=clock.today() + REVIEW_AFTER + timedelta(days=30))
    return start or abort(404)


def _new_page(start: Start, form: Any) -> str:
    asked = {name: request.args[name] for name in BEGINNINGS if name in request.args}
    return render_template(
        "spelregels/new_proposal.html", asked=asked, start=start, form=form, writing=spelregels.writing(),
        themes=spelregels.themes(), ProposalKind=ProposalKind, outer_talks=g.workspace.outer_talks,
    )  # fmt: skip


def _wording_page(proposal: Proposal, form: RewordForm, theirs: Any = None) -> str:
    return render_template("spelregels/wording.html", words=words, proposal=proposal, form=form, theirs=theirs,
                           writing=spelregels.writing())  # fmt: skip


def _told_too_late(proposal: Proposal) -> Any:
    flash(_("De tekst kan nu niet veranderen. Dat kan als de reacties binnen zijn, vóór de ronde."), "sun")
    return see_other("spelregels.show_proposal", number=proposal.number)
