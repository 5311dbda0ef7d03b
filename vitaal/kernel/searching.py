"""Searching as people type into a search box: the words of an address, made tidy, and what holds them in Dutch."""

import re
from typing import Any

from sqlalchemy import ColumnElement, func

LONGEST = 200

_DUTCH = "dutch"


def tidy(typed: str) -> str:
    """What someone typed, on one line and without what nobody can see."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())[:LONGEST]


def holds(search: Any, words: str) -> ColumnElement[bool]:
    """Whether a column with a Dutch text search vector holds these words.

    Quotes, `or` and a minus work (websearch_to_tsquery). The last word may be half of one, so that the answer
    comes while someone types.
    """
    asked: ColumnElement[Any] = func.websearch_to_tsquery(_DUTCH, words)
    beginning, last = _last_word(words)
    if last:
        half = func.to_tsquery("simple", f"{last}:*")
        before = func.websearch_to_tsquery(_DUTCH, beginning)
        asked = asked.op("||")(before.op("&&")(half))
    found: ColumnElement[bool] = search.op("@@", is_comparison=True)(asked)
    return found


def _last_word(words: str) -> tuple[str, str]:
    """What stands before the last word, and that word where it can be half of one; else two empty texts."""
    last = re.search(r"(?:^|\s)([^\W_]+)$", words)
    if not last or words.count('"') % 2:
        return "", ""
    return words[: last.start()], last[1].lower()
