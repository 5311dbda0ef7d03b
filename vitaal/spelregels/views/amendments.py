"""Offering another text for a proposal, and what the proposer does with it."""

from typing import Any

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.kernel.web import requires, see_other
from vitaal.spelregels import consent, proposing, words
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.differences import differences
from vitaal.spelregels.models import Amendment, Proposal
from vitaal.spelregels.proposal_forms import AmendmentForm, ReplyForm
from vitaal.spelregels.proposal_queries import AmendmentAt, amendment_at, proposal_numbered
from vitaal.spelregels.proposing import may_be_offered
from vitaal.spelregels.views.blueprint import blueprint

_AMENDMENTS = "/w/<slug>/spelregels/voorstellen/<int:number>/aanpassingen"


@blueprint.get(f"{_AMENDMENTS}/nieuw")
@requires(SpelregelPermission.TALK, on=proposal_numbered)
def new_amendment(proposal: Proposal) -> Any:
    """The text as it is now, to offer another one."""
    if not may_be_offered(proposal):
        return _told_too_late(proposal)
    form = AmendmentForm(formdata=None, title=proposal.text.title, example=proposal.text.example)
    return render_template("spelregels/new_amendment.html", words=words, proposal=proposal, form=form)


@blueprint.post(f"{_AMENDMENTS}/nieuw")
@requires(SpelregelPermission.TALK, on=proposal_numbered)
def offer_amendment(proposal: Proposal) -> Any:
    """Offer another text; the same text is no amendment."""
    form = AmendmentForm()
    is_fine = form.validate()
    if is_fine and (form.title.data, form.example.data or "") == (proposal.text.title, proposal.text.example):
        form.title.errors = [_("Dit is nog dezelfde tekst. Verander iets, of schrijf een reactie.")]
        is_fine = False
    if not is_fine:
        return render_template(
            "spelregels/new_amendment.html", words=words, proposal=proposal, form=form
        ), 422
    changes = {"title": form.title.data or "", "example": form.example.data or "", "why": form.why.data or ""}
    try:
        proposing.offer(proposal, changes, by=g.member)
    except consent.NotOpen:
        return _told_too_late(proposal)
    flash(_("Je tekst staat bij het voorstel. De voorsteller laat weten wat ermee gebeurt."), "good")
    return see_other("spelregels.show_proposal", number=proposal.number)


@blueprint.get(f"{_AMENDMENTS}/<uuid:amendment_id>")
@requires(SpelregelPermission.WORD, on=amendment_at)
def weigh_amendment(at: AmendmentAt) -> Any:
    """What someone offered beside the text as it is now: take it over, or say why not."""
    return _page(at.proposal, at.amendment, ReplyForm(formdata=None))


@blueprint.post(f"{_AMENDMENTS}/<uuid:amendment_id>")
@requires(SpelregelPermission.WORD, on=amendment_at)
def answer_amendment(at: AmendmentAt) -> Any:
    """Take it over (`doe=neem`), or leave it out with the reason."""
    form = ReplyForm()
    takes_over = request.form.get("doe") == "neem"
    if not form.validate() or not (takes_over or form.must_say_why()):
        return _page(at.proposal, at.amendment, form), 422
    try:
        if takes_over:
            proposing.take_over(at.proposal, at.amendment, by=g.member)
            flash(_("De tekst is overgenomen."), "good")
        else:
            proposing.leave_out(at.proposal, at.amendment, form.reply.data or "", by=g.member)
            flash(_("Je antwoord staat bij de tekst."), "good")
    except proposing.AlreadyAnswered:
        flash(_("Op deze tekst is al geantwoord."), "sun")
    except consent.NotOpen:
        flash(_("Je antwoordt hierop als de reacties binnen zijn, vóór de ronde."), "sun")
    return see_other("spelregels.show_proposal", number=at.proposal.number)


def _page(proposal: Proposal, amendment: Amendment, form: ReplyForm) -> str:
    return render_template(
        "spelregels/amendment.html",
        words=words,
        proposal=proposal,
        amendment=amendment,
        form=form,
        differences=differences,
    )


def _told_too_late(proposal: Proposal) -> Any:
    flash(_("Een andere tekst voorstellen kan nu niet. Dat kan na de vragen, vóór en na een ronde."), "sun")
    return see_other("spelregels.show_proposal", number=proposal.number)
