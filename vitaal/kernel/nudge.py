"""A tap on the workers' shoulder after a commit. The row is the promise: a lost nudge only costs a minute."""

import contextlib
from typing import Any, cast

import redis

KEY = "vitaal:nudge"
_PATIENCE = 0.2


def client(url: str, patience: float = _PATIENCE) -> redis.Redis:
    """A Redis client that gives up after `patience` seconds and never tries again by itself."""
    return redis.Redis.from_url(
        url, socket_timeout=patience, socket_connect_timeout=patience, retry=None, retry_on_error=[]
    )


class Nudger:
    """Keeps one connection per process; every failure is ignored."""

    def __init__(self, url: str) -> None:
        self._client = client(url)

    def nudge(self) -> None:
        """Say that there is something to do, at most 200 ms."""
        with contextlib.suppress(redis.RedisError, OSError):
            self._client.lpush(KEY, "1")
            self._client.ltrim(KEY, 0, 0)

    def is_reachable(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(cast(Any, self._client).ping())
        except (redis.RedisError, OSError):
            return False

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()
