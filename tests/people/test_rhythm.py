"""On which day the next digest is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitaal.people.models import Cadence
from vitaal.people.rhythm import effective_cadence, next_digest_day

days = st.dates(date(2020, 1, 1), date(2060, 1, 1))
weekdays = st.integers(1, 7)


@given(days, weekdays)
def test_daily_is_the_next_day(after: date, weekday: int) -> None:
    assert next_digest_day(Cadence.DAILY, weekday, after) == after + timedelta(days=1)


@given(days, weekdays)
def test_weekly_is_the_first_such_weekday_after_today(after: date, weekday: int) -> None:
    day = next_digest_day(Cadence.WEEKLY, weekday, after)
    assert day
    assert day.isoweekday() == weekday
    assert 1 <= (day - after).days <= 7


@given(days, weekdays)
def test_monthly_is_a_first_tuesday_and_none_is_skipped(after: date, weekday: int) -> None:
    day = next_digest_day(Cadence.MONTHLY, weekday, after)
    assert day
    assert day > after
    assert (day.isoweekday(), (day.day - 1) // 7) == (2, 0)
    between = (after + timedelta(days=number) for number in range(1, (day - after).days))
    assert not any(other.isoweekday() == 2 and other.day <= 7 for other in between)


@given(days, weekdays)
def test_never_is_never(after: date, weekday: int) -> None:
    assert next_digest_day(Cadence.NEVER, weekday, after) is None


def test_monthly_on_the_first_tuesday_itself_is_next_month() -> None:
    assert next_digest_day(Cadence.MONTHLY, 2, date(2026, 12, 1)) == date(2027, 1, 5)
    assert next_digest_day(Cadence.MONTHLY, 2, date(2026, 11, 30)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("chosen", "stands_inner", "wanted"),
    [
        (None, True, Cadence.WEEKLY),
        (None, False, Cadence.MONTHLY),
        ("daily", False, Cadence.DAILY),
        ("never", True, Cadence.NEVER),
    ],
)
def test_the_circle_decides_until_someone_chooses(
    chosen: str | None, stands_inner: bool, wanted: Cadence
) -> None:
    assert effective_cadence(chosen, stands_inner) is wanted
