"""The frame around every page: where you are, where you can go, and your other places.

Everything is made only when a template asks for it, and all of it costs one statement. In a workspace that one
was asked on the way in (`g.places`): behind its wall a person's other places can't be seen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from werkzeug.local import LocalProxy

from vitaal.kernel.web import may
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.places import Place, PlaceKind, places_of
from vitaal.workspaces.theming import theme_href

# The endpoint, or else the blueprint, of a page to the key of the item that it stands under.
_STANDS_UNDER = {
    "workspaces.my_places": "plekken",
    "workspaces.today": "vandaag",
    "workspaces.settings": "instellingen",
    "workspaces.save_settings": "instellingen",
    "workspaces": "cirkels",
    "agenda": "agenda",
    "decisions": "spelregels",
    "spelregels": "spelregels",
    "activity": "geschiedenis",
    "reports": "rapporten",
    "invitations": "uitnodigingen",
    "people": "mij",
    "digests": "mij",
    "digests.told": "instellingen",
    "workspaces.operate": "beheer",
}
_ICONS = {PlaceKind.MUNICIPALITY: "buildings", PlaceKind.PROGRAMME: "globe-hemisphere-west"}


@dataclass(frozen=True, slots=True)
class Item:
    """A place to go. `short` is its name where there is little room, `apart` draws a line above it."""

    key: str
    name: str
    href: str
    icon: str
    short: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """The workspace that a page belongs to, as the layout shows it."""

    name: str
    subtitle: str
    theme_href: str


@dataclass(frozen=True, slots=True)
class Other:
    """A workspace in the switcher."""

    name: str
    subtitle: str
    href: str
    is_current: bool


def offer() -> dict[str, Any]:
    """What layout.html wants (a context processor); nothing outside a request."""
    if not g.get("person"):
        return {"workspace": None} if "person" in g else {}
    places = cache(lambda: g.places if g.workspace else places_of(g.person.id))
    return {
        "person": g.person,
        "colour_scheme": {"auto": "device"}.get(g.person.colour_scheme, g.person.colour_scheme),
        "active": _active(),
        "navigation": _lazy(lambda: tuple(_in_workspace(places) if g.workspace else _outside(places))),
        "workspace": _lazy(lambda: _here(places)) if g.workspace else None,
        "my_workspaces": _lazy(lambda: _switcher(places)),
    }


def _lazy(make: Callable[[], Any]) -> Any:
    return LocalProxy(cache(make))


def _active() -> str:
    view_args = request.view_args or {}
    for name in ("municipality_slug", "programme_slug"):
        if name in view_args:
            return str(view_args[name])
    return _STANDS_UNDER.get(request.endpoint or "") or _STANDS_UNDER.get(request.blueprint or "", "")


def _in_workspace(places: Callable[[], Sequence[Place]]) -> Iterator[Item]:
    yield Item("vandaag", _("Vandaag"), url_for("workspaces.today"), "house")
    yield Item("agenda", _("Agenda"), url_for("agenda.actions"), "list-checks")
    yield Item("spelregels", _("Spelregels"), url_for("spelregels.rules"), "handshake", _("Regels"))
    yield Item("cirkels", _("Cirkels"), url_for("workspaces.circles"), "users-three")
    yield Item(
        "geschiedenis", _("Geschiedenis"), url_for("activity.history"), "clock-counter-clockwise", _("Eerder")
    )
    yield Item("rapporten", _("Rapporten"), url_for("reports.all_reports"), "file-text")
    if may(WorkspacePermission.ARRANGE):
        yield Item(
            "uitnodigingen",
            _("Uitnodigingen"),
            url_for("invitations.open_invitations"),
            "envelope-simple",
            apart=True,
        )
        yield Item("instellingen", _("Instellingen"), url_for("workspaces.settings"), "sliders-horizontal")
    if len(places()) > 1 or g.person.is_operator:
        yield Item("plekken", _("Mijn plekken"), url_for("workspaces.my_places"), "map-pin")


def _outside(places: Callable[[], Sequence[Place]]) -> Iterator[Item]:
    yield Item("plekken", _("Mijn plekken"), url_for("workspaces.my_places"), "map-pin")
    for place in places():
        if place.kind in _ICONS:
            yield Item(place.slug, place.name, place.href, _ICONS[place.kind])
    if g.person.is_operator:
        yield Item("beheer", _("Beheer"), url_for("workspaces.operate"), "shield-check", apart=True)


def _here(places: Callable[[], Sequence[Place]]) -> Here:
    where = next((place.where for place in places() if _is_current(place)), "")
    return Here(g.workspace.name, where, theme_href(g.workspace))


def _switcher(places: Callable[[], Sequence[Place]]) -> tuple[Other, ...]:
    return tuple(
        Other(place.name, place.where, place.href, _is_current(place))
        for place in places()
        if place.kind == PlaceKind.WORKSPACE
    )


def _is_current(place: Place) -> bool:
    return place.kind == PlaceKind.WORKSPACE and g.workspace is not None and place.slug == g.workspace.slug
