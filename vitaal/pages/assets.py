"""The files that `npm run build` made: their fingerprinted addresses, and the icons that stand inline."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory
from markupsafe import Markup

from vitaal.kernel.web import machine

STATIC = Path(__file__).parent / "static"
A_YEAR = 365 * 24 * 3600


class AssetsMissing(RuntimeError):
    """The styles, script and icons have not been built yet."""


def install(app: Flask) -> None:
    """Serve the built files and offer templates `asset(name)` and `icon(name, weight="regular")`.

    The application must be made with `static_folder=None`, because the endpoint `static` is ours.
    Raises AssetsMissing when nothing was built.
    """
    manifest()
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=built_file)
    app.jinja_env.globals.update(asset=asset, icon=icon)


@machine
def built_file(filename: str) -> Response:
    """One built file. Its name changes with its content, so a browser may keep it for ever."""
    if filename not in manifest().values():
        abort(404)
    response = send_from_directory(STATIC, filename, max_age=A_YEAR)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


def asset(name: str) -> str:
    """The address of a built file: `asset("vitaal.css")`. An unknown name raises KeyError."""
    return f"/static/{manifest()[name]}"


@cache
def icon(name: str, weight: str = "regular") -> Markup:
    """A Phosphor icon as inline SVG, hidden from screen readers: a word always stands beside it.

    `weight` is "regular" or "fill". A name that is not in icons.txt raises KeyError.
    """
    key = name if weight == "regular" else f"{name}-{weight}"
    try:
        shapes = _icons()[key]
    except KeyError:
        raise KeyError(
            f"Icon {key!r} is not in vitaal/pages/icons.txt; add it and run `npm run build`."
        ) from None
    head = '<svg class="i" viewBox="0 0 256 256" aria-hidden="true" focusable="false">'
    return Markup(f"{head}{shapes}</svg>")  # noqa: S704 - shapes come from our own build


@cache
def manifest() -> dict[str, str]:
    """Every built file: logical name to the name with its fingerprint. Raises AssetsMissing."""
    return _read("manifest.json")


@cache
def _icons() -> dict[str, str]:
    return _read("icons.json")


def _read(name: str) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads((STATIC / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssetsMissing(
            "The styles and icons have not been built yet: run `npm ci && npm run build`."
        ) from None
    return content
