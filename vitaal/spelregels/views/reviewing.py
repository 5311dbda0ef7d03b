"""Looking at a rule again: keep it, change it or stop with it."""

from typing import Any

from flask import flash, g, render_template
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.method import spelregels as method
from vitaal.spelregels import renewing
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.models import ReviewOutcome, Spelregel
from vitaal.spelregels.proposal_queries import open_proposal_for
from vitaal.spelregels.rule_forms import ReviewForm
from vitaal.spelregels.rule_queries import carried_along, reviews_of, rule_numbered
from vitaal.spelregels.rules import REVIEW_AFTER
from vitaal.spelregels.views.blueprint import blueprint

_REVIEW = "/w/<slug>/spelregels/<int:number>/nakijken"


@blueprint.get(_REVIEW)
@requires(SpelregelPermission.REVIEW, on=rule_numbered)
def ask_review(rule: Spelregel) -> Any:
    """Whether the rule works: the questions of the method, and what the group wanted to keep in mind."""
    if not rule.holds:
        return _told_that_it_ended(rule)
    form = ReviewForm(formdata=None, next_on=clock.today() + REVIEW_AFTER)
    return _review_page(rule, form)


@blueprint.post(_REVIEW)
@requires(SpelregelPermission.REVIEW, on=rule_numbered)
def save_review(rule: Spelregel) -> Any:
    """Keep what the group does with the rule; to change it or to stop with it leads on to a proposal."""
    form = ReviewForm()
    if not form.validate():
        return _review_page(rule, form), 422
    outcome = ReviewOutcome(form.outcome.data)
    try:
        renewing.review(
            rule, outcome, note=form.note.data or "", next_on=form.next_on.data,
            version=form.version.data or 0, reviews=form.reviews.data or 0, by=g.member,
        )  # fmt: skip
    except renewing.Ended:
        return _told_that_it_ended(rule)
    except ChangedMeanwhile:
        return _changed_page(rule.number, form)
    if outcome is ReviewOutcome.KEEP:
        flash(_("Jullie houden deze spelregel."), "good")
        return see_other("spelregels.show_rule", number=rule.number)
    return _on_to_a_proposal(rule, outcome)


def _on_to_a_proposal(rule: Spelregel, outcome: ReviewOutcome) -> Any:
    """The proposal that is open about the rule already, or else a new one to write."""
    proposal = open_proposal_for(rule.id)
    if proposal:
        flash(_("Het is opgeschreven. Over deze spelregel ligt al een voorstel: praat daar verder."), "good")
        return see_other("spelregels.show_proposal", number=proposal.number)
    flash(_("Het is opgeschreven. Schrijf nu op wat jullie voorstellen."), "good")
    return see_other("spelregels.new_proposal", regel=rule.number, soort=outcome.value)


def _told_that_it_ended(rule: Spelregel) -> Any:
    flash(_("Deze spelregel geldt niet meer. Nakijken hoeft dus niet."), "sun")
    return see_other("spelregels.show_rule", number=rule.number)


def _changed_page(number: int, form: ReviewForm) -> Any:
    """What the rule and its reviews are now, with what was typed."""
    db.session.expire_all()
    rule = rule_numbered(number)
    if rule is None or not rule.holds:
        return see_other("spelregels.rules")
    form.form_errors.append(
        _(
            "De spelregel veranderde net, of iemand keek hem net na. Kijk wat er nu staat, en bewaar dan opnieuw."
        )
    )
    return _review_page(rule, form), 409


def _review_page(rule: Spelregel, form: ReviewForm) -> str:
    reviews = reviews_of(rule)
    return render_template(
        "spelregels/review.html", rule=rule, form=form.now_at(rule, len(reviews)), reviews=reviews, carried=carried_along(rule),
        questions=method.renewal(), proposal=open_proposal_for(rule.id),
    )  # fmt: skip
