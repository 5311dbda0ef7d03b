"""The pages that people open most, each beside the same page's statements and template alone.

The limit is what the page's own SQL costs through bare psycopg plus what its own template costs in bare
Jinja, with the data ready in hand: no Flask, no ORM, no guards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import psycopg
from flask import Flask, template_rendered
from sqlalchemy import event
from sqlalchemy.engine import make_url

from vitaal.demo.plan import LEAD
from vitaal.kernel.db import db
from vitaal.people import sessions
from vitaal.people.models import person_with

ROUNDS, PER_ROUND = 7, 40
_PLACE = "/w/thuis-in-amersfoort"


@dataclass(frozen=True)
class Page:
    """A page to measure, by its name and address."""

    name: str
    address: str


PAGES = (
    Page("Vandaag", _PLACE),
    Page("the list of actions", f"{_PLACE}/agenda"),
    Page("the board", f"{_PLACE}/agenda?weergave=bord"),
    Page("searching in actions", f"{_PLACE}/agenda?zoek=koffie"),
)


@dataclass(frozen=True)
class Figures:
    """What one way of making the page took: seconds on the clock per page, and CPU per page by round."""

    name: str
    seconds: list[float]
    cpu: list[float]

    def line(self) -> str:
        """In words, times in milliseconds."""
        cuts = quantiles(self.seconds, n=20)
        return (
            f"{self.name:<28} {1 / median(self.cpu):7.0f} pages/s per core   CPU {median(self.cpu) * 1000:6.2f} ms"
            f"   p50 {cuts[9] * 1000:6.2f} ms   p95 {cuts[18] * 1000:6.2f} ms"
        )


def measure(app: Flask, page: Page) -> tuple[Figures, Figures, int]:
    """The product and its limit, in turns so that both meet the same machine; and the statements per page."""
    open_page = _product(app, page.address)
    statements, template, context = _record(app, open_page)
    with app.test_request_context(page.address), _connect(app) as connection:

        def limit() -> None:
            for sql, parameters in statements:
                connection.execute(sql, parameters, prepare=True)
            connection.rollback()
            template.render(context)

        product_figures, limit_figures = (
            Figures(page.name, [], []),
            Figures("its SQL and template alone", [], []),
        )
        for _ in range(ROUNDS):
            _run(open_page, product_figures)
            _run(limit, limit_figures)
    return product_figures, limit_figures, len(statements)


def _run(make: Callable[[], Any], figures: Figures) -> None:
    cpu = process_time()
    for _ in range(PER_ROUND):
        began = perf_counter()
        make()
        figures.seconds.append(perf_counter() - began)
    figures.cpu.append((process_time() - cpu) / PER_ROUND)


def _product(app: Flask, address: str) -> Callable[[], None]:
    client = app.test_client()
    with app.app_context():
        person = person_with(LEAD)
        assert person
        secret = sessions.begin(person, "bench")
        db.session.commit()
    client.set_cookie("vitaal_session", secret)

    def open_page() -> None:
        response = client.get(address)
        assert response.status_code == 200, response.status

    return open_page


def _record(app: Flask, open_page: Callable[[], None]) -> tuple[list[tuple[str, Any]], Any, dict[str, Any]]:
    """One visit, written down: its statements with parameters, its template and what that was given."""
    open_page()
    statements: list[tuple[str, Any]] = []
    drawn: list[tuple[Any, dict[str, Any]]] = []

    def note(_c: Any, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        statements.append((sql, parameters))

    def keep(_sender: Flask, template: Any, context: dict[str, Any], **_: Any) -> None:
        drawn.append((template, dict(context)))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    with template_rendered.connected_to(keep, app):
        open_page()
    event.remove(engine, "before_cursor_execute", note)
    template, context = drawn[-1]
    return statements, template, context


def _connect(app: Flask) -> psycopg.Connection[Any]:
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))
