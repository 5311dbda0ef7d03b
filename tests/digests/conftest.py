"""Everything in these tests happens after the autumn in which the cast came together."""

import pytest
from flask import Flask

from tests.cast import Cast, play
from tests.digests.story import TOGETHER, reckoned
from vitaal.kernel import clock


@pytest.fixture
def cast(app: Flask, worker: Flask) -> Cast:
    """The cast, together since September 2026, each with a day for their next digest."""
    with clock.at(TOGETHER):
        cast = play(app)
    reckoned(worker)
    return cast
