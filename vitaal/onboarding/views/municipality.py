"""What a municipality sees of its coalitions, and where a new one begins."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from vitaal.kernel.db import db
from vitaal.kernel.web import requires, see_other
from vitaal.onboarding.access import Office, OnboardingPermission, office
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.queries import coalitions_in, drafts_for
from vitaal.onboarding.views.blueprint import blueprint
from vitaal.onboarding.views.reports import desk_of
from vitaal.pages.days import moment_in_words
from vitaal.reports.handed import handed_to_municipality

_NEWEST = 5


@blueprint.get("/gemeente/<municipality_slug>")
@requires(OnboardingPermission.OVERSEE, on=office)
def municipality(here: Office) -> str:
    """How far each coalition is, what they shared, and what is in preparation; never what happens inside."""
    return render_template(
        "onboarding/municipality.html",
        municipality=here.municipality,
        coalitions=coalitions_in(here.municipality.code),
        drafts=drafts_for(here.municipality.code, here.officer_id),
        reports=handed_to_municipality(here.municipality.code).reports[:_NEWEST],
        desk=desk_of(here),
        moment_in_words=moment_in_words,
        title=_("Coalities in %(municipality)s", municipality=here.municipality.name),
    )


@blueprint.post("/gemeente/<municipality_slug>/nieuw")
@requires(OnboardingPermission.OVERSEE, on=office)
def start(here: Office) -> Any:
    """Begin with a new coalition, or go on with the one in which nothing was filled in yet."""
    drafts = drafts_for(here.municipality.code, here.officer_id)
    draft = next((draft for draft in drafts if not draft.answers), None)
    if draft is None:
        draft = CoalitionDraft(
            officer_id=here.officer_id, municipality_code=here.municipality.code, answers={}
        )
        db.session.add(draft)
        db.session.flush()
    return see_other("onboarding.step", draft_id=draft.id, step=1)
