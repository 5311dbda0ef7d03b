"""The database and Redis that a command works with: those configured, or those that Vitaal brings along."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Self

import psutil
import psycopg
import redis

from infra.embedded import start_postgres, start_redis
from infra.guard import Guard
from vitaal.settings import Settings

CONNECT_SECONDS = 5


class CannotStart(RuntimeError):
    """Something outside Vitaal is in the way; the message is one clear sentence."""


@contextmanager
def servers(settings: Settings) -> Iterator[Settings]:
    """The settings with addresses of a database that answers and of a Redis, which may be away.

    Where none is configured, a `vitaal run` on the same instance lends its own; otherwise they are started
    for as long as the block lasts. Raises CannotStart and ServerFailed.
    """
    _check_database(settings)
    if settings.database_url and settings.redis_url:
        yield _as_what_runs(settings)
        return
    check_writable(settings.instance)
    with Claim(settings.instance) as claim:
        if claim.is_ours:
            with Guard(claim.lock) as guard, started(settings, guard) as complete:
                claim.publish(complete)
                yield complete
        else:
            yield claim.borrowed(settings)


@contextmanager
def started(settings: Settings, guard: Guard) -> Iterator[Settings]:
    """The settings with what is not configured started in the instance folder, and stopped afterwards.

    Mail stays here too, unless it was said to go out.
    """
    with ExitStack() as running:
        if not settings.database_url:
            postgres = start_postgres(settings.instance / "postgres", guard=guard)
            running.callback(postgres.stop)
            settings = replace(settings, database_url=postgres.url)
        if not settings.redis_url:
            broker = start_redis(settings.instance / "redis", guard=guard)
            running.callback(broker.stop)
            settings = replace(settings, redis_url=broker.url)
        if "VITAAL_LOCAL_MAILBOX" not in os.environ:
            settings = replace(settings, local_mailbox=True)
        yield settings


def check_writable(instance: Path) -> None:
    """Raise CannotStart where the instance folder can't be made or written in."""
    trial = instance / ".trial"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise CannotStart(
            f"The folder {instance} can't be written in ({error.strerror}): choose another with VITAAL_INSTANCE."
        ) from error


def check_configured(settings: Settings) -> None:
    """Raise CannotStart where a server that is configured doesn't answer."""
    _check_database(settings)
    if settings.redis_url:
        try:
            redis.Redis.from_url(settings.redis_url, socket_connect_timeout=CONNECT_SECONDS).ping()
        except (redis.RedisError, ValueError) as error:
            raise CannotStart(f"The Redis of VITAAL_REDIS_URL can't be reached: {error}") from error


def _check_database(settings: Settings) -> None:
    url = settings.database_admin_url or settings.database_url
    if not url:
        return
    try:
        psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise CannotStart(f"The database of VITAAL_DATABASE_URL can't be reached: {reason}") from error


def _as_what_runs(settings: Settings) -> Settings:
    """The settings as the `vitaal run` on this instance has them; unchanged where none runs."""
    lock = settings.instance / "run.lock"
    if not lock.exists():
        return settings
    with Claim(settings.instance) as claim:
        return settings if claim.is_ours else claim.borrowed(settings)


class Claim:
    """The right to run the servers of an instance, which one process at a time can have."""

    def __init__(self, instance: Path) -> None:
        """Claim the instance. Where a run was killed, this waits until its guard has cleaned up."""
        path = instance / "run.lock"
        path.touch(mode=0o600)
        self.lock: IO[str] = path.open("r+")
        self.is_ours = self._try(fcntl.LOCK_NB)
        if not self.is_ours and not psutil.pid_exists(int(self._noted().get("pid", 0))):
            self.is_ours = self._try(0)
        if self.is_ours:
            self._note(pid=os.getpid())

    def publish(self, settings: Settings) -> None:
        """Note for other commands on this instance where the servers are, and what mail does."""
        self._note(
            pid=os.getpid(),
            database=settings.database_url,
            redis=settings.redis_url,
            base_url=settings.base_url,
            mailbox=settings.local_mailbox,
        )

    def borrowed(self, settings: Settings) -> Settings:
        """The settings with the servers of whoever has the claim. Raises CannotStart when they aren't up yet."""
        noted = self._noted()
        if "redis" not in noted:
            raise CannotStart("Vitaal is just starting from this instance: try again when it is ready.")
        return replace(
            settings,
            database_url=settings.database_url or str(noted["database"]),
            redis_url=settings.redis_url or str(noted["redis"]),
            base_url=str(noted["base_url"]),
            local_mailbox=bool(noted["mailbox"]),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_ours:
            self.lock.truncate(0)
        self.lock.close()

    def _try(self, waiting: int) -> bool:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | waiting)
        except BlockingIOError:
            return False
        return True

    def _note(self, **what: str | int | None) -> None:
        self.lock.seek(0)
        self.lock.truncate()
        json.dump(what, self.lock)
        self.lock.flush()

    def _noted(self) -> dict[str, str | int]:
        self.lock.seek(0)
        text = self.lock.read()
        return dict(json.loads(text)) if text else {}
