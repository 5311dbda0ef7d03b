"""Every test runs as the app role behind the wall, on a real PostgreSQL and a real Redis of its own."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from infra.embedded import Server, start_postgres, start_redis
from tests.cast import Cast, play
from tests.tables import bring_all_back, empty_all, keep_all
from vitaal.app import create_app
from vitaal.kernel.db import db
from vitaal.kernel.schema import migrate
from vitaal.settings import Settings

TEMPLATE = "vitaal_template"
_servers: list[Server] = []
_folders: list[Path] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers once, in the process that leads, and make the database that workers clone."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="vitaal-tests-"))
    folder.chmod(0o755)
    _folders.append(folder)
    for variable, start in (("POSTGRES", start_postgres), ("REDIS", start_redis)):
        if f"VITAAL_TEST_{variable}" not in os.environ:
            _servers.append(start(folder / variable.lower(), durable=False))
            os.environ[f"VITAAL_TEST_{variable}"] = _servers[-1].url
    _admin(f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE}")
    migrate(Settings(database_url=_database(TEMPLATE)))


def pytest_unconfigure() -> None:
    """Stop what was started."""
    while _servers:
        _servers.pop().stop()
    if _folders:
        shutil.rmtree(_folders.pop())


def _database(name: str) -> str:
    return (
        make_url(os.environ["VITAAL_TEST_POSTGRES"]).set(database=name).render_as_string(hide_password=False)
    )


def _admin(*statements: str, database: str = "postgres") -> None:
    url = make_url(_database(database)).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def settings(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of its own for this worker: a clone of the migrated database, a Redis, a folder."""
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    return fresh_installation(worker_id, tmp_path_factory.mktemp("instance"), redis_number=number)


def fresh_installation(name: str, folder: Path, *, redis_number: int) -> Settings:
    """An empty, migrated database under this name, one of Redis's numbered databases, and a folder."""
    database = f"vitaal_{name}"
    with one_at_a_time():
        _admin(
            f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
            f"CREATE DATABASE {database} TEMPLATE {TEMPLATE}",
        )
        migrate(Settings(database_url=_database(database)))
    return Settings(
        instance=folder,
        database_url=_database(database),
        redis_url=make_url(os.environ["VITAAL_TEST_REDIS"])
        .set(database=str(redis_number))
        .render_as_string(hide_password=False),
        base_url="http://localhost",
        secret_key="only for tests",
        local_mailbox=True,
        log_level="ERROR",
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Databases of one server share their roles, so they are made one after the other."""
    url = make_url(_database("postgres")).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        yield


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def one_app(settings: Settings) -> Iterator[Flask]:
    """The web application, as vitaal_app; made once."""
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    disconnect(app)


@pytest.fixture(scope="session")
def one_worker(settings: Settings) -> Iterator[Flask]:
    """The application as the workers have it, as vitaal_worker; made once."""
    worker = create_app(settings, role="vitaal_worker")
    yield worker
    disconnect(worker)


def disconnect(app: Flask) -> None:
    """Let go of what an application holds open."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["nudger"].close()


@pytest.fixture
def app(one_app: Flask, empty_database: None) -> Flask:
    """The web application on an empty database, with nothing counted yet."""
    one_app.extensions["limits"].forget()
    return one_app


@pytest.fixture
def worker(one_worker: Flask, empty_database: None) -> Flask:
    """The workers' application on an empty database."""
    return one_worker


@pytest.fixture
def empty_database(settings: Settings) -> Iterator[None]:
    """After the test every table is empty again, but for the reference data."""
    yield
    empty_all(settings)


@pytest.fixture(scope="session")
def first_cast(one_app: Flask, settings: Settings) -> Cast:
    """The cast as it comes on; kept, so that it is made once."""
    empty_all(settings)
    cast = play(one_app)
    keep_all(settings, "cast")
    empty_all(settings)
    return cast


@pytest.fixture
def cast(app: Flask, first_cast: Cast, settings: Settings) -> Cast:
    """Anna, Bram, Chaima, Daan, Els and Farah, each where they belong."""
    bring_all_back(settings, "cast")
    return first_cast.afresh()
