"""One agreement: writing it down, looking whether it works, and handing it over."""

from typing import Any

from flask import abort, flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.decisions import agreeing, words
from vitaal.decisions.access import DecisionPermission
from vitaal.decisions.forms import A_QUARTER, AgreementForm, CheckForm, HandOverForm
from vitaal.decisions.models import Agreement, Outcome
from vitaal.decisions.origins import Gone, Origin, origin_with_decision, place_of, source_of
from vitaal.decisions.queries import agreement_with, checks_of
from vitaal.decisions.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import may, requires, see_other
from vitaal.workspaces.models import Circle
from vitaal.workspaces.queries import live_members

_NEW = "/w/<slug>/afspraken/nieuw"
_ONE = "/w/<slug>/afspraken/<uuid:agreement_id>"
_OWNER = "eigenaar-"


@blueprint.get(_NEW)
@requires(DecisionPermission.WRITE)
def new_agreement() -> str:
    """The form for an agreement; about what the address names (`?bij=besluit:<id>`)."""
    origin = _origin()
    today = clock.today()
    form = AgreementForm(
        formdata=None, owner=str(g.member.id), agreed_on=today, check_on=today + A_QUARTER, circle=Circle.OUTER
    )  # fmt: skip
    return _form_page(form.offer(live_members(), origin), origin)


@blueprint.post(_NEW)
@requires(DecisionPermission.WRITE)
def add_agreement() -> Any:
    """Write an agreement down."""
    origin = _origin()
    form = AgreementForm().offer(live_members(), origin)
    if not form.validate():
        return _form_page(form, origin), 422
    try:
        agreement = agreeing.agree(**form.wanted, by=g.member, origin=origin)
    except Gone:
        form = AgreementForm().offer(live_members(), Origin())
        form.circle.data = origin.circle
        form.form_errors.append(words.gone())
        return _form_page(form, Origin()), 409
    flash(_("De afspraak staat in het register."))
    return see_other("decisions.show_agreement", agreement_id=agreement.id)


@blueprint.get(_ONE)
@requires(DecisionPermission.SEE, on=agreement_with)
def show_agreement(agreement: Agreement) -> str:
    """One agreement: who looks after it, when people look whether it works, and what they saw before."""
    return _page(agreement)


@blueprint.post(f"{_ONE}/terugblikken")
@requires(DecisionPermission.CHECK, on=agreement_with)
def check_agreement(agreement: Agreement) -> Any:
    """Write down whether it works. When someone did so meanwhile, that is shown and what was typed stays."""
    form = CheckForm()
    if not form.validate():
        return _page(agreement, check=form), 422
    outcome = Outcome(form.outcome.data)
    try:
        agreeing.check(
            agreement, outcome, by=g.member, version=form.seen, next_on=form.next_on.data,
            lesson=form.lesson.data or "",
        )  # fmt: skip
    except ChangedMeanwhile:
        form.form_errors.append(words.changed_meanwhile())
        form.now_at(agreement.version)
        return _page(agreement, check=form), 409
    flash(words.AFTER_CHECK[outcome])
    return see_other("decisions.show_agreement", agreement_id=agreement.id)


@blueprint.post(f"{_ONE}/eigenaar")
@requires(DecisionPermission.WRITE, on=agreement_with)
def hand_agreement_over(agreement: Agreement) -> Any:
    """Let another member look after it."""
    form = HandOverForm(prefix=_OWNER).offer(live_members(), agreement.circle)
    if not form.validate():
        return _page(agreement, owner=form), 422
    try:
        agreeing.hand_over(agreement, form.chosen_owner, by=g.member, version=form.seen)
    except ChangedMeanwhile:
        form.form_errors.append(words.changed_meanwhile())
        form.now_at(agreement.version)
        return _page(agreement, owner=form), 409
    flash(_("%(name)s let voortaan op deze afspraak.", name=form.chosen_owner.name))
    return see_other("decisions.show_agreement", agreement_id=agreement.id)


def _origin() -> Origin:
    return origin_with_decision(request.args.get("bij")) or abort(404)


def _form_page(form: AgreementForm, origin: Origin) -> str:
    return render_template(
        "decisions/agreement_form.html", form=form, origin=origin, about=request.args.get("bij"), words=words
    )


def _page(agreement: Agreement, check: CheckForm | None = None, owner: HandOverForm | None = None) -> str:
    may_change = may(DecisionPermission.WRITE, agreement)
    if owner is None and may_change and not agreement.ended_at:
        owner = HandOverForm(
            formdata=None, prefix=_OWNER, version=agreement.version, owner=str(agreement.owner_id)
        ).offer(live_members(), agreement.circle)
    return render_template(
        "decisions/agreement.html",
        agreement=agreement,
        checks=checks_of(agreement),
        where=place_of(agreement),
        source=source_of(agreement),
        check=check or _new_check(agreement),
        owner=owner,
        permissions=DecisionPermission,
        words=words,
    )


def _new_check(agreement: Agreement) -> CheckForm:
    again_on = max(agreement.check_on, clock.today()) + A_QUARTER
    return CheckForm(formdata=None, version=agreement.version, next_on=again_on)
