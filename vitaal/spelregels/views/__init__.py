"""The pages of the spelregels, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.spelregels.views import proposals, reviewing, rounds, rules, signing, strains, talk
from vitaal.spelregels.views.blueprint import blueprint

__all__ = ["blueprint", "proposals", "reviewing", "rounds", "rules", "signing", "strains", "talk"]
