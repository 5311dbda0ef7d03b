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
    """Deliver every letter that is due; after two minutes the rest is for the next task."""
    began = time.monotonic()
    carrier = delivery.carrier_for(current_app.config["VITAAL"], current_app.extensions["storage"])
    while ended := delivery.deliver(carrier):
        logger.info("post.delivered", **ended)
        if time.monotonic() - began > ENOUGH_SECONDS:
            deliver.delay()
            return
