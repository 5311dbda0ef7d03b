"""Who may do what. Each feature states a table of permissions; this module only evaluates it.

A permission maps to rows of predicates: it is granted when all cells of any row hold. What is not in a
table is denied.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Asker:
    """Who asks: a person (or nobody), and their membership of the workspace they are in (or none)."""

    person: Any = None
    member: Any = None
    workspace: Any = None


class Permission(StrEnum):
    """Base of a feature's permissions; the value is the name used in logs and docs."""


Predicate = Callable[[Asker, Any], bool]
Rule = tuple[Predicate, ...]

_granted: dict[Permission, tuple[Rule, ...]] = {}


def grant(table: Mapping[Any, tuple[Rule, ...]]) -> None:
    """State who has a feature's permissions. Raises ValueError when one is stated twice."""
    for permission, rules in table.items():
        if permission in _granted and _granted[permission] != rules:
            raise ValueError(f"{permission!r} is granted in two places.")
        _granted[permission] = rules


def permits(asker: Asker, permission: Permission, on: Any = None) -> bool:
    """Whether the asker has the permission, on this object where one is meant."""
    return any(all(cell(asker, on) for cell in rule) for rule in _granted.get(permission, ()))


def table() -> Mapping[Permission, tuple[Rule, ...]]:
    """All grants, for the tests and for the page that explains them."""
    return dict(_granted)
