"""A whole Vitaal for the browser tests: web server and worker as processes, a mailbox, and the system's Chromium."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from infra.embedded import until_answers
from infra.setup.browser import find
from tests.conftest import empty_all, free_port, fresh_installation
from vitaal.settings import ROOT, Settings

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BIN = Path(sys.executable).parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


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


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Ask until it holds, or fail naming what did not come."""
    with subprocess.Popen(["sleep", str(seconds)]) as patience:
        came = until_answers(patience, holds, seconds)
        patience.kill()
    assert came, f"Waited {seconds} s for {what}."


@pytest.fixture(scope="session")
def site(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Web and worker on a database of their own; for all browser tests of this process."""
    port = free_port()
    settings = replace(
        fresh_installation(f"site_{worker_id}", tmp_path_factory.mktemp("site"), redis_number=8 + int(worker_id.removeprefix("gw").replace("master", "0"))),
        port=port, base_url=f"http://localhost:{port}",
    )  # fmt: skip
    environment = {
        **os.environ,
        "VITAAL_PORT": str(port),
        "VITAAL_BASE_URL": settings.base_url,
        "VITAAL_INSTANCE": str(settings.instance),
        "VITAAL_DATABASE_URL": settings.database_url or "",
        "VITAAL_REDIS_URL": settings.redis_url or "",
        "VITAAL_SECRET_KEY": "only for tests",
        "VITAAL_LOCAL_MAILBOX": "1",
        "VITAAL_LOG_LEVEL": "ERROR",
    }
    web = [BIN / "gunicorn", f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--threads=4",
           "--no-control-socket", "--log-level=error", "wsgi:app"]  # fmt: skip
    worker = [BIN / "celery", "--quiet", "--app=worker.app", "worker", "--concurrency=1", "--without-mingle",
              "--without-gossip", "--loglevel=error"]  # fmt: skip
    running = [
        subprocess.Popen(list(map(str, command)), cwd=ROOT, env=environment) for command in (web, worker)
    ]
    try:
        assert until_answers(running[0], lambda: _lives(settings.base_url), 30), (
            "The web server did not start."
        )
        yield Site(settings)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def _lives(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def has_script(request: pytest.FixtureRequest) -> bool:
    """Every journey runs twice."""
    return bool(request.param)


@pytest.fixture
def browse(site: Site, chromium: Browser, has_script: bool) -> Iterator[Callable[[], Page]]:
    """Open a browser of one's own on the site: `page = browse()`."""
    opened: list[BrowserContext] = []

    def open_one() -> Page:
        context = chromium.new_context(
            base_url=site.url, java_script_enabled=has_script, bypass_csp=has_script, locale="nl-NL",
            viewport={"width": 1280, "height": 900},
        )  # fmt: skip
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()
    empty_all(site.settings)


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now, each with where; needs JavaScript."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{page.url}: {one['id']} at {one['nodes'][0]['target']}" for one in found["violations"]]
