"""Gathering reports and making their files: longer work, in a queue of its own."""

from collections.abc import Callable

from vitaal.kernel.promises import Promise
from vitaal.reports import asking, files, gathering
from worker.app import celery
from worker.post import deliver
from worker.upkeep import keep

KEEPERS: dict[str, Callable[[Promise], None]] = {
    asking.BEGIN: asking.begin_scheduled,
    asking.GATHER: gathering.gather,
    files.MAKE: files.make_files,
    files.CLEAR: files.clear,
}
BATCH = 5


@celery.task(name="reports.keep_promises", time_limit=300, soft_time_limit=270)
def keep_promises() -> None:
    """Keep the promises about reports that are due."""
    if keep(KEEPERS, BATCH):
        deliver.delay()
        keep_promises.delay()
