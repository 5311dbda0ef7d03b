"""One decision: what it is and how it came about, writing one down, and deciding anew."""

from typing import Any

from flask import abort, flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.decisions import deciding, words
from vitaal.decisions.access import DecisionPermission
from vitaal.decisions.forms import RecordForm, ReplacementForm
from vitaal.decisions.models import Decision, How
from vitaal.decisions.origins import Gone, Origin, origin_at, place_of, source_of
from vitaal.decisions.queries import chain_of, decision_with
from vitaal.decisions.register import agreements_with
from vitaal.decisions.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.web import requires, see_other
from vitaal.workspaces.models import Circle

_NEW = "/w/<slug>/besluiten/nieuw"
_ONE = "/w/<slug>/besluiten/<uuid:decision_id>"


@blueprint.get(_NEW)
@requires(DecisionPermission.WRITE)
def new_decision() -> str:
    """The form for a decision; about what the address names (`?bij=actie:<id>`)."""
    origin = _origin()
    form = RecordForm(
        formdata=None, how=How.CONSENT, decided_on=clock.today(), decided_by=words.who_decides(origin),
        circle=Circle.OUTER,
    )  # fmt: skip
    return _form_page(form.offer(origin), origin)


@blueprint.post(_NEW)
@requires(DecisionPermission.WRITE)
def add_decision() -> Any:
    """Write a decision down."""
    origin = _origin()
    form = RecordForm().offer(origin)
    if not form.validate():
        return _form_page(form, origin), 422
    try:
        decision = deciding.decide(**form.wanted, by=g.member, origin=origin)
    except Gone:
        form = RecordForm()
        form.circle.data = origin.circle
        form.form_errors.append(words.gone())
        return _form_page(form, Origin()), 409
    flash(_("Het besluit staat in het register."))
    return see_other("decisions.show_decision", decision_id=decision.id)


@blueprint.get(_ONE)
@requires(DecisionPermission.SEE, on=decision_with)
def show_decision(decision: Decision) -> str:
    """One decision, where it came from, and what it replaced or was replaced by."""
    chain = chain_of(decision)
    return render_template(
        "decisions/decision.html",
        decision=decision,
        chain=chain,
        newer=next((each for each in chain if each.replaces_id == decision.id), None),
        newest=chain[-1],
        where=place_of(decision),
        source=source_of(decision),
        agreements=agreements_with(decision),
        permissions=DecisionPermission,
        words=words,
    )


@blueprint.get(f"{_ONE}/vervanging")
@requires(DecisionPermission.WRITE, on=decision_with)
def reconsider_decision(decision: Decision) -> str:
    """The decision as it stands, and the form for the one that takes its place."""
    form = ReplacementForm(
        formdata=None, text=decision.text, how=decision.how, decided_by=decision.decided_by,
        decided_on=clock.today(),
    )  # fmt: skip
    return _form_page(form, Origin(), decision)


@blueprint.post(f"{_ONE}/vervanging")
@requires(DecisionPermission.WRITE, on=decision_with)
def replace_decision(decision: Decision) -> Any:
    """Let a new decision take its place; the old one stays readable."""
    form = ReplacementForm()
    if not form.validate():
        return _form_page(form, Origin(), decision), 422
    try:
        newer = deciding.replace(decision, **form.wanted, by=g.member)
    except deciding.AlreadyReplaced:
        form.form_errors.append(words.already_replaced())
        return _form_page(form, Origin(), decision), 409
    flash(_("Het nieuwe besluit staat in het register. Het oude blijft te lezen."))
    return see_other("decisions.show_decision", decision_id=newer.id)


def _origin() -> Origin:
    return origin_at(request.args.get("bij")) or abort(404)


def _form_page(form: ReplacementForm, origin: Origin, before: Decision | None = None) -> str:
    return render_template(
        "decisions/decision_form.html", form=form, origin=origin, before=before, about=request.args.get("bij"),
        words=words,
    )  # fmt: skip
