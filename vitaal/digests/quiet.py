"""Days on which nobody gets a digest: Sundays and the Dutch public holidays (rule D-14)."""

from datetime import date, timedelta

from dateutil.easter import easter

_SATURDAY = 6
_FIXED = {(1, 1), (5, 5), (12, 25), (12, 26)}
_AFTER_EASTER = {1, 39, 50}  # Easter Monday, Ascension, Whit Monday


def is_quiet(day: date) -> bool:
    """Whether a digest that is due on this day waits for the next morning."""
    if day.isoweekday() == 7 or (day.month, day.day) in _FIXED or day == _kings_day(day.year):
        return True
    return (day - easter(day.year)).days in _AFTER_EASTER


def rests(day: date, *, quiet_weekends: bool) -> bool:
    """Whether a workspace sends no mail on this day: such a day, or a Saturday where weekends are quiet."""
    return is_quiet(day) or (quiet_weekends and day.isoweekday() == _SATURDAY)


def _kings_day(year: int) -> date:
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.isoweekday() == 7 else day
