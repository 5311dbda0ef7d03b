"""The pages of the spelregels, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.spelregels.views import (
    amendments,
    proposals,
    reviewing,
    rounds,
    rules,
    sheet,
    signing,
    strains,
    talk,
)
from vitaal.spelregels.views.blueprint import blueprint

__all__ = [
    "amendments",
    "blueprint",
    "proposals",
    "reviewing",
    "rounds",
    "rules",
    "sheet",
    "signing",
    "strains",
    "talk",
]
