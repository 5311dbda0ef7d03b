"""Bringing up that a rule is strained, and the small path after it."""

from typing import Any

from flask import abort, flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import may, requires, see_other
from vitaal.method.spelregels import strain_steps
from vitaal.spelregels import strain_words, strains
from vitaal.spelregels.access import SpelregelPermission, StrainPermission
from vitaal.spelregels.models import Strain, StrainStage
from vitaal.spelregels.rule_queries import rules
from vitaal.spelregels.strain_forms import FollowUpForm, StrainForm, Way
from vitaal.spelregels.strain_queries import people_to_talk_with, strain_with, strains_i_see
from vitaal.spelregels.views.blueprint import blueprint

_ALL = "/w/<slug>/spelregels/bespreken"
_ONE = f"{_ALL}/<uuid:strain_id>"


@blueprint.get(_ALL)
@requires(StrainPermission.RAISE)
def new_strain() -> str:
    """The form, with the rule that someone came from."""
    return _form_page(_form().begin(request.args.get("regel", "")))


@blueprint.post(_ALL)
@requires(StrainPermission.RAISE)
def bring_up_strain() -> Any:
    """Share it with whom was chosen, or with the group."""
    form = _form()
    if not form.validate():
        return _form_page(form), 422
    happened = form.happened.data or ""
    about = {"needed": form.needed.data or "", "rule_id": form.chosen_rule, "by": g.member}
    if form.way.data == Way.GROUP:
        strain = strains.bring_to_group(happened, **about)
        flash(_("De binnencirkel kan dit nu lezen, zonder jouw naam."), "good")
    else:
        strain = strains.bring_up(happened, other=form.chosen_other, guide=form.chosen_guide, **about)
        flash(_("Verstuurd. Wie je koos, krijgt een mail met een link naar deze pagina."), "good")
    return see_other("spelregels.show_strain", strain_id=strain.id)


@blueprint.get(f"{_ALL}/lopend")
@requires(StrainPermission.SEE)
def my_strains() -> str:
    """What I talk about with others, and inside what is for the group."""
    return render_template("spelregels/strains.html", strains=strains_i_see(), words=strain_words)


@blueprint.get(_ONE)
@requires(StrainPermission.SEE, on=strain_with)
def show_strain(strain: Strain) -> str:
    """One strain: what happened, what is needed, who is in it, and what comes next."""
    return _page(strain, FollowUpForm.of(strain))


@blueprint.post(_ONE)
@requires(StrainPermission.FOLLOW_UP, on=strain_with)
def follow_up_strain(strain: Strain) -> Any:
    """Take the next step. When someone else did so meanwhile, both are shown and nothing is lost."""
    form = FollowUpForm()
    if not form.validate():
        return _page(strain, form), 422
    try:
        changed = strains.follow_up(
            strain, StrainStage(form.step.data), version=form.seen, agreed=form.agreed.data or "",
            check_on=form.check_on.data, lesson=form.lesson.data or "",
        )  # fmt: skip
    except ChangedMeanwhile:
        return _page(strain, form, wrote=form.typed()), 409
    except strains.NotAhead:
        form.step.errors = [_("Dat kan niet meer. Kies een volgende stap.")]
        return _page(strain, form), 422
    except strains.TakenBack:
        abort(404)
    if changed:
        flash(_("Bewaard."), "good")
    return see_other("spelregels.show_strain", strain_id=strain.id)


@blueprint.get(f"{_ONE}/terugnemen")
@requires(StrainPermission.TAKE_BACK, on=strain_with)
def ask_whether_to_take_back_strain(strain: Strain) -> str:
    """What taking it back means, before it is so."""
    return render_template("spelregels/strain_take_back.html", strain=strain)


@blueprint.post(f"{_ONE}/terugnemen")
@requires(StrainPermission.TAKE_BACK, on=strain_with)
def take_back_strain(strain: Strain) -> Any:
    """Let it be gone for good."""
    strains.take_back(strain)
    flash(_("Je hebt het teruggenomen. Wat je schreef, is gewist."), "good")
    return see_other("spelregels.my_strains")


def _form() -> StrainForm:
    return StrainForm().offer([rule for rule in rules() if rule.holds], people_to_talk_with(g.member))


def _form_page(form: StrainForm) -> str:
    return render_template("spelregels/strain_form.html", form=form, questions=_questions())


def _page(strain: Strain, form: FollowUpForm, wrote: dict[str, Any] | None = None) -> str:
    """The page of a strain. `wrote` is what its reader typed while someone else went on with it."""
    if wrote:
        form.follow(strain)
    return render_template(
        "spelregels/strain.html",
        strain=strain,
        form=form.offer(strain) if may(StrainPermission.FOLLOW_UP, strain) else None,
        wrote=wrote,
        path=strain_steps(),
        questions=_questions(),
        words=strain_words,
        may_propose=may(SpelregelPermission.PROPOSE),
        may_take_back=may(StrainPermission.TAKE_BACK, strain),
    )


def _questions() -> dict[str, Any]:
    """The guiding questions of the method, by the step that they belong to."""
    return {step.key.replace("-", "_"): step.question for step in strain_steps()}
