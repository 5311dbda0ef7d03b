"""What was said since a member last looked, by topic: what was said to them, and what else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vitaal.activity import queries
from vitaal.activity.models import Comment
from vitaal.activity.topics import Whereabouts, whereabouts
from vitaal.workspaces.models import Membership

_SHORT = 90


@dataclass(frozen=True, slots=True)
class Unheard:
    """What was said about one topic, newest first: to the reader by name, and to everyone."""

    where: Whereabouts
    to_me: Sequence[Comment]
    to_all: Sequence[Comment]


def unheard(member: Membership, since: datetime | None = None) -> list[Unheard]:
    """By topic, the one that was spoken about last first. Two statements, and one more per further kind of topic."""
    by_topic: dict[tuple[str, UUID], list[Comment]] = {}
    for comment in queries.unheard(member, since):
        by_topic.setdefault((comment.object_kind, comment.object_id), []).append(comment)
    places = whereabouts(set(by_topic))
    return [
        Unheard(
            places[topic],
            [comment for comment in comments if str(member.id) in comment.mentions],
            [comment for comment in comments if str(member.id) not in comment.mentions],
        )
        for topic, comments in by_topic.items()
        if topic in places
    ]


def anchor(comment: Comment) -> str:
    """The id of a comment on the page where it stands."""
    return f"reactie-{comment.id}"


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0].rstrip(",;:") + "…"
