"""Planning digests and writing them."""

from worker.app import celery


@celery.task(name="digests.plan")
def plan() -> None:
    """Make a row for every digest that is due."""


@celery.task(name="digests.compose")
def compose() -> None:
    """Write every digest that is due."""
