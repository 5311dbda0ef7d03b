"""The overview of a programme."""

from typing import Any
from uuid import UUID

from flask import Blueprint, g, render_template, request, url_for

from vitaal.kernel.web import requires
from vitaal.programme import queries
from vitaal.programme.access import ProgrammePermission
from vitaal.programme.queries import PAGE, Locality, Overseen

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
        counts=queries.counts(programme),
        localities=localities,
        next_href=_address(programme, localities[-1]) if len(localities) == PAGE else "",
        first_href=_address(programme) if after else "",
    )


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
