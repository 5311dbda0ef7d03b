"""The pages of the agenda, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.agenda.views import goals, groups, lists
from vitaal.agenda.views.blueprint import blueprint

__all__ = ["blueprint", "goals", "groups", "lists"]
