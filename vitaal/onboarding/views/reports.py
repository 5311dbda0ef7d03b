"""The reports that coalitions shared with a municipality."""

from typing import Any
from uuid import UUID

from flask import abort

from vitaal.kernel.web import requires
from vitaal.onboarding.access import Office, OnboardingPermission, office
from vitaal.onboarding.views.blueprint import blueprint
from vitaal.reports import handed_pages
from vitaal.reports.handed import HandedInFull, handed_to_municipality, the_handed
from vitaal.reports.handed_pages import Desk


def desk_of(here: Office) -> Desk:
    """Where this municipality reads them."""
    municipality = here.municipality
    return Desk(
        municipality.name, "onboarding", home="municipality", url={"municipality_slug": municipality.slug}
    )


@blueprint.get("/gemeente/<municipality_slug>/rapporten")
@requires(OnboardingPermission.OVERSEE, on=office)
def reports(here: Office) -> str:
    """All of them, the newest first."""
    page = handed_to_municipality(here.municipality.code, handed_pages.after_asked())
    return handed_pages.show_all(page, desk_of(here))


@blueprint.get("/gemeente/<municipality_slug>/rapporten/<uuid:report_id>")
@requires(OnboardingPermission.OVERSEE, on=office)
def report(here: Office, report_id: UUID) -> str:
    """One of them to read."""
    return handed_pages.show_one(_theirs(here, report_id), desk_of(here))


@blueprint.get("/gemeente/<municipality_slug>/rapporten/<uuid:report_id>/pdf")
@requires(OnboardingPermission.OVERSEE, on=office)
def report_as_pdf(here: Office, report_id: UUID) -> Any:
    """One of them to keep."""
    return handed_pages.take_pdf(_theirs(here, report_id), desk_of(here))


def _theirs(here: Office, report_id: UUID) -> HandedInFull:
    """The report when it was shared with this municipality; 404 when it was not, or was taken back."""
    found = the_handed(report_id)
    if found is None or found.municipality_code != here.municipality.code:
        abort(404)
    return found
