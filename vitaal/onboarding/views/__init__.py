"""The officer's pages, by noun. Importing this package hangs every one of them on the blueprint."""

from vitaal.onboarding.views import draft, guests, municipality, organisations, reports, steps
from vitaal.onboarding.views.blueprint import blueprint

__all__ = ["blueprint", "draft", "guests", "municipality", "organisations", "reports", "steps"]
