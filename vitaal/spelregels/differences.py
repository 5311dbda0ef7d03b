"""What changed between two texts, word by word, so that people can read it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\s+|\w+(?:[’'-]\w+)*|[^\w\s]")


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and whether it stayed, went or came."""

    kind: Change
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces of two texts in reading order: same and removed together are `old`, same and added are `new`.

    What was replaced comes as one piece that went and one that came, also where only the spaces in it stayed.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(str.isspace, before, after)
    runs = (
        (tag == "equal", "".join(before[a1:a2]), "".join(after[b1:b2]))
        for tag, a1, a2, b1, b2 in matcher.get_opcodes()
    )
    return [piece for run in _joined(runs) for piece in _pieces(*run)]


def _joined(runs: Iterable[tuple[bool, str, str]]) -> Iterator[tuple[bool, str, str]]:
    """The same runs of (stayed, old, new), with spaces between two changes counted as changed."""
    went, came, spaces = "", "", ""
    for stayed, old, new in runs:
        if not stayed:
            went, came, spaces = went + spaces + old, came + spaces + new, ""
        elif (went or came) and old.isspace():
            spaces = old
        else:
            yield False, went, came
            yield True, spaces + old, spaces + new
            went, came, spaces = "", "", ""
    yield False, went, came
    yield True, spaces, spaces


def _pieces(stayed: bool, old: str, new: str) -> Iterator[Piece]:
    parts = [(Change.SAME, old)] if stayed else [(Change.REMOVED, old), (Change.ADDED, new)]
    return (Piece(kind, text) for kind, text in parts if text)
