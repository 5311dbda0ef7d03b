"""The whole clock on one page. Every minute, look what is due; the rows say what that is, and for whom.

The same comes from beat and from the listener in every worker. Twice, late or never changes only the delay.
"""

from collections.abc import Callable
from typing import Any

EVERY_MINUTE = (
    "post.deliver",
    "post.deliver_bulk",
    "digests.tell_at_once",
    "digests.plan",
    "digests.compose",
    "upkeep.keep_promises",
    "reports.keep_promises",
)
EVERY_HOUR = ("upkeep.tidy",)

# A look that nobody took in time is worth nothing: the next one sees the same.
_MINUTE = {"schedule": 60.0, "options": {"expires": 60}}
_HOUR = {"schedule": 3600.0, "options": {"expires": 3600}}

CLOCK = {
    **{task: {"task": task, **_MINUTE} for task in EVERY_MINUTE},
    **{task: {"task": task, **_HOUR} for task in EVERY_HOUR},
}


def look_around(send: Callable[..., Any]) -> None:
    """Ask the workers to look at everything that may be due now; `send` puts a task in the queue by name."""
    for task in EVERY_MINUTE:
        send(task, expires=60)
