"""The Celery application: how tasks run. The row in the database is the promise; a task only says "look now"."""

import functools
import logging
from typing import Any

from celery import Celery, Task
from celery.signals import worker_process_init, worker_ready, worker_shutting_down
from flask import Flask
from kombu import Queue

from vitaal.app import create_app
from vitaal.kernel import log
from vitaal.settings import Settings
from worker.listener import Listener
from worker.schedule import CLOCK, look_around

SETTINGS = Settings.from_environment()
SETTINGS.require_servers()


@functools.cache
def application() -> Flask:
    """The Flask application as the workers have it: made once per process, after the fork."""
    return create_app(SETTINGS, role="vitaal_worker")


class InApplication(Task[Any, Any]):
    """A task runs inside the application and leaves no transaction open."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task."""
        with application().app_context():
            return super().__call__(*args, **kwargs)


celery = Celery(
    "vitaal",
    broker=SETTINGS.redis_url,
    task_cls=InApplication,
    include=["worker.post", "worker.digests", "worker.upkeep", "worker.reports"],
)
celery.conf.update(
    # A row that was claimed is offered again by itself, so a task that kills its process must not come back.
    task_acks_late=True,
    task_reject_on_worker_lost=False,
    task_ignore_result=True,
    task_time_limit=300,
    task_soft_time_limit=270,
    task_serializer="json",
    accept_content=["json"],
    task_default_queue="default",
    task_queues=[Queue("default"), Queue("mail"), Queue("bulk"), Queue("reports")],
    # What someone waits for never stands behind a national morning, or behind a report.
    task_routes={
        "post.deliver_bulk": {"queue": "bulk"},
        "post.*": {"queue": "mail"},
        "digests.tell_at_once": {"queue": "mail"},
        "digests.*": {"queue": "bulk"},
        "reports.*": {"queue": "reports"},
    },
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=200,
    worker_soft_shutdown_timeout=30,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"visibility_timeout": 900, "socket_timeout": 2, "socket_connect_timeout": 2},
    task_publish_retry=False,
    timezone="Europe/Amsterdam",
    beat_schedule=CLOCK,
)
log.configure(SETTINGS.log_level)
for chatty in ("celery.worker.strategy", "celery.app.trace", "celery.beat"):
    logging.getLogger(chatty).setLevel(logging.WARNING)

_listener = Listener(SETTINGS.redis_url or "", lambda: look_around(celery.send_task))


@worker_process_init.connect
def _make_application(**_: object) -> None:
    application()


@worker_ready.connect
def _start_listening(**_: object) -> None:
    _listener.start()


@worker_shutting_down.connect
def _stop_listening(**_: object) -> None:
    _listener.stop()
