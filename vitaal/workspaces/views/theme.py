"""The stylesheet of a colour. It holds colours only and asks nobody who they are: no database is needed."""

from flask import Response, abort

from vitaal.kernel.web import machine
from vitaal.pages import theme
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
    response = Response(css, mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = _A_YEAR
    response.cache_control.immutable = True
    return response
