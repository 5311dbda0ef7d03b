"""The one place that knows what time it is. Moments are aware and in UTC; days belong to a time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MORNING = time(7)  # from when people are written to, and what was promised for a day is done

_pretended: ContextVar[datetime | None] = ContextVar("pretended_now", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Let it be `moment` (aware) within the block: for `--now`, for the demo's history and for tests."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    kept = _pretended.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _pretended.reset(kept)


def day_of(moment: datetime, zone: ZoneInfo = AMSTERDAM) -> date:
    """The local day on which a moment falls."""
    return moment.astimezone(zone).date()


def today(zone: ZoneInfo = AMSTERDAM) -> date:
    """The local day that it is now."""
    return day_of(now(), zone)


def moment_on(day: date, at_time: time = time(0), zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The UTC moment of a local day and time; a time skipped in spring counts as the hour after."""
    return datetime.combine(day, at_time, zone).astimezone(UTC)


def exists(day: date, at_time: time, zone: ZoneInfo = AMSTERDAM) -> bool:
    """Whether clocks show this time on this day: in spring they skip an hour."""
    return moment_on(day, at_time, zone).astimezone(zone).time() == at_time


def add_working_days(day: date, count: int) -> date:
    """The day that lies `count` working days (Monday to Friday) after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() <= 5
    return day
