"""Keeping promises for later, and tidying up."""

from worker.app import celery


@celery.task(name="upkeep.keep_promises")
def keep_promises() -> None:
    """Keep every promise that is due."""


@celery.task(name="upkeep.tidy")
def tidy() -> None:
    """Throw away what was kept long enough."""
