"""The pages of a workspace, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.workspaces.views import circles, operators, people, places, settings, theme, today
from vitaal.workspaces.views.blueprint import blueprint

__all__ = ["blueprint", "circles", "operators", "people", "places", "settings", "theme", "today"]
