"""A document as PDF (`templates/typst/document.typ`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.pages.document import Block, Document, Entries, Figures, Picture, Quote, Section, Table, Text
from vitaal.pages.pictures.alone import alone
from vitaal.pages.pictures.drawn import draw
from vitaal.pages.press import Press
from vitaal.pages.rendering.words import in_words, number_columns, paragraphs
from vitaal.pages.theme import Tokens
from vitaal.pages.typeset import typeset

TEMPLATE = Path(__file__).parents[1] / "templates/typst/document.typ"


def pdf(document: Document, *, tokens: Tokens, press: Press | None = None) -> bytes:
    """The PDF in the colours of a workspace: PDF/UA-1 and PDF/A-2a, with headings as bookmarks.

    Who makes several gives the `press` that makes them all. Raises what `typeset` raises, and KeyError when a picture
    can't be drawn.
    """
    with force_locale(document.language):
        contents = _("Inhoud")
    data = {
        "subplace": document.subplace,
        "lead": document.lead,
        "aside": document.aside,
        "is_long": document.is_long,
        "contents": contents,
        "cover": _cover(document, tokens),
        "sections": [_section(section, document.language, tokens) for section in document.sections],
    }
    about = {"title": document.title, "place": document.place, "language": document.language}
    return typeset(TEMPLATE, data, **about, tokens=tokens, press=press)


def _cover(document: Document, tokens: Tokens) -> str:
    """The flower of the document as decoration of its cover; nothing when it has none."""
    flower = document.flower
    return alone(draw(flower), tokens) if flower else ""


def _section(section: Section, language: str, tokens: Tokens) -> dict[str, Any]:
    return {
        "title": section.title,
        "words": paragraphs(section.words),
        "blocks": [_block(block, language, tokens) for block in section.blocks],
    }


def _block(block: Block, language: str, tokens: Tokens) -> Mapping[str, Any]:
    match block:
        case Text():
            return {"is": "text", "paragraphs": paragraphs(block.text)}
        case Figures():
            figures = [{"value": each.value, "label": each.label} for each in block.figures]
            return {"is": "figures", "figures": figures}
        case Entries():
            entries = [
                {"title": each.title, "paragraphs": paragraphs(each.text), "remark": each.remark}
                for each in block.entries
            ]
            return {"is": "entries", "title": block.title, "numbered": block.is_numbered, "entries": entries}
        case Table():
            return {"is": "table"} | _table(block, language)
        case Quote():
            return {"is": "quote", "paragraphs": paragraphs(block.text), "by": block.by}
        case Picture():
            svg = alone(draw(block, "picture"), tokens)
            return {"is": "picture", "svg": svg, "alt": block.alt, "caption": block.caption}


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "heads": [head.name for head in table.heads],
        "widths": [head.width for head in table.heads],
        "numbers": number_columns(table),
        "rows": [[in_words(value, language) for value in row] for row in table.rows],
    }
