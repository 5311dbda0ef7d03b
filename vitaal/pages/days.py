"""Days and moments as people say them: vandaag, gisteren, dinsdag 24 november. Moments are told in Dutch time."""

from datetime import date, datetime, timedelta

from flask_babel import format_date, format_time
from flask_babel import gettext as _

from vitaal.kernel import clock


def day_in_words(day: date) -> str:
    """Vandaag, gisteren, or the day with its name; the year only when it is another one."""
    today = clock.today()
    if day == today:
        return str(_("vandaag"))
    if day == today - timedelta(days=1):
        return str(_("gisteren"))
    return str(format_date(day, "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"))


def time_in_words(moment: datetime) -> str:
    """The time of a moment: 14.06 uur."""
    pattern = _("H.mm 'uur'")  # as Unicode writes the pattern of a time; in English it is H:mm
    return str(format_time(moment.astimezone(clock.AMSTERDAM), pattern, rebase=False))


def moment_in_words(moment: datetime) -> str:
    """The day, and for today and yesterday the time too: vandaag, 8.40 uur."""
    day = clock.day_of(moment)
    words = day_in_words(day)
    if clock.today() - day > timedelta(days=1):
        return words
    return f"{words}, {time_in_words(moment)}"
