"""All routes of the product, found without a database."""

from functools import cache

from flask import Flask

from vitaal.app import create_app
from vitaal.settings import Settings

METHODS = ("GET", "POST")


@cache
def the_app() -> Flask:
    """An application that is never asked to do anything."""
    settings = Settings(
        database_url="postgresql://nobody@127.0.0.1:1/none", redis_url="redis://127.0.0.1:1/0",
        secret_key="only for tests", local_mailbox=True, log_level="ERROR",
    )  # fmt: skip
    return create_app(settings)


@cache
def every_route() -> tuple[tuple[str, str, str], ...]:
    """(endpoint, path, method) of every route but the built files."""
    return tuple(
        sorted(
            (rule.endpoint, rule.rule, method)
            for rule in the_app().url_map.iter_rules()
            for method in METHODS
            if method in (rule.methods or ()) and rule.endpoint != "static"
        )
    )


def name_of(endpoint: str, path: str, method: str) -> str:
    """How a route is named in the test report."""
    return f"{method} {path} ({endpoint})"
