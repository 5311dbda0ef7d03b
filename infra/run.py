"""`vitaal run`: everything of one installation together, with one place to look and one key to stop it."""

import ctypes
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import psycopg

from infra.embedded import ServerFailed, until_answers
from infra.guard import Guard, stop_groups
from infra.servers import CannotStart, Claim, check_configured, check_writable, started
from vitaal.kernel.db import url_as
from vitaal.kernel.roles import DatabaseUnreachable
from vitaal.kernel.schema import migrate
from vitaal.settings import ROOT, Settings

READY_SECONDS = 60
PR_SET_PDEATHSIG = 1
HALF_A_WORLD = "demo-unfinished"
BIN = Path(sys.executable).parent


def run(settings: Settings) -> None:
    """Start the servers that aren't configured, migrate, fill an empty database, and serve until told to stop.

    Exits with 0 when stopped by Ctrl-C or SIGTERM, and with 1 and one clear sentence when something is in the
    way or one of the processes stops by itself.
    """
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.default_int_handler)
    _stop_with_make()
    try:
        _run(settings)
    except KeyboardInterrupt:
        print("Vitaal has stopped.", flush=True)
    except (CannotStart, ServerFailed, DatabaseUnreachable) as error:
        sys.exit(str(error))


def _run(settings: Settings) -> None:
    check_writable(settings.instance)
    with Claim(settings.instance) as claim:
        if not claim.is_ours:
            raise CannotStart(
                f"Vitaal already runs from {settings.instance}: stop that one, or set VITAAL_INSTANCE."
            )
        _check_port(settings)
        check_configured(settings)
        _forget_half_a_world(settings)
        with Guard(claim.lock) as guard, started(settings, guard) as complete:
            claim.publish(complete)
            migrate(complete)
            with Children(guard, _environment(complete)) as children:
                if _is_empty(complete):
                    _fill(children, settings)
                _serve(children, complete)


def _serve(children: "Children", settings: Settings) -> None:
    """Start the processes, the web first, say where to go, and wait until one stops."""
    web = children.start(
        "web",
        [
            BIN / "gunicorn",
            f"--bind={settings.host}:{settings.port}",
            "--worker-class=gthread",
            "--threads=4",
            "--graceful-timeout=3",
            "--no-control-socket",
            "wsgi:app",
        ],
    )
    if until_answers(web, lambda: _answers(settings), READY_SECONDS):
        celery: list[str | Path] = [BIN / "celery", "--quiet", "--app=worker.app"]
        work = ["worker", "--without-mingle", "--without-gossip", "--loglevel=info"]
        children.start("worker", [*celery, *work, "--concurrency=2", "--queues=default,mail"])
        children.start(
            "bulk", [*celery, *work, "--concurrency=1", "--queues=bulk,reports", "--hostname=bulk@%h"]
        )
        if settings.mail_domain:
            children.start("door", [BIN / "vitaal", "door"])
        schedule = settings.instance / "beat-schedule"
        children.start("beat", [*celery, "beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=info"])
        children.say(
            "",
            f"Vitaal is ready: open {settings.base_url} and sign in as gemeente@demo.example; the letter with the "
            f"link is at {settings.base_url}/dev/post. Ctrl-C stops everything.",
        )
    children.wait()


class Children:
    """The processes of one run: started together, heard together, stopped together."""

    def __init__(self, guard: Guard, environment: Mapping[str, str]) -> None:
        self._guard = guard
        self._environment = environment
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._colours = cycle((36, 33, 35, 32, 34))
        self._is_coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def start(self, name: str, command: Sequence[str | Path]) -> subprocess.Popen[str]:
        """Start a process in a group of its own and pass on what it says, each line with its name."""
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._running[name] = process
        self._guard.watch(process, signal.SIGTERM)
        colour = next(self._colours)
        threading.Thread(target=self._pass_on, args=(name, process, colour), daemon=True).start()
        threading.Thread(target=self._await, args=(name, process), daemon=True).start()
        return process

    def step(self, name: str, command: Sequence[str | Path]) -> None:
        """Run a process to its end. Raises CannotStart when it fails."""
        process = self.start(name, command)
        self._ended.get()
        del self._running[name]
        self._guard.forget(process)
        if process.returncode:
            raise CannotStart(f"Vitaal can't start, because `vitaal {name}` failed; the lines above say why.")

    def wait(self) -> None:
        """Wait until a process stops by itself, which it should not. Raises CannotStart with its name."""
        name = self._ended.get()
        code = self._running[name].returncode
        raise CannotStart(f"The {name} process stopped by itself (exit code {code}), so everything stops.")

    def say(self, name: str, line: str, colour: int = 1) -> None:
        """Print one line, with the name of who says it."""
        prefix = f"{name:<7} |" if name else ">>>"
        if self._is_coloured:
            prefix = f"\033[{colour}m{prefix}\033[0m"
        sys.stdout.write(f"{prefix} {line.rstrip()}\n")
        sys.stdout.flush()

    def _pass_on(self, name: str, process: subprocess.Popen[str], colour: int) -> None:
        assert process.stdout
        for line in process.stdout:
            self.say(name, line, colour)

    def _await(self, name: str, process: subprocess.Popen[str]) -> None:
        process.wait()
        self._ended.put(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        stop_groups(*(process.pid for process in self._running.values()), how_to_stop=signal.SIGTERM)


def _environment(settings: Settings) -> dict[str, str]:
    """What the children get: where the servers are, and what mail does."""
    assert settings.database_url
    assert settings.redis_url
    return {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        "VITAAL_INSTANCE": str(settings.instance),
        "VITAAL_LOCAL_MAILBOX": "1" if settings.local_mailbox else "0",
        "VITAAL_DATABASE_URL": settings.database_url,
        "VITAAL_REDIS_URL": settings.redis_url,
    }


def _is_empty(settings: Settings) -> bool:
    """Whether the database knows nobody yet."""
    url = url_as(settings.database_url or "", "vitaal_app")
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        return connection.execute("SELECT FROM app.person LIMIT 1").fetchone() is None


def _fill(children: "Children", settings: Settings) -> None:
    """Load the demo, and leave a note as long as it is not complete."""
    note = settings.instance / HALF_A_WORLD
    note.touch()
    children.say("demo", "Filling the empty database with an invented world; this takes half a minute …")
    children.step("demo", [BIN / "vitaal", "demo"])
    note.unlink()


def _forget_half_a_world(settings: Settings) -> None:
    """Throw our own database away when the start that was to fill it for the first time was broken off."""
    note = settings.instance / HALF_A_WORLD
    if note.exists() and not settings.database_url:
        shutil.rmtree(settings.instance / "postgres", ignore_errors=True)
        note.unlink()


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStart(
                f"Port {settings.port} can't be used ({error.strerror}): choose another with VITAAL_PORT."
            ) from error


def _answers(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 - asked, not bound
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _stop_with_make() -> None:
    """Under `make run`, ask the kernel for a SIGTERM when make is killed, as nothing else would tell us."""
    if "MAKELEVEL" in os.environ and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
