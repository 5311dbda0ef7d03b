"""A document as plain data: what it says, without how it looks.

The same document is a page, a PDF, a text document and tables in a spreadsheet. Texts in it are as people wrote them:
data, never markup. It goes to JSON and back without loss, so that a report can be kept as it was taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

_SHORT = 3  # sections

Value = str | int | date | None  # what a cell of a table holds


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs; an empty line divides them."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A few numbers in a row."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several things: what it is called, what is said of it, and a short remark such as a day or an owner."""

    title: str
    text: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """Things under each other; numbered when people speak of them by number. `title` stands above them, if anything."""

    entries: tuple[Entry, ...]
    title: str = ""
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its name, and its width in letters."""

    name: str
    width: int = 20


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of a row says what the row is about. `key` is ASCII and names its file."""

    key: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What someone said, and who."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that we draw: its name among `pictures.drawn`, the data to draw it from, and what it shows in words.

    The data are texts, numbers, lists and mappings with names as keys: what JSON keeps without loss.
    """

    name: str
    data: Mapping[str, Any]
    alt: str
    caption: str = ""


Block = Text | Figures | Entries | Table | Quote | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under a heading. `key` is ASCII; `hint` asks the writers for their own words."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    hint: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: of which workspace, about what, in which language ("nl"), made on which day."""

    title: str
    lead: str
    place: str
    subplace: str
    aside: str
    language: str
    made_on: date
    sections: tuple[Section, ...] = field(default=())

    @property
    def is_long(self) -> bool:
        """Whether it needs a cover and a table of contents."""
        return len(self.sections) > _SHORT

    @property
    def flower(self) -> Picture | None:
        """The first flower in it, which may adorn its cover too."""
        blocks = (block for section in self.sections for block in section.blocks)
        return next((each for each in blocks if isinstance(each, Picture) and each.name == "flower"), None)


def name_of(part: Any) -> str:
    """What a part of a document is: section, text, figures, entries, table, quote, picture; empty for what is none."""
    name = type(part).__name__.lower()
    return name if name in _PARTS else ""


def to_json(document: Document) -> dict[str, Any]:
    """The document as what JSON can hold; `from_json` makes the same document of it again."""
    kept = _kept(document)
    assert isinstance(kept, dict)
    return kept


def from_json(kept: Mapping[str, Any]) -> Document:
    """The document that `to_json` kept. Raises KeyError, TypeError or ValueError when it is not one."""
    document = _read(kept)
    if not isinstance(document, Document):
        raise TypeError("This is a part of a document.")
    return document


_PARTS = {
    part.__name__.lower(): part
    for part in (Document, Section, Text, Figure, Figures, Entry, Entries, Head, Table, Quote, Picture)
}


def _kept(value: Any) -> Any:
    """A part becomes a mapping that says which part it is, a day a mapping with its ISO date."""
    if name := name_of(value):
        parts = {each.name: _kept(getattr(value, each.name)) for each in fields(value)}
        if isinstance(value, Picture):
            parts["data"] = dict(value.data)
        return {"is": name} | parts
    if isinstance(value, tuple):
        return [_kept(each) for each in value]
    return {"is": "day", "on": value.isoformat()} if isinstance(value, date) else value


def _read(kept: Any) -> Any:
    if isinstance(kept, list):
        return tuple(map(_read, kept))
    if not isinstance(kept, Mapping):
        return kept
    if kept["is"] == "day":
        return date.fromisoformat(kept["on"])
    part = _PARTS[kept["is"]]
    plain = {"data"} if part is Picture else set()
    given = {name: each if name in plain else _read(each) for name, each in kept.items() if name != "is"}
    return part(**given)
