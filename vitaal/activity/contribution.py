"""What a feature has to say in someone's digest, as plain data.

A feature that has something to say offers `digest.py` with `sections(reader) -> list[Section]`. It runs inside the
reader's own context, so that it can only tell what this member may see. Own things, and things already seen on
screen, are left out by the feature itself. What waits for the reader comes from `waiting.py` and needs no section.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from vitaal.activity.queries import Told, events_by_others
from vitaal.workspaces.models import LastSeen, Membership, Workspace


class Key(StrEnum):
    """Under which heading lines come, in the order in which a digest says them (rules D-01 to D-05)."""

    ASKS = "asks"  # what asks something of you
    AHEAD = "ahead"  # what is coming
    DECIDED = "decided"  # what was decided
    NEWS = "news"  # what is new
    JOINED = "joined"  # who joined
    HARVEST = "harvest"  # what there is to be glad about


class Weight(IntEnum):
    """How near something is to the reader; what is nearest comes first."""

    NEWS = 1
    PERSONAL = 2
    ASKS = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads about which workspace, and what they know already.

    `since` is until when they have been told, `unseen_since` until when they have been told or saw it on screen.
    `happened` is what others did after that. `told_at_once` are the ids of things of which a notice reached them.
    """

    member: Membership
    workspace: Workspace
    since: datetime
    unseen_since: datetime
    happened: Sequence[Told] = ()
    told_at_once: frozenset[UUID] = field(default_factory=frozenset)


def reader_of(
    member: Membership, workspace: Workspace, since: datetime, told_at_once: frozenset[UUID] = frozenset()
) -> Reader:
    """A member as a reader, who has been told until a moment, in their own context. Two statements."""
    unseen_since = max(since, LastSeen.of(member))
    return Reader(
        member, workspace, since, unseen_since, events_by_others(member, unseen_since), told_at_once
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a full sentence, the address (a full one, for a mail) where it leads, and when it happened.

    Lines about the same `topic` become one. `detail` is a second, softer line; `verb` is on the button of what asks
    something, `mark` names its icon. `on` is the day by which, or on which, it is.
    """

    text: str
    url: str
    happened_at: datetime
    weight: Weight = Weight.NEWS
    topic: tuple[str, UUID] | None = None
    detail: str = ""
    verb: str = ""
    on: date | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading. Those of different features are put together."""

    key: Key
    items: tuple[Item, ...]
