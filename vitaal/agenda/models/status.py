"""How far an action is, and after which period it comes back."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta


class Status(StrEnum):
    """How far an action is."""

    IDEA = "idea"
    TO_DO = "to_do"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self not in {Status.DONE, Status.STOPPED}


class Repeat(StrEnum):
    """After which period an action that is done comes back."""

    NEVER = ""
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def next(
        self, series: Sequence[tuple[date | None, date | None]], today: date
    ) -> tuple[date | None, date | None]:
        """The first and last day of the next one after a series of them: of the first period that has not passed."""
        starts, dues, times = [start for start, _ in series], [due for _, due in series], 1
        while (due := self.after(dues, times)) and due < today:
            times += 1
        start = self.after(starts, times)
        return (min(start, due) if start and due else start), due

    def after(self, days: Sequence[date | None], times: int = 1) -> date | None:
        """The day that lies so many periods after the last of these days, on which it fell before.

        Who began on the 31st stays there: after 31 January and 28 February comes 31 March. So the days before
        the last one count too, as far as they fit it. None when there is no last day, or no day that far.
        """
        period, last = _PERIODS[self], days[-1]
        for ago, day in sorted(enumerate(reversed(days)), reverse=True):
            if day and _moved(day, ago * period) == last:
                return _moved(day, (ago + times) * period)
        return None


def _moved(day: date, by: relativedelta) -> date | None:
    try:
        moved: date = day + by
        return moved
    except (ValueError, OverflowError):
        return None


_PERIODS = {
    Repeat.NEVER: relativedelta(),
    Repeat.WEEK: relativedelta(weeks=1),
    Repeat.MONTH: relativedelta(months=1),
    Repeat.QUARTER: relativedelta(months=3),
    Repeat.YEAR: relativedelta(years=1),
}
