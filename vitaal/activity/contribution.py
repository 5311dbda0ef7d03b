"""What a feature has to say in someone's digest, as plain data.

A feature that has something to say offers `digest.py` with `sections(member, since) -> list[Section]`. It runs
inside the member's own context, so that it can only tell what this member may see. Own things, and things
already seen on screen, are left out by the feature itself.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Weight(IntEnum):
    """How near something is to the reader; what asks something of them comes first."""

    NEWS = 1
    PERSONAL = 2
    ASKS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a full sentence, the address (a full one, for a mail) where it leads, and when it happened."""

    text: str
    url: str
    happened_at: datetime
    weight: Weight = Weight.NEWS


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading. Sections with the same key, of different features, are put together."""

    key: str
    title: str
    items: tuple[Item, ...]


ASKS = "asks"  # what asks something of you
NEWS = "news"  # what is new
JOINED = "joined"  # who joined
