"""Days and periods keep their meaning over both clock changes."""

from datetime import UTC, date, datetime, time

import pytest

from vitaal.kernel import clock


def test_seven_in_the_morning_is_an_hour_earlier_in_utc_in_summer() -> None:
    before = clock.moment_on(date(2026, 10, 24), time(7))
    after = clock.moment_on(date(2026, 10, 26), time(7))
    assert (before.hour, after.hour) == (5, 6)


def test_the_day_of_a_moment_is_the_local_day() -> None:
    assert clock.day_of(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == date(2026, 11, 24)


def test_pretending_ends_with_the_block() -> None:
    with clock.at(datetime(2026, 11, 24, 6, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)
    assert clock.now() > datetime(2026, 11, 24, 6, 1, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 11, 24)):  # noqa: DTZ001
        pass


def test_working_days_skip_the_weekend() -> None:
    assert clock.add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 30)
