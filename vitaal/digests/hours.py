"""When someone may be told something at once: by day in their own time zone, and not while they rest."""

from datetime import date, datetime, time, timedelta

from vitaal.digests.quiet import rests
from vitaal.kernel import clock
from vitaal.people.models import Person

EVENING = time(20)


def next_allowed_moment(person: Person, *, quiet_weekends: bool) -> datetime:
    """Now when this person may be written to now, else seven o'clock on the first day on which that may (rule D-14)."""
    now = clock.now()
    local = now.astimezone(person.zone)
    day = local.date()
    if not _rests(person, day, quiet_weekends=quiet_weekends):
        if local.time() < clock.MORNING:
            return clock.moment_on(day, clock.MORNING, person.zone)
        if local.time() < EVENING:
            return now
    day += timedelta(days=1)
    while _rests(person, day, quiet_weekends=quiet_weekends):
        day += timedelta(days=1)
    return clock.moment_on(day, clock.MORNING, person.zone)


def _rests(person: Person, day: date, *, quiet_weekends: bool) -> bool:
    """Whether nothing comes on a day: a Sunday, a holiday, a Saturday where weekends are quiet, or their own pause."""
    is_away = person.away_until is not None and day <= person.away_until
    return is_away or rests(day, quiet_weekends=quiet_weekends)
