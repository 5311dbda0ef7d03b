"""The agenda on paper, for the wall."""

from flask import g, render_template, request

from vitaal.agenda import listing, words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.choices import choices
from vitaal.agenda.filters import Filter
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import frame_for
from vitaal.agenda.views.lists import after
from vitaal.kernel.web import requires


@blueprint.get("/w/<slug>/agenda/afdrukken")
@requires(AgendaPermission.SEE)
def print_agenda() -> str:
    """The list on sheets of paper; the address says what stands on it, as it does for the list."""
    found = Filter.read(request.args)
    page = listing.page_of_list(found, g.member, after())
    counted = listing.counts(found, g.member)
    return render_template(
        "agenda/print.html",
        at=frame_for(found),
        page=page,
        sections=listing.sections(page, found, counted, choices().goals),
        words=words,
    )
