"""What was decided and agreed about something, for the page of that thing (`decisions/_card.html`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from vitaal.decisions.access import DecisionPermission
from vitaal.decisions.origins import Source, about
from vitaal.decisions.register import Entry, entries_of
from vitaal.kernel.web import may

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Card:
    """The newest of it, whether there is more in the register, and whether the reader may add to it.

    `about` is how an address names what it is about.
    """

    entries: Sequence[Entry]
    has_more: bool
    may_write: bool
    about: str


def card_about(source: Source, row_id: UUID, *, is_open: bool = True) -> Card:
    """What was decided about one meeting, action or working group; to what is no longer open nothing is added.

    One statement.
    """
    page = entries_of(source, row_id, SHOWN)
    may_write = is_open and may(DecisionPermission.WRITE)
    return Card(page.entries, page.earlier is not None, may_write, about(source, row_id))
