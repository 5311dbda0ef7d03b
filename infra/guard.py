"""Nothing that Vitaal starts outlives it, also when it is killed without a chance to clean up.

A guard is a small process of its own. It hears which process groups to watch over a pipe, and when the pipe
closes, because whoever held it has gone, it stops those groups: first asking, then insisting.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from typing import IO, Self

import psutil

GRACE_SECONDS = 5


class Guard:
    """Watches over processes until `close()`, or until this process is gone."""

    def __init__(self, holding: IO[str] | None = None) -> None:
        """Start the guard. It keeps the file `holding`, and so a lock on it, until its work is done."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,
            pass_fds=[holding.fileno()] if holding else [],
        )

    def watch(self, process: subprocess.Popen[str], how_to_stop: signal.Signals) -> None:
        """Stop the process group of `process`, its leader, with `how_to_stop` when we are gone."""
        assert self._process.stdin
        self._process.stdin.write(f"{process.pid} {how_to_stop.value}\n")

    def forget(self, process: subprocess.Popen[str]) -> None:
        """Leave this one: it has ended, and its number may become a stranger's."""
        assert self._process.stdin
        self._process.stdin.write(f"{process.pid} 0\n")

    def close(self) -> None:
        """Let go: everything that was watched has been stopped."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def stop_groups(*leaders: int, how_to_stop: signal.Signals, grace: float = GRACE_SECONDS) -> None:
    """Stop process groups together: ask their leaders, who see to the rest.

    What is left after `grace` seconds is killed.
    """
    members = _members(leaders)
    for leader in leaders:
        _signal(os.kill, leader, how_to_stop)
    wait_gone(members, grace)
    for leader in leaders:
        _signal(os.killpg, leader, signal.SIGKILL)
    wait_gone(members, grace)


def wait_gone(processes: Sequence[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until these processes have ended, and return those that did not in time.

    Who ended counts as gone, also when its parent has not heard of it yet.
    """
    left = list(processes)
    deadline = time.monotonic() + seconds
    while left and time.monotonic() < deadline:
        _, left = psutil.wait_procs(left, timeout=0.05)
        left = [process for process in left if not _is_dead(process)]
    return left


def _is_dead(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _members(leaders: Collection[int]) -> list[psutil.Process]:
    def in_group(process: psutil.Process) -> bool:
        try:
            return os.getpgid(process.pid) in leaders
        except ProcessLookupError:
            return False

    return [process for process in psutil.process_iter() if in_group(process)]


def _signal(send: Callable[[int, int], None], whom: int, signum: signal.Signals) -> None:
    try:
        send(whom, signum)
    except (ProcessLookupError, PermissionError):
        pass  # gone


def _stand_guard() -> None:
    watched: dict[int, int] = {}
    for line in sys.stdin:
        leader, signum = map(int, line.split())
        watched[leader] = signum
    for leader, signum in reversed(watched.items()):
        if signum:
            stop_groups(leader, how_to_stop=signal.Signals(signum))


if __name__ == "__main__":
    _stand_guard()
