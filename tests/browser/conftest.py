"""A whole Vitaal for the browser tests, and the system's Chromium to open it in."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from infra.setup.browser import find
from tests.browser.looking import listen
from tests.browser.site import Site, new_context, running
from tests.browser.steps import Visitor
from tests.cast import Cast, play
from tests.conftest import disconnect, free_port, fresh_installation
from vitaal.app import create_app

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def one_site(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Web and worker on a database of their own; started once, for all browser tests of this process."""
    port = free_port()
    redis_number = 8 + int(worker_id.removeprefix("gw").replace("master", "0"))
    installation = fresh_installation(
        f"site_{worker_id}", tmp_path_factory.mktemp("site"), redis_number=redis_number
    )
    with running(replace(installation, port=port, base_url=f"http://localhost:{port}")) as site:
        yield site


@pytest.fixture
def site(one_site: Site) -> Iterator[Site]:
    """A running Vitaal that knows nobody yet."""
    yield one_site
    one_site.start_afresh()


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


@pytest.fixture(scope="session")
def browsers(chromium: Browser, one_site: Site) -> Iterator[Callable[[bool, int], BrowserContext]]:
    """Browsers with the script and without it; each is made once, and forgets who used it."""
    made: dict[tuple[bool, int], BrowserContext] = {}

    def browser(has_script: bool, number: int) -> BrowserContext:
        if (has_script, number) not in made:
            made[has_script, number] = new_context(chromium, one_site, java_script_enabled=has_script)
        return made[has_script, number]

    yield browser
    for context in made.values():
        context.close()


@pytest.fixture
def browse(
    site: Site, browsers: Callable[[bool, int], BrowserContext], has_script: bool
) -> Iterator[Callable[[], Page]]:
    """Open a browser of one's own on the site: `page = browse()`. In the end no page may have complained."""
    pages: list[Page] = []
    complaints: list[str] = []

    def open_one() -> Page:
        pages.append(browsers(has_script, len(pages)).new_page())
        listen(pages[-1], complaints)
        return pages[-1]

    yield open_one
    for page in pages:
        page.context.clear_cookies()
        page.close()
    assert not complaints


@pytest.fixture(scope="session")
def site_app(one_site: Site) -> Iterator[Flask]:
    """An application on the site's database, to prepare what people will find."""
    app = create_app(one_site.settings)
    yield app
    disconnect(app)


@pytest.fixture
def gather(site: Site, site_app: Flask, browse: Callable[[], Page]) -> Callable[..., tuple[Visitor, ...]]:
    """The cast on the site, each signed in: `anna, bram = gather("Anna", "Bram")`, on the page of their agenda."""
    cast = play(site_app)

    def come(*names: str) -> tuple[Visitor, ...]:
        return tuple(_signed_in(site, cast, browse(), name) for name in names)

    return come


def _signed_in(site: Site, cast: Cast, page: Page, name: str) -> Visitor:
    page.context.add_cookies([{"name": "vitaal_session", "value": cast.secret_of(name), "url": site.url}])
    page.goto(f"/w/{cast.amersfoort.slug}/agenda")
    return Visitor(site, page, name)
