"""A workspace's colour: where its stylesheet is, and what becomes of a colour that can't be read."""

from flask import url_for

from vitaal.pages import theme
from vitaal.workspaces.models import Workspace

OWN_LOOK = "#14594b"  # Vitaal's own green (pages/styles/tokens.css)
_SOLID = f"{theme.PREFIX}action-1-inverse-bg-default"


def theme_href(workspace: Workspace) -> str:
    """The address of the workspace's stylesheet; empty for Vitaal's own look.

    It names the colour and nothing else, so that anyone may ask for it (an invited person, a visitor of the
    page to join) without learning anything, and a browser may keep it for ever.
    """
    colour = (workspace.theme_colour or "").lstrip("#")
    return url_for("workspaces.show_theme", colour=colour) if colour else ""


def readable(colour: str) -> str:
    """This colour, or the lightest darker one on which white text can be read.

    Raises theme.NotATheme when `colour` is no colour, or when no theme can be made from it.
    """
    return theme.from_colour(colour)[_SOLID]
