"""What a digest says about one workspace, as plain data."""

from dataclasses import dataclass

from vitaal.activity.contribution import Item

MOST_INSIDE = 5
MOST_OUTSIDE = 3


@dataclass(frozen=True)
class Chapter:
    """One workspace in someone's digest: what asks something of them, what is new, who joined."""

    name: str
    slug: str
    is_inside: bool
    asks: tuple[Item, ...]
    news: tuple[Item, ...]
    joined: tuple[Item, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.asks or self.news or self.joined)

    @property
    def most(self) -> int:
        """How many lines of news, and of who joined, are shown: fewer in the outer circle."""
        return MOST_INSIDE if self.is_inside else MOST_OUTSIDE

    @property
    def shown(self) -> tuple[Item, ...]:
        """What of the news is shown: the nearest to the reader."""
        return self.news[: self.most]

    @property
    def count(self) -> int:
        """How many things it tells in all."""
        return len(self.asks) + len(self.news) + len(self.joined)


def in_order(chapters: list[Chapter]) -> list[Chapter]:
    """Workspaces that ask something of the reader first, then by name (rule D-06)."""
    return sorted(chapters, key=lambda chapter: (not chapter.asks, chapter.name.casefold()))
