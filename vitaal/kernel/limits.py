"""Slots against abuse: how often something may be done, counted in Redis, or in this process when Redis is away."""

from functools import cache
from typing import Any

import redis
from flask import Flask, abort, current_app
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

_PATIENCE = 0.2


class Limits:
    """The counts. Without Redis each process counts for itself: people can go on, and nothing stands open."""

    def __init__(self, redis_url: str) -> None:
        self._alone = MovingWindowRateLimiter(MemoryStorage())
        self._together = self._alone
        if redis_url:
            patience: dict[str, Any] = {
                "socket_timeout": _PATIENCE,
                "socket_connect_timeout": _PATIENCE,
                "retry": None,
            }
            self._together = MovingWindowRateLimiter(
                RedisStorage(redis_url, wrap_exceptions=False, key_prefix="vitaal", **patience)
            )

    def allow(self, rule: RateLimitItem, *key: str) -> bool:
        """Count one use; False when the rule is full."""
        try:
            return self._together.hit(rule, *key)
        except (redis.RedisError, OSError):
            return self._alone.hit(rule, *key)

    def forget(self) -> None:
        """Start counting anew."""
        self._alone.storage.reset()
        if self._together is not self._alone:
            self._together.storage.reset()


def install(app: Flask, redis_url: str) -> None:
    """Give an application its counts."""
    app.extensions["limits"] = Limits(redis_url)


def count(rules: str, *key: str, sentence: str) -> None:
    """Count one use of what `key` names against rules such as "3 per 15 minutes; 10 per day".

    Answers 429 with the sentence when one of them is full.
    """
    limits: Limits = current_app.extensions["limits"]
    for rule in _parsed(rules):
        if not limits.allow(rule, *key):
            abort(429, sentence)


@cache
def _parsed(rules: str) -> tuple[RateLimitItem, ...]:
    return tuple(parse_many(rules))
