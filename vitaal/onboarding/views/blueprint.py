"""The blueprint that all pages of onboarding share, and where they lead."""

import functools
from collections.abc import Callable
from typing import Any

from flask import Blueprint

from vitaal.kernel.web import see_other
from vitaal.onboarding.models import CoalitionDraft

blueprint = Blueprint("onboarding", __name__, template_folder="../templates")


def while_open(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only for a draft that is not founded yet; who comes back to a founded one is shown how far it is."""

    @functools.wraps(view)
    def run(draft: CoalitionDraft, **url: Any) -> Any:
        return to_municipality(draft) if draft.founded_slug else view(draft, **url)

    return run


def to_municipality(draft: CoalitionDraft) -> Any:
    """Go and look at the municipality's page."""
    return see_other("onboarding.municipality", municipality_slug=draft.municipality.slug)


def to_step(draft: CoalitionDraft, step: int, anchor: str | None = None) -> Any:
    """Go and look at a step."""
    return see_other("onboarding.step", draft_id=draft.id, step=step, _anchor=anchor)
