"""How we say when a meeting is, in the language of the reader."""

from datetime import date, datetime

from flask_babel import format_date, format_time
from flask_babel import gettext as _

from vitaal.agenda.models import Meeting
from vitaal.kernel import clock


def on(meeting: Meeting) -> date:
    """The day on Dutch calendars."""
    return clock.day_of(meeting.starts_at)


def day(meeting: Meeting) -> str:
    """Donderdag 26 november; with the year when it is another one."""
    return day_of(meeting.starts_at)


def day_of(moment: datetime) -> str:
    """The same of a moment."""
    one = clock.day_of(moment)
    return str(format_date(one, "EEEE d MMMM" if one.year == clock.today().year else "EEEE d MMMM y"))


def hours(meeting: Meeting) -> str:
    """13.30 tot 15.00 uur."""
    return str(_("%(start)s tot %(end)s uur", start=at(meeting.starts_at), end=at(meeting.ends_at)))


def when(meeting: Meeting) -> str:
    """Donderdag 26 november, 13.30 tot 15.00 uur."""
    return f"{day(meeting)}, {hours(meeting)}"


def begins(meeting: Meeting) -> str:
    """Donderdag 26 november 13.30 uur."""
    return begins_at(meeting.starts_at)


def begins_at(moment: datetime) -> str:
    """The same of a moment."""
    return str(_("%(day)s %(time)s uur", day=day_of(moment), time=at(moment)))


def at(moment: datetime) -> str:
    """The time on Dutch clocks: 13.30."""
    return str(format_time(moment.astimezone(clock.AMSTERDAM), "H.mm", rebase=False))
