"""The front door: what Vitaal is for who is not signed in, and my places for who is."""

from typing import Any

from flask import g, redirect, render_template

from vitaal.kernel.web import public
from vitaal.workspaces.places import PlaceKind, places_of
from vitaal.workspaces.views.blueprint import blueprint


@blueprint.get("/")
@public
def my_places() -> Any:
    """My workspaces, municipalities and programmes. Who has exactly one place goes straight there."""
    if not g.person:
        return render_template("workspaces/front.html")
    places = places_of(g.person.id)
    if len(places) == 1 and not g.person.is_operator:
        return redirect(places[0].href, code=303)
    return render_template("workspaces/places.html", places=places, kinds=PlaceKind)
