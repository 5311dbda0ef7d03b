"""One word for one thing: the terms of the method, and plain words to use instead of jargon.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), section 4.1.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from vitaal.method import content
from vitaal.method.texts import Text


class UnknownTerm(KeyError):
    """The glossary has no term with this key."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing: its name in code, the word for it and what the word means."""

    key: str
    code: str
    term: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A word that not everyone knows, and what to say instead."""

    key: str
    avoid: Text
    use: Text


def terms() -> tuple[Term, ...]:
    """Give all terms, in the order of the method."""
    return tuple(_terms().values())


def term(key: str) -> Term:
    """Give one term, such as `inner-circle`. Raises UnknownTerm."""
    try:
        return _terms()[key]
    except KeyError:
        raise UnknownTerm(key) from None


@cache
def plain_words() -> tuple[PlainWord, ...]:
    """Give the words to avoid, each with its plain alternative."""
    return tuple(
        PlainWord(word["key"], Text.from_content(word["avoid"]), Text.from_content(word["use"]))
        for word in content.read("glossary")["plain_words"]["items"]
    )


@cache
def _terms() -> Mapping[str, Term]:
    return MappingProxyType(
        {
            entry["key"]: Term(
                entry["key"],
                entry["code"],
                Text.from_content(entry["term"]),
                Text.from_content(entry["meaning"]),
            )
            for entry in content.read("glossary")["terms"]
        }
    )
