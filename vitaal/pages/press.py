"""The typesetter as it is seen from here: a process that knows nothing of ours, and that may be ended at any moment."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from typing import Any, Self

from vitaal.pages import typesetter
from vitaal.pages.assets import STATIC, AssetsMissing

FONTS = STATIC / "fonts"
_MOST_SECONDS = 30  # for one document, by the clock; by the processor it is less


class TooMuch(ValueError):
    """More than a document that people read can hold."""


class WrongTemplate(RuntimeError):
    """A template can't be set; the message says where."""


class Press:
    """Sets documents one after the other. Use it in a `with`; it belongs to one thread.

    Starting it takes a tenth of a second, as long as a few pages, so a series is made with one press. What goes wrong
    with one document doesn't touch the next.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def process_id(self) -> int | None:
        """The process that sets them, once there is one."""
        return self._process.pid if self._process else None

    def set(self, asked: Mapping[str, Any]) -> bytes:
        """The PDF of what the typesetter is asked. Raises TooMuch, WrongTemplate and AssetsMissing."""
        process = self._ready()
        watch = Timer(_MOST_SECONDS, _kill, [process])
        watch.start()
        try:
            is_made, answer = _answer(process, asked)
        except EOFError:
            raise self._failure() from None
        finally:
            watch.cancel()
        if not is_made:
            raise WrongTemplate(answer.decode())
        return answer

    def _ready(self) -> "subprocess.Popen[bytes]":
        """The process that sets the next document: no settings, no secrets, one thread."""
        if not FONTS.is_dir():
            raise AssetsMissing("The fonts have not been built yet: run `npm ci && npm run build`.")
        if not self._process:
            self._process = subprocess.Popen(
                [sys.executable, "-I", typesetter.__file__, FONTS],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={"RAYON_NUM_THREADS": "1"},
                start_new_session=True,
            )
        return self._process

    def _end(self) -> tuple[int, str]:
        """End the process; how it ended and what it said."""
        if not (process := self._process):
            return 0, ""
        self._process = None
        _kill(process)
        _, said = process.communicate()
        return process.returncode, said.decode()

    def _failure(self) -> Exception:
        """Why a process gave no answer and is gone: stopped because it asked too much, or broken."""
        assert self._process
        self._process.wait()
        code, said = self._end()
        return TooMuch(f"Signal {-code}") if code < 0 else WrongTemplate(said)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it with what it split off; no harm when it has ended."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):  # it ended just now
            os.killpg(process.pid, signal.SIGKILL)


def _answer(process: "subprocess.Popen[bytes]", asked: Mapping[str, Any]) -> tuple[bool, bytes]:
    """Whether it was made, and the PDF or what is wrong. Raises EOFError when the process ended instead."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise EOFError from None
    is_made, _, length = process.stdout.readline().partition(b" ")
    answer = process.stdout.read(int(length)) if length else b""
    if not length or len(answer) < int(length):
        raise EOFError
    return is_made == b"1", answer
