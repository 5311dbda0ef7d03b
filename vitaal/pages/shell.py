"""Everything that a Flask application needs to render our pages: assets, words in the layout, error pages."""

import re

from flask import Flask, current_app, g
from flask_babel import get_locale

from vitaal.kernel import markdown
from vitaal.pages import assets, document, errors, fields
from vitaal.pages.pictures.drawn import draw
from vitaal.pages.pictures.flower import empty_flower
from vitaal.pages.pictures.marks import logo, sprig
from vitaal.pages.rendering import words


def install(app: Flask) -> None:
    """Offer templates what the layout and the components use, and answer errors with kind pages.

    Needs `app.config["VITAAL"]` (settings) and Flask-Babel. Raises assets.AssetsMissing.
    """
    assets.install(app)
    errors.install(app)
    app.jinja_env.globals.update(
        attributes_of=fields.attributes_of,
        draw=draw,
        empty_flower=empty_flower,
        group_attributes=fields.group_attributes,
        help_phone=help_phone,
        help_href=help_href,
        lang=lang,
        logo=logo,
        number_columns=words.number_columns,
        sprig=sprig,
    )
    app.jinja_env.filters.update(
        attributes=fields.attributes,
        first_text=fields.first_text,
        in_words=words.in_words,
        initials=initials,
        markdown=markdown.to_html,
        name_of=document.name_of,
        paragraphs=words.paragraphs,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def lang() -> str:
    """The language of this page, for `<html lang>`."""
    locale = get_locale()
    return locale.language if locale else "nl"


def help_phone() -> str:
    """The number on every page, as people read it: of the workspace where it has one, else of Vitaal."""
    workspace = g.get("workspace")
    number: str = (workspace and workspace.phone) or current_app.config["VITAAL"].help_phone
    return number


def help_href() -> str:
    """The same number as a link that a phone can dial; a Dutch number gets its country."""
    digits = re.sub(r"[^\d+]", "", help_phone())
    return "tel:" + (f"+31{digits[1:]}" if digits.startswith("0") else digits)


def initials(name: str) -> str:
    """At most two letters that stand for a name: the first word's and the last word's."""
    words = [word for word in re.split(r"[\s·]+", name) if word[:1].isalnum()]
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in chosen).upper()
