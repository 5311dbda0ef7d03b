"""The pages of the agenda, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.agenda.views import (
    adding,
    calendars,
    changing,
    export,
    goals,
    groups,
    keeping,
    lists,
    meeting_points,
    meetings,
    minutes,
    ordering,
    printing,
)
from vitaal.agenda.views.blueprint import blueprint

__all__ = [
    "adding",
    "blueprint",
    "calendars",
    "changing",
    "export",
    "goals",
    "groups",
    "keeping",
    "lists",
    "meeting_points",
    "meetings",
    "minutes",
    "ordering",
    "printing",
]
