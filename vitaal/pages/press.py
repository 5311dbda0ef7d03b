"""The typesetter as it is seen from here: a process that knows nothing of ours, and that may be ended at any moment."""

import json
import subprocess
import sys
from collections.abc import Mapping
from threading import Timer
from typing import Any, Self

from vitaal.pages import typesetter

_MOST_SECONDS = 30  # for one document, by the clock; by the processor it is less
_MOST_DOCUMENTS = 100  # then another process goes on, so that none grows for ever


class TooMuch(ValueError):
    """More than a document that people read can hold."""


class WrongTemplate(RuntimeError):
    """A template can't be set; the message says where."""


class Press:
    """Sets documents one after the other: with one press a series takes half the time of a press for each.

    Starting the process takes a tenth of a second, as long as eight pages. What goes wrong with one document doesn't
    touch the next. Use it in a `with`; it belongs to one thread.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._documents = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def set(self, asked: Mapping[str, Any]) -> bytes:
        """The PDF of what the typesetter is asked. Raises TooMuch and WrongTemplate."""
        process = self._ready()
        watch = Timer(_MOST_SECONDS, process.kill)
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
        if self._process and self._documents % _MOST_DOCUMENTS == 0:
            self._end()
        if not self._process:
            self._process = subprocess.Popen(
                [sys.executable, "-I", typesetter.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={"RAYON_NUM_THREADS": "1"},
            )
        self._documents += 1
        return self._process

    def _end(self) -> tuple[int, str]:
        """End the process; how it ended and what it said."""
        if not (process := self._process):
            return 0, ""
        self._process = None
        process.kill()
        _, said = process.communicate()
        return process.returncode, said.decode()

    def _failure(self) -> Exception:
        """Why a process gave no answer and is gone: stopped because it asked too much, or broken."""
        assert self._process
        self._process.wait()
        code, said = self._end()
        return TooMuch(f"Signal {-code}") if code < 0 else WrongTemplate(said)


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
