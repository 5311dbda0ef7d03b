"""The overview of a programme, and the reports that localities shared with it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request, url_for

from vitaal.kernel.web import requires
from vitaal.programme import queries
from vitaal.programme.access import ProgrammePermission
from vitaal.programme.queries import PAGE, Locality, Overseen
from vitaal.reports import handed_pages
from vitaal.reports.handed import HandedInFull, handed_to_programme, the_handed
from vitaal.reports.handed_pages import Desk

blueprint = Blueprint("programme", __name__, template_folder="templates")


def theirs(programme_slug: str) -> Overseen | None:
    """The programme in the address, when the reader works for it."""
    return queries.overseen_by(programme_slug, g.person.id)


@blueprint.get("/programma/<programme_slug>")
@requires(ProgrammePermission.SEE, on=theirs)
def overview(programme: Overseen) -> str:
    """All localities by name, with what they handed up and nothing else."""
    after = _after()
    localities = queries.localities(programme, after)
    return render_template(
        "programme/overview.html",
        programme=programme,
        reports_href=_desk(programme).list_href(),
        counts=queries.counts(programme),
        localities=localities,
        next_href=_address(programme, localities[-1]) if len(localities) == PAGE else "",
        first_href=_address(programme) if after else "",
    )


@blueprint.get("/programma/<programme_slug>/rapporten")
@requires(ProgrammePermission.SEE, on=theirs)
def reports(programme: Overseen) -> str:
    """What localities shared with the programme, the newest first."""
    page = handed_to_programme(programme.id, handed_pages.after_asked())
    return handed_pages.show_all(page, _desk(programme))


@blueprint.get("/programma/<programme_slug>/rapporten/<uuid:report_id>")
@requires(ProgrammePermission.SEE, on=theirs)
def report(programme: Overseen, report_id: UUID) -> str:
    """One of those reports to read."""
    return handed_pages.show_one(_shared(programme, report_id), _desk(programme))


@blueprint.get("/programma/<programme_slug>/rapporten/<uuid:report_id>/pdf")
@requires(ProgrammePermission.SEE, on=theirs)
def report_as_pdf(programme: Overseen, report_id: UUID) -> Any:
    """One of those reports to keep."""
    return handed_pages.take_pdf(_shared(programme, report_id), _desk(programme))


def _desk(programme: Overseen) -> Desk:
    return Desk(programme.name, "programme", home="overview", url={"programme_slug": programme.slug})


def _shared(programme: Overseen, report_id: UUID) -> HandedInFull:
    """The report when it was shared with this programme; 404 when it was not, or was taken back."""
    found = the_handed(report_id)
    if found is None or found.programme_id != programme.id:
        abort(404)
    return found


def _after() -> tuple[str, UUID] | None:
    """Where the page begins: after this name and id; nonsense begins at the start."""
    name = request.args.get("na", "")
    if "\0" in name or not name.isprintable():
        return None
    try:
        return name, UUID(request.args.get("plek", ""))
    except ValueError:
        return None


def _address(programme: Overseen, last: Locality | None = None) -> str:
    values: dict[str, Any] = {"na": last.name.lower(), "plek": last.id} if last else {}
    return url_for("programme.overview", programme_slug=programme.slug, **values)
