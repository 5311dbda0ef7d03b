"""A mail server, a Redis and workers for the tests of jobs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.workshop import Broker, Workshop
from tests.post.sink import Sink
from vitaal.settings import Settings


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server."""
    with Sink() as sink:
        yield sink


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A Redis that can go away."""
    broker = Broker(tmp_path / "redis")
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def workshop(
    settings: Settings, sink: Sink, broker: Broker, tmp_path: Path, empty_database: None
) -> Iterator[Workshop]:
    """Workers; none is started yet."""
    workshop = Workshop(settings, broker.url, sink.url, tmp_path / "workers.log")
    yield workshop
    workshop.close()
