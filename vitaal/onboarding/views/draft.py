"""What becomes of a draft: a coalition, or nothing."""

from typing import Any

from flask import flash, g, request
from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel.db import db
from vitaal.kernel.web import requires, see_other
from vitaal.onboarding.access import OnboardingPermission, my_draft
from vitaal.onboarding.founding import LANGUAGE, FoundedAlready, found
from vitaal.onboarding.letter import organisation_of
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.plan import LAST_STEP, Plan
from vitaal.onboarding.queries import names_of_municipalities
from vitaal.onboarding.views.blueprint import blueprint, to_municipality, to_step, while_open
from vitaal.onboarding.views.pages import CheckPage


@blueprint.post("/nieuw/<uuid:draft_id>/coalitie")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def found_coalition(draft: CoalitionDraft) -> Any:
    """Start the coalition and promise the invitations; once, however often the button is pressed."""
    plan = Plan(draft, names_of_municipalities())
    if plan.first_open_step < LAST_STEP:
        return to_step(draft, plan.first_open_step)
    page = CheckPage(draft, request.form)
    if not page.is_right():
        return page.refuse()
    slug, name, count = plan.municipality.slug, plan.place.name.data, len(plan.all_invited())
    with force_locale(LANGUAGE):
        from_the_start = _("Vanaf de start")
    try:
        found(
            plan, g.person, from_the_start=from_the_start,
            organisation=organisation_of(plan.municipality), message=page.letter.message.data or "",
        )  # fmt: skip
    except FoundedAlready:
        flash(_("Deze coalitie was al gestart. De uitnodigingen gaan één keer weg."), "good")
    else:
        flash(
            _(
                "%(name)s is gestart. De uitnodigingen voor %(count)d mensen gaan nu weg. Op deze pagina zie je hoever het is.",
                name=name,
                count=count,
            ),
            "good",
        )
    return see_other("onboarding.municipality", municipality_slug=slug)


@blueprint.post("/nieuw/<uuid:draft_id>/weg")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def throw_away(draft: CoalitionDraft) -> Any:
    """Forget a draft that did not become a coalition."""
    db.session.delete(draft)
    flash(_("Weggegooid. Er is aan niemand iets verstuurd."), "good")
    return to_municipality(draft)
