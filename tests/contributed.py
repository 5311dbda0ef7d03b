"""Reading what features contribute to a report: what is said in a part, for whom, and the texts in it."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from tests.cast import Cast, Place
from vitaal.pages.document import Block, Document, Entries, Entry, Section, Table, from_json, to_json
from vitaal.workspaces.models import Circle
from vitaal.workspaces.reporting import Contribute, Contribution, Part, Period

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))

Of = TypeVar("Of")


def contributed(
    cast: Cast, contribute: Contribute, period: Period, by: str = "Anna", place: Place | None = None
) -> list[Contribution]:
    """What a feature says about a period, in the context of who arranges."""
    with cast.acting_as(by, place):
        return contribute(period)


def blocks(
    found: Iterable[Contribution], part: Part, kind: type[Of], circle: Circle = Circle.OUTER
) -> list[Of]:
    """The blocks of one kind in a part that this circle may know as the outermost."""
    return [
        block
        for one in found
        if (one.part, one.circle) == (part, circle)
        for block in one.blocks
        if isinstance(block, kind)
    ]


def entries(found: Iterable[Contribution], title: str) -> list[Entry]:
    """What stands under a title, wherever that is."""
    return [
        entry
        for one in found
        for block in one.blocks
        if isinstance(block, Entries) and block.title == title
        for entry in block.entries
    ]


def table(found: Iterable[Contribution], key: str) -> Table | None:
    """The table with this key, when there is one."""
    tables = (block for one in found for block in one.blocks if isinstance(block, Table))
    return next((each for each in tables if each.key == key), None)


def texts(found: Iterable[Contribution]) -> str:
    """Every text in it, one on a line."""
    return "\n".join(line for one in found for line in _texts(_kept(one.blocks)))


def texts_of(sections: Iterable[Section]) -> str:
    """Every text in sections, one on a line."""
    return "\n".join(line for one in sections for line in (one.title, *_texts(_kept(one.blocks))))


def keeps_what_it_says(found: Iterable[Contribution]) -> bool:
    """Whether all of it can be kept as JSON and read back, and says nothing under an empty heading."""
    said = tuple(block for one in found for block in one.blocks)
    document = _document(said)
    assert from_json(json.loads(json.dumps(to_json(document)))) == document
    return all(one.blocks for one in found) and not any(
        isinstance(block, Entries) and not block.entries for block in said
    )


def _kept(said: tuple[Block, ...]) -> Any:
    return to_json(_document(said))["sections"][0]["blocks"]


def _document(said: tuple[Block, ...]) -> Document:
    return Document("", "", "", "", "", "nl", date(2026, 4, 1), (Section("all", "", said),))


def _texts(kept: Any) -> Iterator[str]:
    if isinstance(kept, str):
        yield from filter(None, [kept])
    elif isinstance(kept, dict):
        for name, value in kept.items():
            if name not in {"is", "key"}:
                yield from _texts(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from _texts(value)
