"""How the agenda is told: the words for statuses, days and quadrants, as people read them."""

from datetime import date
from functools import lru_cache

from babel.lists import format_list
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.agenda.filters import Grouping, Stage, View
from vitaal.agenda.lines import Line
from vitaal.agenda.models import Status
from vitaal.agenda.one_line import Doubt, Unclear
from vitaal.method import priority
from vitaal.workspaces.models import PartnerKind

STATUSES = {
    Status.IDEA: _l("Idee"),
    Status.TO_DO: _l("Te doen"),
    Status.DOING: _l("Bezig"),
    Status.WAITING: _l("Wacht"),
    Status.DONE: _l("Klaar"),
    Status.STOPPED: _l("Gestopt"),
}
MOVES = (Status.TO_DO, Status.DOING, Status.WAITING, Status.DONE)  # what takes one click
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

NOBODY = _l("Nog niemand")
UNSEEN = _l("Iemand uit de buitencirkel")  # in the place of a name that the reader does not see


def day(one: date, today: date) -> str:
    """17 december; with the year when it is another one."""
    return _day(one, one.year != today.year, _language())


@lru_cache(maxsize=4096)
def _day(one: date, with_year: bool, _language: str) -> str:
    return str(format_date(one, "d MMMM y" if with_year else "d MMMM"))


def owner(line: Line) -> str:
    """Who leads it: by name, that it is someone whom this reader does not see, or nobody."""
    return line.owner or (str(UNSEEN) if line.has_unseen_owner else str(NOBODY))


def tone(line: Line) -> str:
    """The tone of the mark of who leads it: of a resident, an organisation, or a group of its own."""
    if line.partner_kind == PartnerKind.RESIDENT:
        return "sun"
    return "c" if line.partner_is_formal else ""


@lru_cache(maxsize=64)
def _quadrant(key: str, language: str) -> tuple[bool, bool, str]:
    found = priority.quadrant(key)
    return found.is_important, found.is_urgent, found.name.in_(language)


def quadrant(key: str) -> tuple[bool, bool, str]:
    """Whether what lies in this quadrant is important, whether it is urgent, and what we do with it."""
    return _quadrant(key, _language())


def lateness(days: int) -> str:
    """What stands at an action whose day has passed: 3 dagen later."""
    return str(ngettext("%(num)d dag later", "%(num)d dagen later", days))


def due(on: date | None, today: date) -> str:
    """By when it is to be done."""
    return str(_("Klaar op %(day)s", day=day(on, today))) if on else str(_("Nog geen datum"))


def short_due(line: Line, today: date) -> str:
    """The day of an action where there is little room."""
    on = line.closed_on or line.due_on
    return day(on, today) if on else str(_("nog geen datum"))


def when(line: Line, today: date) -> str:
    """When it was done or stopped, or is to be done."""
    if line.closed_on is None:
        return due(line.due_on, today)
    if line.status == Status.STOPPED:
        return str(_("Gestopt op %(day)s", day=day(line.closed_on, today)))
    return str(_("Was klaar op %(day)s", day=day(line.closed_on, today)))


def span(line: Line, today: date) -> str:
    """From which day to which an action goes on, or when it was done or stopped."""
    if line.closed_on:
        return when(line, today)
    if line.starts_on and line.due_on:
        return str(
            _("%(first)s tot en met %(last)s", first=day(line.starts_on, today), last=day(line.due_on, today))
        )
    if line.starts_on:
        return str(_("vanaf %(day)s", day=day(line.starts_on, today)))
    return short_due(line, today)


def progress(agreed: int, done: int) -> str:
    """How far a group is: 1 van 4 klaar."""
    return str(_("%(done)s van %(all)s klaar", done=done, all=agreed)) if agreed else ""


def unclear(one: Unclear) -> str:
    """What was typed in one line and left alone, and what is needed."""
    sentences = {
        Doubt.WHICH: _("Wie bedoel je met %(name)s: %(people)s? Kies zelf nog wie het trekt.", name=one.typed,
                       people=format_list(one.names, "or", locale=_language())),
        Doubt.NOBODY: _("Niemand hier heet %(name)s. Kies zelf nog wie het trekt.", name=one.typed),
        Doubt.SEVERAL: _("Je noemt %(people)s. Kies zelf nog wie van hen het trekt.",
                         people=format_list(one.names, locale=_language())),
        Doubt.NO_DAY: _("De dag %(day)s bestaat niet. Er staat nog geen datum bij.", day=one.typed),
        Doubt.PAST: _("De dag ‘%(day)s’ is al voorbij. Er staat nog geen datum bij.", day=one.typed),
    }  # fmt: skip
    return str(sentences[one.why])


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "nl"
