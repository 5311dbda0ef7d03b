"""How a group sets priorities together: the steps, the four quadrants, and what helps when views differ.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), section 4.3.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from vitaal.method import content
from vitaal.method.texts import Point, Text, points


class UnknownQuadrant(KeyError):
    """The method has no quadrant with this key."""


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One of the four answers to important and urgent: its name, and what to do with what lies in it."""

    key: str
    is_important: bool
    is_urgent: bool
    name: Text
    text: Text


def quadrants() -> tuple[Quadrant, ...]:
    """Give the four quadrants, what to do first in front."""
    return tuple(_quadrants().values())


def quadrant(key: str) -> Quadrant:
    """Give one quadrant: `now`, `explore`, `hand-over` or `let-go`. Raises UnknownQuadrant."""
    try:
        return _quadrants()[key]
    except KeyError:
        raise UnknownQuadrant(key) from None


@cache
def quadrant_of(*, is_important: bool, is_urgent: bool) -> Quadrant:
    """Give the quadrant for what is important or not, and urgent or not."""
    return next(q for q in quadrants() if (q.is_important, q.is_urgent) == (is_important, is_urgent))


@cache
def how() -> tuple[Point, ...]:
    """Give the steps: rate alone, see the spread, ask why, choose an order."""
    return points(content.read("priority")["how"])


@cache
def when_views_differ() -> tuple[Point, ...]:
    """Give what helps a group that does not agree."""
    return points(content.read("priority")["disagreement"])


@cache
def _quadrants() -> Mapping[str, Quadrant]:
    return MappingProxyType(
        {
            entry["key"]: Quadrant(
                key=entry["key"],
                is_important=entry["important"],
                is_urgent=entry["urgent"],
                name=Text.from_content(entry["name"]),
                text=Text.from_content(entry),
            )
            for entry in content.read("priority")["quadrants"]
        }
    )
