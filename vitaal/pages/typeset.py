"""A document as PDF that everyone can read: PDF/UA-1 for who listens to it, PDF/A-2a for the archive.

Texts that people wrote go along as data and are never part of a template, so they can't become code. Each document is
set in a process of its own (`typesetter`). Source: DOC-02 of the Dutch conventions.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vitaal.kernel import clock
from vitaal.pages import typesetter
from vitaal.pages.assets import STATIC, AssetsMissing
from vitaal.pages.pictures import marks
from vitaal.pages.theme import PREFIX, Tokens

HOUSE = Path(__file__).parent / "templates" / "typst/house.typ"
FONTS = STATIC / "fonts"
MOST_DATA = 300_000  # letters, pictures counted in: some hundred pages
_MOST_SECONDS = 30  # by the clock; by the processor it is less

# What has no shape of its own, or turns around what stands after it: no text needs it on paper.
_SHAPELESS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufff9-\uffff]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


class TooMuch(ValueError):
    """More than a document that people read can hold."""


class WrongTemplate(RuntimeError):
    """A template can't be set; the message says where."""


def typeset(
    template: Path, data: Mapping[str, Any], *, title: str, place: str, language: str, tokens: Tokens
) -> bytes:
    """The PDF that a template makes of data (texts, numbers, lists, mappings), in the colours of a workspace.

    `title` is that of the document, `place` the name of the workspace, `language` that of what is read ("nl"). The
    template begins with `#import "house.typ": *` and finds what it was given as `data`. A letter that none of the
    fonts has becomes a square. A page takes some fifty milliseconds.

    Raises TooMuch, WrongTemplate, and AssetsMissing when no fonts were built.
    """
    house = {"title": title, "place": place, "language": language, "colours": _colours(tokens),
             "leaf": _picture(marks.logo("leaf"), tokens), "sprig": _picture(marks.sprig(), tokens)}  # fmt: skip
    given = json.dumps(_on_paper({"house": house, "data": data}), ensure_ascii=False)
    if len(given) > MOST_DATA:
        raise TooMuch(f"{len(given)} letters")
    if not FONTS.is_dir():
        raise AssetsMissing("The fonts have not been built yet: run `npm ci && npm run build`.")
    sources = {"main.typ": template.read_text("utf-8"), "house.typ": HOUSE.read_text("utf-8")}
    return _set(
        {"sources": sources, "given": given, "fonts": str(FONTS), "moment": int(clock.now().timestamp())}
    )


def _set(asked: Mapping[str, Any]) -> bytes:
    """Let a process that knows nothing of ours set it: no settings, no secrets, one thread."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", typesetter.__file__],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_MOST_SECONDS,
            env={"RAYON_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooMuch(f"{_MOST_SECONDS} seconds") from None
    if done.returncode < 0:
        raise TooMuch(f"Signal {-done.returncode}")
    if done.returncode:
        raise WrongTemplate(done.stderr.decode())
    return done.stdout


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


def _picture(svg: str, tokens: Tokens) -> str:
    """A picture of ours as a file of its own, which brings its colours along."""
    brand, on_brand, tint = (
        tokens[f"{PREFIX}action-1-{name}"]
        for name in ("inverse-bg-default", "inverse-color-default", "bg-hover")
    )
    style = (
        f".logo .lg-a{{fill:{brand}}}.logo .lg-b{{fill:none;stroke:{on_brand};stroke-width:3;stroke-linecap:round}}"
        f".sprig{{fill:{tint}}}"
    )
    opening, rest = str(svg).split(">", 1)
    return f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}'
