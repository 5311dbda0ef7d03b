"""A real worker in a process of its own, that can be killed, and a Redis that can go away."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
from sqlalchemy.engine import make_url

from infra.embedded import start_redis
from vitaal.kernel.nudge import Nudger, client
from vitaal.settings import ROOT, Settings

BIN = Path(sys.executable).parent
PATIENCE = 60.0
_A_MOMENT = 0.05


def until(is_so: Callable[[], bool], what: str) -> None:
    """Look again and again until something is so. Fails when that takes too long."""
    pause, tries = threading.Event(), int(PATIENCE / _A_MOMENT)
    assert any(is_so() or pause.wait(_A_MOMENT) for _ in range(tries)), f"It took too long until {what}."


class Broker:
    """A Redis of its own, always at the same address."""

    def __init__(self, folder: Path) -> None:
        server = start_redis(folder, durable=False)
        self.url = server.url
        server.stop()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Be there."""
        program = shutil.which("redis-server", path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
        assert program
        self._process = subprocess.Popen(
            [program, "redis.conf"], cwd=self._folder, stdout=subprocess.DEVNULL, start_new_session=True
        )
        until(self.answers, "Redis answered")

    def stop(self) -> None:
        """Be gone, with everything that was queued."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def forget(self) -> None:
        """Lose everything that was kept."""
        with client(self.url) as connection:
            connection.flushall()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Be there without answering, for the length of the block."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def answers(self) -> bool:
        """Whether it is there."""
        with client(self.url) as connection:
            try:
                return bool(connection.ping())
            except Exception:  # noqa: BLE001 - any failure means that it isn't there yet
                return False


class Workshop:
    """The workers of one installation, each with two processes."""

    def __init__(self, settings: Settings, redis_url: str, smtp_url: str, log: Path) -> None:
        self._environment = {
            **os.environ,
            "VITAAL_INSTANCE": str(settings.instance),
            "VITAAL_DATABASE_URL": settings.database_url or "",
            "VITAAL_REDIS_URL": redis_url,
            "VITAAL_SMTP_URL": smtp_url,
            "VITAAL_LOCAL_MAILBOX": "0",
            "VITAAL_SECRET_KEY": "only for tests",
            "PYTHONWARNINGS": "ignore",
        }
        self._redis_url = redis_url
        self._log = log
        self._workers: list[subprocess.Popen[bytes]] = []

    def start(self, how_many: int = 1) -> None:
        """Start workers. They look around once when they are ready."""
        command = [str(BIN / "celery"), "--quiet", "--app=worker.app", "worker", "--concurrency=2", "--without-mingle",
                   "--without-gossip", "--loglevel=info", "--hostname"]  # fmt: skip
        with self._log.open("ab") as log:
            self._workers += [
                subprocess.Popen(
                    [*command, f"worker{len(self._workers) + number}@%h"], cwd=ROOT, env=self._environment,
                    stdout=log, stderr=log, start_new_session=True,
                )
                for number in range(how_many)
            ]  # fmt: skip

    def nudge(self) -> None:
        """Tap one of them on the shoulder, as pages do."""
        nudger = Nudger(self._redis_url)
        nudger.nudge()
        nudger.close()

    def kill(self, port: int, *, whole_worker: bool) -> None:
        """Kill -9 the process that has a line open from this port, or its whole worker: no goodbye, no tidying up."""
        lines = psutil.net_connections("tcp4")
        process = next(line.pid for line in lines if line.pid and line.laddr.port == port)
        if whole_worker:
            leader = os.getpgid(process)
            self._kill(next(worker for worker in self._workers if worker.pid == leader))
        else:
            os.kill(process, signal.SIGKILL)

    def are_alive(self) -> bool:
        """Whether none of them has ended."""
        return all(worker.poll() is None for worker in self._workers)

    def close(self) -> None:
        """Kill all of them."""
        for worker in self._workers:
            self._kill(worker)

    def _kill(self, worker: subprocess.Popen[bytes]) -> None:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(PATIENCE)


def sql(settings: Settings, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the database directly, beside all walls: what an operator with psql could do."""
    url = make_url(settings.database_url or "").set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        done = connection.execute(statement.encode(), values or None)
        return done.fetchall() if done.description else []


def time_passes(settings: Settings) -> None:
    """Every lease runs out and everything that waits is due, as if five minutes went by."""
    for table in ("letter", "digest", "notice", "promise"):
        sql(
            settings,
            f"UPDATE ops.{table} SET lease_until = now() - interval '1 minute' WHERE lease_until IS NOT NULL",
        )
        sql(settings, f"UPDATE ops.{table} SET due_at = now() - interval '1 minute' WHERE state = 'waiting'")
