"""What a feature contributes to Vandaag: a function in its `today.py`, that `vitaal/app.py` adds to the page.

Each takes a member and their workspace, runs in the member's own context, and returns a `Contribution`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from vitaal.workspaces.models import Membership, Workspace

TODAY = "today"  # where the app keeps what features contribute


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that asks something of the reader, with one verb that leads to where they can do it.

    Of what is private a mail says only the title.
    """

    mark: str
    title: str
    text: str
    verb: str
    href: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """Something that others did: who, the full sentence, and whether the reader has not seen it yet."""

    name: str
    text: str
    happened_at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A next step on the road together, with the reason for it."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """When and where the reader meets the others next."""

    title: str
    day: date
    when: str
    place: str
    who: str
    href: str
    file_href: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature, or all of them together, has to say today."""

    asks: tuple[Ask, ...] = ()
    news: tuple[News, ...] = ()
    steps: tuple[Step, ...] = ()
    newcomers: tuple[News, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    has_more_news: bool = False

    def with_(self, other: "Contribution") -> "Contribution":
        """Both, one after the other."""
        return Contribution(
            self.asks + other.asks,
            self.news + other.news,
            self.steps + other.steps,
            self.newcomers + other.newcomers,
            self.upcoming + other.upcoming,
            self.has_more_news or other.has_more_news,
        )


Contribute = Callable[[Membership, Workspace], Contribution]


def compose(features: Iterable[Contribute], member: Membership, workspace: Workspace) -> Contribution:
    """What all features have to say to this member today, in the order in which they were given."""
    said = (contribute(member, workspace) for contribute in features)
    return reduce(Contribution.with_, said, Contribution())
