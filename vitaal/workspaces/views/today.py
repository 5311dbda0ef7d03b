"""Vandaag: what asks something of me, what is new, who joined, and the next steps."""

from flask import current_app, g, render_template
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.kernel.web import requires
from vitaal.method import routes
from vitaal.pages.days import moment_in_words
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.models import LastSeen
from vitaal.workspaces.today import TODAY, compose
from vitaal.workspaces.views.blueprint import blueprint
from vitaal.workspaces.waiting import WAITING, asks_of


@blueprint.get("/w/<slug>")
@requires(WorkspacePermission.SEE)
def today() -> str:
    """What every feature contributes, as one page. When all news fits on it, that counts as seen."""
    opened_at = clock.now()
    said = compose(current_app.extensions[TODAY], g.member, g.workspace)
    if not said.has_more_news:
        LastSeen.mark(g.member, opened_at)
    route = routes.route(g.workspace.route)
    return render_template(
        "workspaces/today.html",
        day=format_date(clock.today(), "EEEE d MMMM y"),
        greeting=_greeting(),
        said=said,
        asks=(*asks_of(g.member, g.workspace, current_app.extensions[WAITING]), *said.asks),
        route_name=route.name.in_(str(get_locale())),
        route_text=route.start_point.in_(str(get_locale())),
        in_words=moment_in_words,
    )


def _greeting() -> str:
    hour = clock.now().astimezone(g.person.zone).hour
    hello = _("Goedemorgen") if 6 <= hour < 12 else _("Goedemiddag") if 12 <= hour < 18 else _("Goedenavond")
    return f"{hello}, {g.member.name.split()[0]}"
