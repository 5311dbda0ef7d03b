"""The periods that reports are about: the month, quarter or year that is over, and how we say them."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from flask_babel import format_date
from flask_babel import gettext as _

from vitaal.reports.models import Cadence
from vitaal.workspaces.reporting import Period

_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.YEARLY: 12}


def last_whole(cadence: Cadence, today: date) -> Period:
    """The last month, quarter or year that is over on this day."""
    months = _MONTHS[cadence]
    first_of_month = today.replace(day=1)
    begun = first_of_month - relativedelta(months=(today.month - 1) % months)
    return Period(begun - relativedelta(months=months), begun - timedelta(days=1))


def next_day(cadence: Cadence, today: date) -> date | None:
    """The first day after today on which such a period is just over; None for never."""
    if cadence is Cadence.NEVER:
        return None
    begun: date = last_whole(cadence, today).last + timedelta(days=1)
    day: date = begun + relativedelta(months=_MONTHS[cadence])
    return day


def in_words(period: Period) -> str:
    """Oktober 2026; juli tot en met september 2026; 2026; 3 maart tot en met 9 april 2026."""
    first, last = period.first, period.last
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if is_whole and (first.month, last.month) == (1, 12) and first.year == last.year:
        return str(first.year)
    if is_whole and (first.year, first.month) == (last.year, last.month):
        return str(format_date(first, "MMMM y"))
    shape = "MMMM" if is_whole else "d MMMM"
    begin = format_date(first, shape if first.year == last.year else f"{shape} y")
    return str(_("%(first)s tot en met %(last)s", first=begin, last=format_date(last, f"{shape} y")))
