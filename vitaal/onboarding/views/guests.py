"""The guests of step 4: whom else to invite."""

from typing import Any
from uuid import UUID

from flask import request

from vitaal.kernel.web import requires
from vitaal.onboarding.access import OnboardingPermission, my_draft
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.views.blueprint import blueprint, to_step, while_open
from vitaal.onboarding.views.pages import PeoplePage


@blueprint.post("/nieuw/<uuid:draft_id>/gasten")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def add_guest(draft: CoalitionDraft) -> Any:
    """Put someone on the list of who gets an invitation."""
    page = PeoplePage(draft, request.form)
    return to_step(draft, 4, anchor="anderen") if page.take_guest() else page.refuse()


@blueprint.post("/nieuw/<uuid:draft_id>/gasten/<uuid:guest_id>/weg")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def remove_guest(draft: CoalitionDraft, guest_id: UUID) -> Any:
    """Take a guest, or the contact of an organisation, off that list."""
    PeoplePage(draft, request.form)
    draft.skip(str(guest_id))
    return to_step(draft, 4, anchor="anderen")
