"""The styles of our text documents, so that who edits one can change the look of all headings at once."""

from collections.abc import Mapping
from typing import Any

from odfdo import Document, Style

from vitaal.pages.theme import PREFIX, Tokens

_FONT = "Arial"  # which every office has, or one just as wide
_TEXT_WIDTH = 17.0  # centimetres
_SUN = "#ffcf5c"  # the same in every theme


def add_styles(made: Document, tokens: Tokens) -> None:
    """Put the named styles into a new document, in the colours of a theme."""
    ink, soft, brand, tint = (
        tokens[PREFIX + name]
        for name in (
            "default-color-document",
            "default-color-subtle",
            "action-1-color-default",
            "action-1-bg-subtle",
        )
    )
    made.get_style("paragraph", "Standard").set_properties(_letters("11pt", ink), area="text")  # type: ignore[union-attr]  # the template has it
    for name, parent, letters, room in (
        ("Heading_20_1", "Heading", _letters("26pt", ink, bold=True), _room(0.2, 0.3)),
        ("Heading_20_2", "Heading", _letters("17pt", ink, bold=True), _room(0.9, 0.3)),
        ("Heading_20_3", "Heading", _letters("12.5pt", ink, bold=True), _room(0.5, 0.15)),
        ("Place", "Standard", _letters("11pt", ink, bold=True), _room(0, 0.6)),
        ("Lead", "Text_20_body", _letters("14pt", soft), _room(0, 0.3)),
        ("Entry", "Text_20_body", _letters("11pt", ink, bold=True), _room(0.1, 0.05)),
        ("Remark", "Text_20_body", _letters("9.5pt", soft), _room(0, 0.2)),
        ("Caption", "Standard", _letters("9.5pt", soft), _room(0.3, 0.15)),
        ("Table_20_Contents", "Standard", _letters("9.5pt", ink), {}),
        ("Table_20_Heading", "Table_20_Contents", _letters("9.5pt", ink, bold=True), {}),
        ("Quotations", "Text_20_body", _letters("15pt", ink), _room(0.4, 0.1) | _bar()),
        ("Quoted_20_person", "Text_20_body", _letters("9.5pt", soft), _room(0, 0.4) | _bar()),
        ("Own_20_words", "Text_20_body", _letters("12pt", ink), {"fo:background-color": tint, "fo:padding": "0.3cm"}),
    ):  # fmt: skip
        _named(made, name, parent, letters, room)
    figure = Style("text", name="Figure")
    figure.set_properties(_letters("20pt", brand, bold=True), area="text")
    made.insert_style(figure)


def column_style(made: Document, share: float) -> str:
    """The name of the style of a column that takes this share of the width."""
    width = f"{share * _TEXT_WIDTH:.2f}cm"
    name = f"column-{width}"
    if made.get_style("table-column", name) is None:
        style = Style("table-column", name=name)
        style.set_properties({"style:column-width": width}, area="table-column")
        made.insert_style(style, automatic=True)
    return name


def _named(
    made: Document, name: str, parent: str, letters: Mapping[str, Any], room: Mapping[str, Any]
) -> None:
    style = Style("paragraph", name=name, display_name=name.replace("_20_", " "), parent_style=parent)
    if name.startswith("Heading"):
        style.set_attribute("style:default-outline-level", name[-1])
        style.set_attribute("style:next-style-name", "Text_20_body")
    if room:
        style.set_properties(room, area="paragraph")
    style.set_properties(letters, area="text")
    made.insert_style(style)


def _letters(size: str, colour: str, *, bold: bool = False) -> dict[str, str]:
    return {
        "fo:font-family": _FONT,
        "fo:font-size": size,
        "fo:color": colour,
        "fo:font-weight": "bold" if bold else "normal",
    }


def _room(above: float, below: float) -> dict[str, str]:
    return {"fo:margin-top": f"{above}cm", "fo:margin-bottom": f"{below}cm"}


def _bar() -> dict[str, str]:
    return {"fo:border-left": f"0.12cm solid {_SUN}", "fo:padding-left": "0.4cm", "style:join-border": "true"}
