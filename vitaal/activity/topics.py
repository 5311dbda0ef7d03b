"""What people can talk about: anything of a feature that has a name, a circle and a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import current_app

TOPICS = "topics"  # where the app keeps, by kind, how topics are found


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that is talked about, and which members it concerns: they follow it unless they stopped that."""

    kind: str
    id: UUID
    name: str
    circle: str
    concerned: frozenset[UUID] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a topic is called now, and the page where people talk about it."""

    name: str
    endpoint: str
    values: Mapping[str, Any]


Finder = Callable[[Sequence[UUID]], Mapping[UUID, Whereabouts]]


def whereabouts(topics: set[tuple[str, UUID]]) -> dict[tuple[str, UUID], Whereabouts]:
    """Where these topics are, by kind and id; what the reader may not see, or what is gone, is left out.

    One statement per kind.
    """
    found = {}
    for kind, find in current_app.extensions[TOPICS].items():
        ids = [topic_id for of_kind, topic_id in topics if of_kind == kind]
        if ids:
            found.update({(kind, topic_id): where for topic_id, where in find(ids).items()})
    return found
