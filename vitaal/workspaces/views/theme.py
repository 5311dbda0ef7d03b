"""The stylesheets of themes, and choosing the one of your municipality.

A stylesheet holds colours only and asks nobody who they are: no database is needed.
"""

from typing import Any

from flask import Response, abort, current_app, flash, g, render_template
from flask_babel import gettext as _

from vitaal.kernel.web import machine, requires, see_other
from vitaal.pages import theme
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.history import tell
from vitaal.workspaces.theme_form import ThemeForm
from vitaal.workspaces.theming import keep_theme, kept_theme
from vitaal.workspaces.views.blueprint import blueprint

_A_YEAR = 365 * 24 * 3600


@blueprint.get("/thema/<colour>.css")
@machine
def show_theme(colour: str) -> Response:
    """All tokens of a theme from one colour, written as six digits. Its address never changes meaning."""
    try:
        css = theme.css(theme.from_colour(f"#{colour}"))
    except theme.NotATheme:
        abort(404)
    return _for_ever(css)


@blueprint.get("/thema/gemeente/<name>.css")
@machine
def show_theme_file(name: str) -> Response:
    """The tokens of a municipality's own theme. Its address never changes meaning."""
    css = kept_theme(current_app.extensions["storage"], name)
    return abort(404) if css is None else _for_ever(css)


@blueprint.get("/w/<slug>/instellingen/thema")
@requires(WorkspacePermission.ARRANGE)
def choose_theme() -> str:
    """The form to hand in the theme of a municipality, or to stop using it."""
    return render_template("workspaces/theme.html", form=ThemeForm())


@blueprint.post("/w/<slug>/instellingen/thema")
@requires(WorkspacePermission.ARRANGE)
def save_theme() -> Any:
    """Use the theme that was handed in, or none any more."""
    form = ThemeForm()
    if not form.validate():
        return render_template("workspaces/theme.html", form=form), 422
    name = "" if form.stop.data else keep_theme(current_app.extensions["storage"], form.css)
    if g.workspace.arrange(g.workspace.version, {"theme_file": name}):
        tell("changed", "workspace", g.workspace.name, by=g.member, what=["theme_file"])
    flash(
        _("Vanaf nu is dit jullie thema.") if name else _("Het thema is weg. Jullie eigen kleur is terug."),
        "good",
    )
    return see_other("workspaces.choose_theme")


def _for_ever(css: str) -> Response:
    response = Response(css, mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = _A_YEAR
    response.cache_control.immutable = True
    return response
