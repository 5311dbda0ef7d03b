"""Delivering letters."""

import time

import structlog
from flask import current_app

from vitaal.post import delivery
from worker.app import celery

ENOUGH_SECONDS = 120
logger = structlog.get_logger()


@celery.task(name="post.deliver", time_limit=300, soft_time_limit=270)
def deliver() -> None:
    """Deliver every letter that someone waits for and is due."""
    if _deliver(is_bulk=False):
        deliver.delay()


@celery.task(name="post.deliver_bulk", time_limit=300, soft_time_limit=270)
def deliver_bulk() -> None:
    """Deliver every letter that is one of many and is due."""
    if _deliver(is_bulk=True):
        deliver_bulk.delay()


def _deliver(*, is_bulk: bool) -> bool:
    """Deliver what is due; whether the rest is for the next task, after two minutes."""
    began = time.monotonic()
    carrier = delivery.carrier_for(current_app.config["VITAAL"], current_app.extensions["storage"])
    while ended := delivery.deliver(carrier, is_bulk=is_bulk):
        logger.info("post.delivered", is_bulk=is_bulk, **ended)
        if time.monotonic() - began > ENOUGH_SECONDS:
            return True
    return False
