"""The register of decisions and agreements; which part of it stands in the address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, abort, g, make_response, render_template, request, url_for
from flask_babel import gettext as _

from vitaal.activity.topics import whereabouts
from vitaal.decisions import export, register, words
from vitaal.decisions.access import DecisionPermission
from vitaal.decisions.filters import HOWS, Filter
from vitaal.decisions.origins import IN_ADDRESS
from vitaal.decisions.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.sheets.sending import send
from vitaal.kernel.web import requires


@blueprint.get("/w/<slug>/besluiten", endpoint="register")
@requires(DecisionPermission.SEE)
def show_register() -> Response:
    """Decisions and agreements, newest first; `?voor=<id>` goes on before that one."""
    found = Filter.read(request.args)
    before = _id(request.args.get("voor"))
    page = register.page_of_register(found, before)
    answer = make_response(
        render_template(
            "decisions/register.html",
            found=found,
            page=page,
            places=register.places(page.entries),
            count=register.count(found) if found.is_narrowed else None,
            about=whereabouts({found.origin}).get(found.origin) if found.origin else None,
            selects=_selects(found),
            address_of=_address_of,
            earlier_href=_address_of(_also(found.query(), voor=page.earlier)) if page.earlier else "",
            is_newest=before is None,
            permissions=DecisionPermission,
            words=words,
        )
    )
    if request.headers.get("HX-Request"):
        answer.headers["HX-Push-Url"] = _address_of(found.query())
    return answer


@blueprint.get("/w/<slug>/besluiten/export/<any(csv, xlsx, ods):file_type>", endpoint="export")
@requires(DecisionPermission.SEE)
def take_along(file_type: str) -> Response:
    """What the address shows, as it does for the register, as CSV, XLSX or ODS."""
    name = f"besluiten-{g.workspace.slug}-{clock.today().isoformat()}"
    rows = export.rows(Filter.read(request.args))
    return send(name, file_type, _("Besluiten en afspraken"), export.heads(), rows)


def _address_of(query: str, path: str = "") -> str:
    address = url_for("decisions.register") + path
    return f"{address}?{query}" if query else address


def _also(query: str, **more: Any) -> str:
    return "&".join(filter(None, (query, urlencode(more))))


def _selects(found: Filter) -> list[tuple[str, str, list[tuple[Any, Any]], Any]]:
    """The further choices: the name of each in the address, its label, its options, and which is chosen."""
    hows = [(word, words.HOW_NAMES[how]) for word, how in HOWS.items()]
    sources = [(word, words.SOURCES[source]) for word, source in IN_ADDRESS.items()]
    years = [(year, year) for year in register.years()]
    return [
        ("hoe", _("Hoe besloten"), [("", _("Alles")), *hows], _word_for(found.how, HOWS)),
        ("uit", _("Waar het uit kwam"), [("", _("Alles")), *sources], _word_for(found.source, IN_ADDRESS)),
        ("jaar", _("Jaar"), [("", _("Alle jaren")), *years], found.year),
    ]


def _word_for(chosen: Any, known: Mapping[str, Any]) -> str | None:
    return next((word for word, value in known.items() if value == chosen), None)


def _id(typed: str | None) -> UUID | None:
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        abort(404)
