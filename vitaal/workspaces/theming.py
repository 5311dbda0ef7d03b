"""A workspace's look: a colour of its own, or the theme of its municipality."""

import re
from hashlib import sha256

from flask import url_for
from fsspec.implementations.dirfs import DirFileSystem

from vitaal.pages import theme
from vitaal.workspaces.models import Workspace

OWN_LOOK = "#14594b"  # Vitaal's own green (pages/styles/tokens.css)
_SOLID = f"{theme.PREFIX}action-1-inverse-bg-default"
_FOLDER = "themes"
_NAME = re.compile(r"[0-9a-f]{32}")


def theme_href(workspace: Workspace) -> str:
    """The address of the workspace's stylesheet; empty for Vitaal's own look.

    It names the colours and nothing else, so that anyone may ask for it (an invited person, a visitor of the
    page to join) without learning anything, and a browser may keep it for ever.
    """
    if workspace.theme_file:
        return url_for("workspaces.show_theme_file", name=workspace.theme_file)
    colour = (workspace.theme_colour or "").lstrip("#")
    return url_for("workspaces.show_theme", colour=colour) if colour else ""


def tokens_of(workspace: Workspace, storage: DirFileSystem) -> theme.Tokens:
    """The colours of the workspace's look, for what is not a page and can't read a stylesheet."""
    css = kept_theme(storage, workspace.theme_file) if workspace.theme_file else None
    return theme.from_package(css) if css else theme.from_colour(workspace.theme_colour or OWN_LOOK)


def readable(colour: str) -> str:
    """This colour, or the lightest darker one on which white text can be read.

    Raises theme.NotATheme when `colour` is no colour, or when no theme can be made from it.
    """
    return theme.from_colour(colour)[_SOLID]


def keep_theme(storage: DirFileSystem, package: str) -> str:
    """Keep an NL Design System theme, given as CSS, as far as it may be used. Returns its name.

    The same theme gets the same name, so keeping it twice does no harm. Raises theme.NotATheme.
    """
    css = theme.css(theme.from_package(package))
    name = sha256(css.encode()).hexdigest()[:32]
    storage.makedirs(_FOLDER, exist_ok=True)
    storage.pipe_file(f"{_FOLDER}/{name}.css", css.encode())
    return name


def kept_theme(storage: DirFileSystem, name: str) -> str | None:
    """The stylesheet of a theme that was kept; None where there is none."""
    file = f"{_FOLDER}/{name}.css"
    if not _NAME.fullmatch(name) or not storage.exists(file):
        return None
    return str(storage.cat_file(file).decode())
