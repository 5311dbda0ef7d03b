"""The pages about decisions and agreements, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.decisions.views import agreements, decisions, register
from vitaal.decisions.views.blueprint import blueprint

__all__ = ["agreements", "blueprint", "decisions", "register"]
