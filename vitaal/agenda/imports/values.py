"""From what someone typed in a cell to what an action can hold."""

import re
from datetime import date

from vitaal.agenda.columns import plain
from vitaal.agenda.models import Status
from vitaal.pages.forms import LINE, STORY, is_visible
from vitaal.workspaces.models import Circle

LONGEST = {"title": LINE, "reason": STORY, "goal": LINE, "serves": LINE, "stop_reason": LINE}
MOST_LABELS, LONGEST_LABEL = 10, 40
YEARS = range(2000, 2200)

_UNREAD = "\ufffd"  # stands where a letter could not be read
_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?")
_DAY_FIRST = re.compile(r"(?:[a-z]+\.? )?(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})[-/. ]+(\d{4}|\d{2})")
_STATUSES = {
    Status.IDEA: ("idee", "idea", "voorstel"),
    Status.TO_DO: (
        "te doen", "to do", "todo", "open", "nieuw", "new", "gepland", "planned", "nog niet begonnen", "not started",
    ),
    Status.DOING: (
        "bezig", "mee bezig", "loopt", "lopend", "in uitvoering", "gestart", "doing", "in progress", "started",
    ),
    Status.WAITING: ("wacht", "wachten", "in de wacht", "uitgesteld", "waiting", "on hold"),
    Status.DONE: ("klaar", "gereed", "afgerond", "gedaan", "voltooid", "done", "ready", "completed", "finished"),
    Status.STOPPED: ("gestopt", "vervallen", "geannuleerd", "stopped", "cancelled"),
}  # fmt: skip
_STATUS_OF = {word: status for status, words in _STATUSES.items() for word in words}
_INSIDE, _EVERYONE = ("binnen", "inner"), ("iedereen", "allen", "buiten", "everyone", "everybody", "outer")


class Wrong(ValueError):
    """A cell that can't be taken as it is: `why` is a key of `words.WHYS`, `value` what it is about."""

    def __init__(self, why: str, value: str = "") -> None:
        super().__init__(why)
        self.why, self.value = why, value[:80]


def text(key: str, typed: str, *, one_line: bool = True) -> str:
    """A text that fits, with only letters that can be read. Raises Wrong."""
    if _UNREAD in typed or not is_visible(typed):
        raise Wrong("unreadable")
    found = " ".join(typed.split()) if one_line else typed
    if len(found) > LONGEST[key]:
        raise Wrong("too_long", f"{len(found) - LONGEST[key]}")
    return found


def day(typed: str) -> date | None:
    """A day as 24-11-2026, 24/11/26, 2026-11-24 or di 24 november 2026; None when nothing was typed. Raises Wrong."""
    if not typed:
        return None
    written = " ".join(typed.lower().split())
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, number = found.groups()
    elif found := _DAY_FIRST.fullmatch(written):
        number, month, year = found.groups()
    else:
        raise Wrong("no_day", typed)
    try:
        known = date(int(year) + (2000 if len(year) == 2 else 0), _month(month), int(number))
    except ValueError:
        raise Wrong("no_such_day", typed) from None
    if known.year not in YEARS:
        raise Wrong("odd_year", typed)
    return known


def _month(written: str) -> int:
    """Raises ValueError for what is no month."""
    return int(written) if written.isdigit() else _MONTHS.get(written[:3], 0)


def status(typed: str) -> Status:
    """How far it is; to do when nothing was typed. Raises Wrong."""
    found = _STATUS_OF.get(plain(typed)) if typed else Status.TO_DO
    if found is None:
        raise Wrong("unknown_status", typed)
    return found


def circle(typed: str) -> Circle:
    """Who sees it; everyone when nothing was typed. Raises Wrong."""
    written = plain(typed)
    if any(word in written for word in _INSIDE):
        return Circle.INNER
    if not typed or any(word in written for word in _EVERYONE):
        return Circle.OUTER
    raise Wrong("unknown_circle", typed)


def labels(typed: str) -> list[str]:
    """A few short labels, each once. Raises Wrong."""
    if not is_visible(typed) or _UNREAD in typed:
        raise Wrong("unreadable")
    found = list(dict.fromkeys(parts(typed)))
    if len(found) > MOST_LABELS or any(len(label) > LONGEST_LABEL for label in found):
        raise Wrong("labels")
    return found


def parts(typed: str) -> list[str]:
    """What stands between commas, semicolons and line breaks."""
    return [" ".join(part.split()) for part in re.split(r"[,;\n]", typed) if part.strip()]
