"""A document as PDF that everyone can read: PDF/UA-1 for who listens to it, PDF/A-2a for the archive.

Texts that people wrote go along as data and are never part of a template, so they can't become code. Documents are
set in a process apart (`press`, `typesetter`). Source: DOC-02 of the Dutch conventions.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vitaal.kernel import clock
from vitaal.pages import typesetter
from vitaal.pages.pictures import marks
from vitaal.pages.pictures.alone import alone
from vitaal.pages.press import Press, TooMuch
from vitaal.pages.theme import PREFIX, Tokens

HOUSE = Path(__file__).parent / "templates" / "typst/house.typ"
MOST_DATA = 300_000  # letters, pictures counted in: some hundred pages

# What has no shape of its own, or turns around what stands after it: no text needs it on paper.
_SHAPELESS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufff9-\uffff]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    title: str,
    place: str,
    language: str,
    tokens: Tokens,
    press: Press | None = None,
) -> bytes:
    """The PDF that a template makes of data (texts, numbers, lists, mappings), in the colours of a workspace.

    `title` is that of the document, `place` the name of the workspace, `language` that of what is read ("nl"). The
    template begins with `#import "house.typ": *` and finds what it was given as `data`. A letter that none of the
    fonts has becomes a square. Who makes several gives the `press` that makes them all.

    Raises TooMuch, WrongTemplate, and AssetsMissing when no fonts were built.
    """
    house = {"title": title, "place": place, "language": language, "colours": _colours(tokens),
             "leaf": alone(marks.logo("leaf"), tokens), "sprig": alone(marks.sprig(), tokens)}  # fmt: skip
    given = json.dumps(_on_paper({"house": house, "data": data}), ensure_ascii=False)
    if len(given) > MOST_DATA:
        raise TooMuch(f"{len(given)} letters")
    sources = {"main.typ": template.read_text("utf-8"), "house.typ": HOUSE.read_text("utf-8")}
    asked = {"sources": sources, "given": given, "moment": int(clock.now().timestamp())}
    if press:
        return press.set(asked)
    with Press() as own:
        return own.set(asked)


def _on_paper(value: Any) -> Any:
    """The same data, its texts without what can't be printed."""
    if isinstance(value, str):
        return _PRIVATE.sub(typesetter.UNKNOWN_LETTER, _SHAPELESS.sub(" ", value))
    if isinstance(value, Mapping):
        return {key: _on_paper(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_on_paper(each) for each in value]
    return value


def _colours(tokens: Tokens) -> dict[str, str]:
    return {name.removeprefix(PREFIX): value for name, value in tokens.items() if name.startswith(PREFIX)}
