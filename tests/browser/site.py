"""A running Vitaal: web server and worker as processes, and the mailbox that they write to."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from infra.embedded import until_answers
from tests.browser.looking import DESK
from tests.tables import empty_all
from vitaal.kernel.limits import Limits
from vitaal.kernel.storage import open_storage
from vitaal.settings import ROOT, Settings

_BIN = Path(sys.executable).parent
_WEB = ["gunicorn", "--worker-class=gthread", "--threads=4", "--no-control-socket", "--log-level=error"]
_WORKER = ["celery", "--quiet", "--app=worker.app", "worker", "--concurrency=1", "--without-mingle",
           "--without-gossip", "--loglevel=error"]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A running Vitaal."""

    settings: Settings

    @property
    def url(self) -> str:
        return self.settings.base_url

    def letters(self, to: str) -> list[dict[str, Any]]:
        """What arrived for an address, the newest first."""
        with urllib.request.urlopen(f"{self.url}/dev/post.json") as answer:
            return [letter for letter in json.load(answer) if letter["to"] == to]

    def letter(self, to: str, about: str) -> dict[str, Any]:
        """The newest letter to an address whose subject mentions `about`; waits until the worker brought it."""
        found: list[dict[str, Any]] = []

        def arrived() -> bool:
            found[:] = [letter for letter in self.letters(to) if about in letter["subject"]]
            return bool(found)

        wait_until(arrived, f"a letter to {to} about {about}")
        return found[0]

    def start_afresh(self) -> None:
        """Nobody is known, nothing was sent and nothing was counted."""
        empty_all(self.settings)
        Limits(self.settings.redis_url or "").forget()
        mailbox = open_storage(self.settings)
        for letter in mailbox.glob("post/*.json"):
            mailbox.rm_file(letter)


@contextmanager
def running(settings: Settings) -> Iterator[Site]:
    """Web and worker with these settings, until the block ends."""
    environment = {
        **os.environ,
        "VITAAL_PORT": str(settings.port),
        "VITAAL_BASE_URL": settings.base_url,
        "VITAAL_INSTANCE": str(settings.instance),
        "VITAAL_DATABASE_URL": settings.database_url or "",
        "VITAAL_REDIS_URL": settings.redis_url or "",
        "VITAAL_SECRET_KEY": settings.secret_key,
        "VITAAL_LOCAL_MAILBOX": "1",
        "VITAAL_LOG_LEVEL": "ERROR",
    }
    commands = ([*_WEB, f"--bind=127.0.0.1:{settings.port}", "wsgi:app"], _WORKER)
    processes = [
        subprocess.Popen([str(_BIN / name), *arguments], cwd=ROOT, env=environment)
        for name, *arguments in commands
    ]
    try:
        answers = until_answers(processes[0], lambda: _lives(settings.base_url), 30)
        assert answers, "The web server did not start."
        yield Site(settings)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def new_context(chromium: Browser, site: Site, *, java_script_enabled: bool = True) -> BrowserContext:
    """A browser without any history, on a desk."""
    context = chromium.new_context(
        base_url=site.url, java_script_enabled=java_script_enabled, locale="nl-NL",
        reduced_motion="reduce",
        viewport=DESK,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    return context


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Ask until it holds, or fail naming what did not come."""
    with subprocess.Popen(["sleep", str(seconds)]) as patience:
        came = until_answers(patience, holds, seconds)
        patience.kill()
    assert came, f"Waited {seconds} s for {what}."


def _lives(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
