"""Which part of the register is shown: read from the address of its page, and written back to it.

What an address says that makes no sense is left out, so that an old or half-copied address still shows a page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from vitaal.decisions.models import How
from vitaal.decisions.origins import IN_ADDRESS, Source, about, named
from vitaal.kernel.searching import tidy

HOWS = {"consent": How.CONSENT, "meerderheid": How.MAJORITY, "mandaat": How.MANDATE}


class Kind(StrEnum):
    """Decisions or agreements; the value stands in the address."""

    DECISIONS = "besluiten"
    AGREEMENTS = "afspraken"


class State(StrEnum):
    """What still holds, what was replaced, and what is over; the value stands in the address."""

    HOLDS = "geldt"
    REPLACED = "vervangen"
    OVER = "voorbij"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the register shows. `source` is from what kind of thing it came, `origin` from which one."""

    words: str = ""
    kind: Kind | None = None
    how: How | None = None
    state: State | None = None
    source: Source | None = None
    origin: tuple[Source, UUID] | None = None
    year: int | None = None

    @classmethod
    def read(cls, address: Mapping[str, str]) -> "Filter":
        """The filter that the query of an address asks for."""
        found = {
            name: _read(reader, address[parameter])
            for name, (parameter, reader, _) in _PARAMETERS.items()
            if parameter in address
        }
        return cls(**{name: value for name, value in found.items() if value is not None})

    def query(self, **changes: Any) -> str:
        """The query of the address that shows this, with other values where they are given; "" for everything."""
        return urlencode(list(replace(self, **changes)._written()))

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves something out."""
        return self != Filter()

    @property
    def is_narrowed_further(self) -> bool:
        """Whether it leaves something out by the choices that are folded away on the page."""
        return bool(self.how or self.source or self.year)

    def _written(self) -> Iterator[tuple[str, str]]:
        for each in fields(self):
            value = getattr(self, each.name)
            if value != each.default:
                parameter, _, write = _PARAMETERS[each.name]
                yield parameter, write(value)


def _read(reader: Callable[[str], Any], typed: str) -> Any:
    try:
        return reader(typed)
    except ValueError:
        return None


def _year(typed: str) -> int:
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    if not 2000 <= year < 2200:
        raise ValueError(typed)
    return year


def _word_for(words: Mapping[str, Any]) -> Callable[[Any], str]:
    """How a value is written: by the word for it."""
    return {value: word for word, value in words.items()}.__getitem__


# The field of a filter: its parameter in the address, how it is read, and how it is written.
_PARAMETERS: dict[str, tuple[str, Callable[[str], Any], Callable[[Any], str]]] = {
    "words": ("zoek", tidy, str),
    "kind": ("soort", Kind, str),
    "how": ("hoe", HOWS.get, _word_for(HOWS)),
    "state": ("stand", State, str),
    "source": ("uit", IN_ADDRESS.get, _word_for(IN_ADDRESS)),
    "origin": ("bij", named, lambda origin: about(*origin)),
    "year": ("jaar", _year, str),
}
