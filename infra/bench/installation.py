"""An installation to measure: servers of its own, with the demo's world in it, gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from infra.embedded import start_postgres
from vitaal.app import create_app
from vitaal.demo.building import build
from vitaal.kernel.schema import migrate
from vitaal.settings import Settings


@contextmanager
def installation(localities: int) -> Iterator[Flask]:
    """The web application on a fresh database with this many coalitions."""
    folder = Path(tempfile.mkdtemp(prefix="vitaal-bench-"))
    folder.chmod(0o755)
    server = start_postgres(folder / "postgres", durable=False)
    settings = Settings(
        database_url=server.url, redis_url="redis://127.0.0.1:1/0", instance=folder / "instance",
        secret_key="bench", local_mailbox=True, log_level="ERROR",
    )  # fmt: skip
    try:
        migrate(settings)
        builder = create_app(settings, role="vitaal_worker")
        with builder.app_context():
            build(settings, localities)
        yield create_app(settings)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
