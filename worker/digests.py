"""Planning digests and writing them, and writing what is told at once."""

import time

import structlog

from vitaal.digests import composing, noticing, planning
from worker.app import celery
from worker.post import ENOUGH_SECONDS, deliver, deliver_bulk

logger = structlog.get_logger()


@celery.task(name="digests.plan", time_limit=300, soft_time_limit=270)
def plan() -> None:
    """Make a row for every digest that is due, and have them written."""
    if made := planning.plan():
        logger.info("digests.planned", made=made)
        compose.delay()


@celery.task(name="digests.compose", time_limit=300, soft_time_limit=270)
def compose() -> None:
    """Write every digest that is due, and have the letters delivered; after two minutes the next task goes on."""
    began = time.monotonic()
    while ended := composing.compose():
        logger.info("digests.composed", **ended)
        deliver_bulk.delay()
        if time.monotonic() - began > ENOUGH_SECONDS:
            compose.delay()
            return


@celery.task(name="digests.tell_at_once", time_limit=300, soft_time_limit=270)
def tell_at_once() -> None:
    """Write what is told at once and due, and have the letters delivered; after two minutes the next task goes on."""
    began = time.monotonic()
    while ended := noticing.tell():
        logger.info("digests.told_at_once", **ended)
        deliver.delay()
        if time.monotonic() - began > ENOUGH_SECONDS:
            tell_at_once.delay()
            return
