"""Hears the nudges that pages give after a commit, and looks around every minute even when nothing is heard."""

import threading
from collections.abc import Callable
from typing import Any, cast

import redis
import structlog
from kombu.exceptions import OperationalError

from vitaal.kernel import nudge

SECONDS_OF_SILENCE = 60
_BEFORE_TRYING_AGAIN = 5.0
logger = structlog.get_logger()


class Listener:
    """One thread in the main process of a worker; Redis may go away and come back."""

    def __init__(self, url: str, look: Callable[[], None]) -> None:
        """`look` puts the tasks of one look around in the queue."""
        self._client = nudge.client(url, patience=SECONDS_OF_SILENCE + 5)
        self._look = look
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listener", daemon=True)

    def start(self) -> None:
        """Look around once, then listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the look that may be going on."""
        self._stopped.set()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                self._look()
                cast(Any, self._client).blpop([nudge.KEY], timeout=SECONDS_OF_SILENCE)
            except (redis.RedisError, OperationalError, OSError) as error:
                logger.warning("worker.redis_away", reason=type(error).__name__)
                self._stopped.wait(_BEFORE_TRYING_AGAIN)
