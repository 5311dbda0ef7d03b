"""Pages about people, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.people.views import preferences, sessions, sign_in
from vitaal.people.views.blueprint import blueprint

__all__ = ["blueprint", "preferences", "sessions", "sign_in"]
