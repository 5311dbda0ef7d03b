"""Planning digests and writing them."""

import time

import structlog

from vitaal.digests import composing, planning
from worker.app import celery
from worker.post import ENOUGH_SECONDS, deliver

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
        deliver.delay()
        if time.monotonic() - began > ENOUGH_SECONDS:
            compose.delay()
            return
