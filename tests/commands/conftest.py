"""The command as an operator types it, on the installation of the tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.engine import make_url

from tests.conftest import disconnect, free_port
from tests.jobs.workshop import sql
from vitaal import cli
from vitaal.settings import Settings

Said = tuple[int, str]
Vitaal = Callable[..., Said]


@pytest.fixture
def vitaal(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vitaal]:
    """`vitaal("jobs", "retry")` gives the exit code and what was said; keywords change the environment."""
    made: list[Flask] = []
    really = cli.create_app

    def remember(*given: Any, **named: Any) -> Flask:
        made.append(really(*given, **named))
        return made[-1]

    def run(*words: str, **environment: str) -> Said:
        here = {
            "VITAAL_INSTANCE": str(settings.instance),
            "VITAAL_DATABASE_URL": settings.database_url,
            "VITAAL_REDIS_URL": settings.redis_url,
            "VITAAL_SECRET_KEY": settings.secret_key,
            "VITAAL_LOCAL_MAILBOX": "1",
            "VITAAL_LOG_LEVEL": "CRITICAL",
        }
        done = CliRunner().invoke(cli.main, words, env={**here, **environment})
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output.strip()

    monkeypatch.setattr(cli, "create_app", remember)
    yield run
    for app in made:
        disconnect(app)


@pytest.fixture
def closed_port() -> int:
    """Where nobody answers."""
    return free_port()


@pytest.fixture
def unmigrated(settings: Settings) -> Iterator[str]:
    """The address of a database in which nothing was made yet."""
    url = make_url(settings.database_url or "")
    name = f"{url.database}_unmigrated"
    sql(settings, f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    sql(settings, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def broken(settings: Settings, breaks: str, mends: str) -> Iterator[None]:
    """Something is wrong with the database, for the length of the block."""
    sql(settings, breaks)
    try:
        yield
    finally:
        sql(settings, mends)
