"""The pages about reports: asking, reading, writing along, publishing and taking along."""

from vitaal.reports.views import asking, publishing, reading, taking, writing
from vitaal.reports.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "publishing", "reading", "taking", "writing"]
