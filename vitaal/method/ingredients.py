"""The sixteen ingredients of a collaboration, by factor.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), chapter 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from vitaal.method import content
from vitaal.method.texts import Text


class UnknownIngredient(KeyError):
    """The method has no ingredient with this key."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient: its name, and what it means when it is there."""

    key: str
    name: Text
    summary: Text


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor that decides how a collaboration goes, with its ingredients."""

    key: str
    name: Text
    ingredients: tuple[Ingredient, ...]


@cache
def factors() -> tuple[Factor, ...]:
    """Give the five factors with their ingredients, in the order of the method."""
    read = content.read("ingredients")
    return tuple(
        Factor(
            factor["key"],
            Text.from_content(factor["name"]),
            tuple(_ingredient(entry) for entry in read["ingredients"] if entry["factor"] == factor["key"]),
        )
        for factor in read["factors"]
    )


def ingredient(key: str) -> Ingredient:
    """Give one ingredient, such as `openness-and-trust`. Raises UnknownIngredient."""
    try:
        return _by_key()[key]
    except KeyError:
        raise UnknownIngredient(key) from None


@cache
def _by_key() -> Mapping[str, Ingredient]:
    return MappingProxyType({one.key: one for factor in factors() for one in factor.ingredients})


def _ingredient(entry: dict[str, Any]) -> Ingredient:
    return Ingredient(entry["key"], Text.from_content(entry["name"]), Text.from_content(entry["summary"]))
