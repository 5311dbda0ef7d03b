"""On which day a stage closes: long enough for who reads on a working day, and for who reads on Sunday (rule D-45)."""

from datetime import date, datetime, time, timedelta

from vitaal.kernel import clock
from vitaal.spelregels.consent import Stage

WORKING_DAYS = 5
USUAL_DAYS = {Stage.QUESTIONS: 5, Stage.REACTIONS: 5, Stage.ROUND: 7}
MOST_DAYS = 90
SUNDAY = 7


def earliest_closing_day(today: date) -> date:
    """The first day on which five whole working days and a whole Sunday lie behind us."""
    day = clock.add_working_days(today, WORKING_DAYS)
    while not any(
        (today + timedelta(days=n)).isoweekday() == SUNDAY for n in range(1, (day - today).days + 1)
    ):
        day = clock.add_working_days(day, 1)
    return day


def usual_closing_day(stage: Stage, today: date) -> date:
    """The day on which a stage closes when nobody chooses another."""
    return max(earliest_closing_day(today), today + timedelta(days=USUAL_DAYS[stage]))


def end_of(day: date) -> datetime:
    """The moment at which a day is over in the Netherlands."""
    return clock.moment_on(day + timedelta(days=1), time(0))


def last_day(moment: datetime) -> date:
    """The last day that lies wholly before such a moment: the day that people read as 'until and including'."""
    return clock.day_of(moment - timedelta(seconds=1))
