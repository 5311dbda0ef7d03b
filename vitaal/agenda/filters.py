"""Which part of the agenda is shown, and how: read from the address of a page, and written back to it.

What an address says that makes no sense is left out, so that an old or half-copied address still shows a page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from vitaal.agenda.models import Status
from vitaal.kernel.searching import tidy

NONE = UUID(int=0)  # asks for what has no owner, or no goal


class View(StrEnum):
    """How the agenda is shown; the value stands in the address."""

    LIST = "lijst"
    BOARD = "bord"
    TIMELINE = "tijdlijn"
    CALENDAR = "kalender"


class Grouping(StrEnum):
    """By what the lines of the list are put together; the value stands in the address."""

    GOAL = "doel"
    PERSON = "persoon"
    ORGANISATION = "organisatie"
    WEEK = "week"


class Stage(StrEnum):
    """How far the actions are; the value stands in the address."""

    OPEN = "open"
    IDEA = "idee"
    TO_DO = "te-doen"
    DOING = "bezig"
    WAITING = "wacht"
    DONE = "klaar"
    STOPPED = "gestopt"

    @classmethod
    def of(cls, status: str) -> "Stage":
        """The stage that shows just this status."""
        return cls[Status(status).name]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses that it shows."""
        if self is Stage.OPEN:
            return (Status.TO_DO, Status.DOING, Status.WAITING)
        return (Status[self.name],)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page of the agenda shows. The defaults show everything that was not archived, by goal.

    `start` is the month (or quarter) that the calendar (or timeline) begins with; `adjusts` whether the lines
    can be ticked and moved.
    """

    view: View = View.LIST
    grouping: Grouping = Grouping.GOAL
    words: str = ""
    mine: bool = False
    partner: UUID | None = None
    owner: UUID | None = None
    goal: UUID | None = None
    group: UUID | None = None
    stage: Stage | None = None
    label: str = ""
    due_on: date | None = None
    archived: bool = False
    start: date | None = None
    adjusts: bool = False

    @classmethod
    def read(cls, address: Mapping[str, str]) -> "Filter":
        """The filter that the query of an address asks for."""
        found = {
            name: _read(reader, address[parameter])
            for name, (parameter, reader, _) in _PARAMETERS.items()
            if parameter in address
        }
        return cls(**{name: value for name, value in found.items() if value is not None})

    def query(self, **changes: Any) -> str:
        """The query of the address that shows this, with other values where they are given; "" for the defaults."""
        return urlencode(list(replace(self, **changes)._written()))

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves something out."""
        return replace(self, **{name: getattr(_ALL, name) for name in _HOW}) != _ALL

    @property
    def is_narrowed_further(self) -> bool:
        """Whether it leaves something out by the choices that are folded away on the page."""
        return replace(self, words="", mine=False, partner=None).is_narrowed

    def cleared(self, **changes: Any) -> str:
        """The query of the address that shows everything in the same way."""
        kept = {name: getattr(self, name) for name in _HOW}
        return Filter(**kept).query(**changes)

    def to_keep(self) -> str:
        """The query to keep under a name: without what holds for one visit only."""
        return self.query(start=None, adjusts=False)

    def _written(self) -> Iterator[tuple[str, str]]:
        for each in fields(self):
            value = getattr(self, each.name)
            if value != each.default:
                parameter, _, write = _PARAMETERS[each.name]
                yield parameter, write(value)


def _read(reader: Callable[[str], Any], typed: str) -> Any:
    try:
        return reader(typed)
    except ValueError:
        return None


def _is_on(typed: str) -> bool:
    return typed not in {"", "0", "nee"}


def _id(typed: str) -> UUID | None:
    return NONE if typed == "geen" else UUID(typed)


def _id_as_text(value: UUID) -> str:
    return "geen" if value == NONE else str(value)


def _month(typed: str) -> date:
    return _sane(date.fromisoformat(f"{typed}-01"))


def _day(typed: str) -> date:
    return _sane(date.fromisoformat(typed))


def _sane(day: date) -> date:
    if not 2000 <= day.year < 2200:
        raise ValueError(day)
    return day


# The field of a filter: its parameter in the address, how it is read, and how it is written.
_PARAMETERS: dict[str, tuple[str, Callable[[str], Any], Callable[[Any], str]]] = {
    "view": ("weergave", View, str),
    "grouping": ("groep", Grouping, str),
    "words": ("zoek", tidy, str),
    "mine": ("mijn", _is_on, lambda _: "1"),
    "partner": ("organisatie", UUID, str),
    "owner": ("eigenaar", _id, _id_as_text),
    "goal": ("doel", _id, _id_as_text),
    "group": ("werkgroep", UUID, str),
    "stage": ("status", Stage, str),
    "label": ("label", tidy, str),
    "due_on": ("dag", _day, date.isoformat),
    "archived": ("archief", _is_on, lambda _: "1"),
    "start": ("vanaf", _month, lambda day: day.strftime("%Y-%m")),
    "adjusts": ("aanpassen", _is_on, lambda _: "1"),
}
_HOW = ("view", "grouping", "start", "adjusts")
_ALL = Filter()
