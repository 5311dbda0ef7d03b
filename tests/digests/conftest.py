"""Everything in these tests happens after the autumn in which the cast came together."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.cast import Cast, play
from vitaal.kernel import clock


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The cast, together since September 2026."""
    with clock.at(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        return play(app)
