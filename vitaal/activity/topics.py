"""What people can talk and decide about: anything of a feature that has a name, a circle and a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import current_app

from vitaal.workspaces.models import Circle

TOPICS = "topics"  # where the app keeps, by kind, how what a feature has a page for is found


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that is talked about, and which members it concerns: they follow it unless they stopped that.

    When it is no longer open, people only read what was said.
    """

    kind: str
    id: UUID
    name: str
    circle: str
    concerned: frozenset[UUID] = field(default_factory=frozenset)
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a topic is called now, its page, and the outermost circle that may know of it."""

    name: str
    endpoint: str
    values: Mapping[str, Any]
    circle: str = Circle.INNER


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
