"""The five steps: shown, and kept when they are sent."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _

from vitaal.kernel.web import requires
from vitaal.onboarding.access import OnboardingPermission, my_draft
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.plan import LAST_STEP
from vitaal.onboarding.views.blueprint import blueprint, to_municipality, to_step, while_open
from vitaal.onboarding.views.page import Page
from vitaal.onboarding.views.pages import PAGES


@blueprint.get("/nieuw/<uuid:draft_id>/<int:step>")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def step(draft: CoalitionDraft, step: int) -> Any:
    """A step, or the first that is not done when this one comes too early."""
    page = _page(step)(draft)
    open_step = page.plan.first_open_step
    return page.show() if step <= open_step else to_step(draft, open_step)


@blueprint.post("/nieuw/<uuid:draft_id>/<int:step>")
@requires(OnboardingPermission.PREPARE, on=my_draft)
@while_open
def keep_step(draft: CoalitionDraft, step: int) -> Any:
    """Keep what was filled in and go where the button says: on, back, or away until later."""
    page_of = _page(step)
    open_step = page_of(draft).plan.first_open_step
    if step > open_step:
        return to_step(draft, open_step)
    page = page_of(draft, request.form)
    wanted = request.form.get("naar", "")
    leaving = _leave(draft, step, wanted)
    if leaving is not None:
        return leaving
    if not page.is_right():
        return page.refuse()
    return page.show() if wanted == "brief" else to_step(draft, _ahead(step, wanted))


def _page(step: int) -> type[Page]:
    return PAGES.get(step) or abort(404)


def _leave(draft: CoalitionDraft, step: int, wanted: str) -> Any:
    """Where a button leads that asks nothing of this step; None for the others."""
    if wanted == "later":
        flash(_("Bewaard. Je kunt verder wanneer je wilt."), "good")
        return to_municipality(draft)
    if wanted == "meer":
        return to_step(draft, step, anchor="municipalities")
    if wanted in _STEPS and int(wanted) < step:
        return to_step(draft, int(wanted))
    return None


def _ahead(step: int, wanted: str) -> int:
    return int(wanted) if wanted in _STEPS else min(step + 1, LAST_STEP)


_STEPS = {str(number) for number in range(1, LAST_STEP + 1)}
