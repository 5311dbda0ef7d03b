"""What a digest says about one workspace, as plain data."""

from dataclasses import dataclass
from uuid import UUID

from vitaal.activity.contribution import Item

MOST_INSIDE = 5
MOST_OUTSIDE = 3


@dataclass(frozen=True, slots=True)
class Request:
    """Something that asks something of the reader. The id says what it is, to count how often it was said."""

    id: UUID
    item: Item


@dataclass(frozen=True, slots=True)
class Chapter:
    """One workspace in someone's digest, under the headings of rules D-01 to D-05."""

    workspace_id: UUID
    name: str
    slug: str
    is_inside: bool
    requests: tuple[Request, ...] = ()
    ahead: tuple[Item, ...] = ()
    decided: tuple[Item, ...] = ()
    news: tuple[Item, ...] = ()
    joined: tuple[Item, ...] = ()
    harvest: tuple[Item, ...] = ()

    @property
    def asks(self) -> tuple[Item, ...]:
        """What asks something of the reader, the soonest first; all of it."""
        return tuple(request.item for request in self.requests)

    @property
    def most(self) -> int:
        """How many lines of a kind are shown: fewer in the outer circle."""
        return MOST_INSIDE if self.is_inside else MOST_OUTSIDE

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.requests or self.is_worth_a_mail or self.harvest)

    @property
    def is_worth_a_mail(self) -> bool:
        """Whether there is more to say than what there is to be glad about, which can wait (rule D-11)."""
        return bool(self.requests or self.ahead or self.decided or self.news or self.joined)

    @property
    def count(self) -> int:
        """How many things it tells in all."""
        told = self.requests, self.ahead, self.decided, self.news, self.joined, self.harvest[:1]
        return sum(map(len, told))

    @property
    def nearest(self) -> Item:
        """What stands first."""
        return (*self.asks, *self.ahead, *self.decided, *self.news, *self.joined, *self.harvest)[0]


def in_order(chapters: list[Chapter]) -> list[Chapter]:
    """Workspaces that ask something of the reader first, then by name (rule D-06)."""
    return sorted(chapters, key=lambda chapter: (not chapter.requests, chapter.name.casefold()))
