"""The organisations of step 3: added one by one or from a list, and taken out."""

from typing import Any
from uuid import UUID

from flask import request

from vitaal.kernel.web import requires
from vitaal.onboarding.access import OnboardingPermission, my_draft
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.views.blueprint import blueprint, to_step, while_open
from vitaal.onboarding.views.pages import OrganisationsPage


@blueprint.post("/nieuw/<uuid:draft_id>/organisaties")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def add_organisation(draft: CoalitionDraft) -> Any:
    """Give one organisation its place."""
    page = OrganisationsPage(draft, request.form)
    return to_step(draft, 3, anchor="toevoegen") if page.take_one() else page.refuse()


@blueprint.post("/nieuw/<uuid:draft_id>/lijst")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def read_list(draft: CoalitionDraft) -> Any:
    """Take the lines of a pasted list that are right; the others stay, each with what is wrong."""
    page = OrganisationsPage(draft, request.form)
    return to_step(draft, 3) if page.take_many() else page.refuse()


@blueprint.post("/nieuw/<uuid:draft_id>/organisaties/<uuid:organisation_id>/weg")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def remove_organisation(draft: CoalitionDraft, organisation_id: UUID) -> Any:
    """Take an organisation out, with the guests who would come for it."""
    OrganisationsPage(draft, request.form)
    draft.remove(str(organisation_id))
    return to_step(draft, 3, anchor="cirkels")
