"""What a feature has to say in a report of a workspace about a period, as plain data.

A feature that has something to say offers `report.py` with `contributions(period) -> list[Contribution]`, in a small,
constant number of statements. It runs in the context of who arranges, and never tells what is a person's own: no
private things, no names of who stands in the outer circle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.kernel import clock
from vitaal.pages.document import Block
from vitaal.workspaces.models import Circle, Partner, PartnerKind

REPORTS = "reports"  # where the app keeps what features contribute

A_DAY = timedelta(days=1)


class Part(IntEnum):
    """The parts of a report, in the order in which it says them."""

    CHALLENGE = 1
    DONE = 2
    COLLABORATION = 3
    RULES = 4
    PEOPLE = 5
    LESSONS = 6
    STORIES = 7
    NEEDS = 8

    @property
    def key(self) -> str:
        """Its name in ASCII, for what keeps it."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """What stands above it, in the language of now."""
        return str(_TITLES[self])

    @property
    def hint(self) -> str:
        """A question that asks a coalition for its own words, in the language of now."""
        return str(_HINTS[self])

    @property
    def always_has_room(self) -> bool:
        """Whether it asks for own words also where no feature has something to say."""
        return self in {Part.LESSONS, Part.NEEDS}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included; days are those of the Netherlands."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        """The moment at which the first day begins."""
        return clock.moment_on(self.first)

    @property
    def ends_before(self) -> datetime:
        """The moment at which the day after the last begins: what happened at it comes too late."""
        return clock.moment_on(self.last + A_DAY)

    def contains(self, moment: datetime | None) -> bool:
        """Whether something happened in it; nothing that has no moment did."""
        return moment is not None and self.begins_at <= moment < self.ends_before

    def has(self, day: date | None) -> bool:
        """Whether a day is one of its days."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a feature says in one part. `circle` is the outermost circle that may know it.

    What is for the inner circle only stays out of a report that goes further.
    """

    part: Part
    blocks: tuple[Block, ...]
    circle: Circle = Circle.OUTER


Contribute = Callable[[Period], list[Contribution]]


def open_name(partner: Partner) -> str:
    """What a report calls a partner. Of a resident it is the name only as long as they stand in the inner circle."""
    is_inner = partner.circle == Circle.INNER and partner.left_at is None
    return partner.name if is_inner or partner.kind != PartnerKind.RESIDENT else str(_("Een bewoner"))


_TITLES = {
    Part.CHALLENGE: _l("Onze opgave en ambitie"),
    Part.DONE: _l("Wat we deden"),
    Part.COLLABORATION: _l("Hoe we samenwerken"),
    Part.RULES: _l("Spelregels en besluiten"),
    Part.PEOPLE: _l("Mensen en cirkels"),
    Part.LESSONS: _l("Wat we leerden"),
    Part.STORIES: _l("Verhalen"),
    Part.NEEDS: _l("Wat we vragen"),
}
_HINTS = {
    Part.CHALLENGE: _l("Waarom doen jullie dit samen? Wat is er anders dan in het begin?"),
    Part.DONE: _l("Wat is het verhaal achter deze resultaten? Wie hebben jullie ermee geholpen?"),
    Part.COLLABORATION: _l("Wat gaat goed tussen jullie? Wat willen jullie anders doen?"),
    Part.RULES: _l("Wat merken jullie van deze spelregels en besluiten?"),
    Part.PEOPLE: _l("Wie kwam er nieuw bij, en wat bracht dat? Wie missen jullie nog?"),
    Part.LESSONS: _l("Wat werkte, wat niet? Wat doen jullie de volgende keer anders?"),
    Part.STORIES: _l("Welk moment vertelden jullie thuis of aan een collega?"),
    Part.NEEDS: _l("Wat hebben jullie nodig, en van wie? Denk aan ruimte, geld, mensen of een besluit."),
}
