"""How the agenda is told: the words for statuses, days and quadrants, as people read them."""

from datetime import date
from functools import lru_cache

from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.agenda.filters import Grouping, Stage, View
from vitaal.agenda.models import Status

STATUSES = {
    Status.IDEA: _l("Idee"),
    Status.TO_DO: _l("Te doen"),
    Status.DOING: _l("Bezig"),
    Status.WAITING: _l("Wacht"),
    Status.DONE: _l("Klaar"),
    Status.STOPPED: _l("Gestopt"),
}
STAGES = {
    Stage.OPEN: _l("Nog niet klaar"),
    Stage.IDEA: _l("Idee"),
    Stage.TO_DO: _l("Te doen"),
    Stage.DOING: _l("Bezig"),
    Stage.WAITING: _l("Wacht"),
    Stage.DONE: _l("Klaar"),
    Stage.STOPPED: _l("Gestopt"),
}
VIEWS = {
    View.LIST: (_l("Lijst"), "list"),
    View.BOARD: (_l("Bord"), "kanban"),
    View.TIMELINE: (_l("Tijdlijn"), "chart-bar-horizontal"),
    View.CALENDAR: (_l("Kalender"), "calendar-blank"),
}
GROUPINGS = {
    Grouping.GOAL: _l("Per doel"),
    Grouping.PERSON: _l("Per persoon"),
    Grouping.ORGANISATION: _l("Per organisatie"),
    Grouping.WEEK: _l("Per week"),
}


def day(one: date, today: date) -> str:
    """17 december; with the year when it is another one."""
    return _day(one, one.year != today.year, str(get_locale() or "nl"))


@lru_cache(maxsize=4096)
def _day(one: date, with_year: bool, _language: str) -> str:
    return str(format_date(one, "d MMMM y" if with_year else "d MMMM"))


def lateness(days: int) -> str:
    """What stands at an action whose day has passed: 3 dagen later."""
    return str(ngettext("%(num)d dag later", "%(num)d dagen later", days))


def due(on: date | None, today: date) -> str:
    """By when it is to be done, or was."""
    return str(_("Klaar op %(day)s", day=day(on, today))) if on else str(_("Nog geen datum"))
