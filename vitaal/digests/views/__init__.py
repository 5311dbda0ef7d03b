"""Pages about mail, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.digests.views import preferences, preview, stopping, told
from vitaal.digests.views.blueprint import blueprint

__all__ = ["blueprint", "preferences", "preview", "stopping", "told"]
