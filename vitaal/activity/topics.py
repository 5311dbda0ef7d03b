"""What people can talk and decide about: anything of a feature that has a name, a circle and a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import current_app

from vitaal.kernel.access import Permission
from vitaal.workspaces.models import Circle

TOPICS = "topics"  # where the app keeps, by kind, how what a feature has a page for is found
TALKS = "talks"  # where the app keeps, by kind, how what people talk about is opened


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


@dataclass(frozen=True, slots=True)
class Talk:
    """How a kind of thing that people talk about is opened, also where there is no page.

    `find(id)` is the thing with what `topic_of` needs of it, or None; `permission` is what talking about it takes.
    """

    find: Callable[[UUID], Any]
    topic_of: Callable[[Any], Topic]
    permission: Permission


Finder = Callable[[Sequence[UUID]], Mapping[UUID, Whereabouts]]


def has_page(kind: str) -> bool:
    """Whether things of this kind have a page of their own."""
    return kind in current_app.extensions[TOPICS]


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
