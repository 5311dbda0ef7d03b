"""An action typed in one line: `Folder maken @Ria vr` is a title, an owner and a day.

Only what can mean one thing is taken out of the title. Whatever could be meant otherwise stays where it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import combining, normalize
from uuid import UUID

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
               "november", "december")  # fmt: skip
FROM_TODAY = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
# After one of these a day belongs to the title: "Koffie op vrijdag", "Elke vrijdag", "Rooster za en zo".
BELONGS = {
    "op",
    "elke",
    "iedere",
    "en",
    "of",
    "tot",
    "t/m",
    "van",
    "voor",
    "vanaf",
    "na",
    "tussen",
    "per",
    "de",
    "het",
}

_NUMBERS = re.compile(r"(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?")


@dataclass(frozen=True, slots=True)
class OneLine:
    """What was typed: the title, and the owner and day that were recognised in it."""

    title: str
    owner_id: UUID | None = None
    due_on: date | None = None


def read(typed: str, members: Iterable[tuple[UUID, str]], today: date) -> OneLine:
    """Take an owner (`@` and a first or whole name) and a day at the end out of a line.

    `members` are ids with names. A name that nobody has, or two people, is not recognised; neither is a day in
    the past, or one that stands inside a sentence. Nothing is taken when no title would be left.
    """
    words = typed.split()
    words, owner_id = _without_owner(words, members)
    words, due_on = _without_day(words, today)
    if not words:
        return OneLine(" ".join(typed.split()))
    return OneLine(" ".join(words), owner_id, due_on)


def _without_owner(words: list[str], members: Iterable[tuple[UUID, str]]) -> tuple[list[str], UUID | None]:
    places = [place for place, word in enumerate(words) if word.startswith("@")]
    if len(places) != 1:
        return words, None
    start = places[0]
    people = [(member_id, _plain(name).split()) for member_id, name in members]
    for length in range(min(6, len(words) - start), 0, -1):
        called = _plain(" ".join(words[start : start + length])[1:]).split()
        meant = {member_id for member_id, name in people if called and called in (name, name[:1])}
        if len(meant) == 1:
            return words[:start] + words[start + length :], meant.pop()
    return words, None


def _without_day(words: list[str], today: date) -> tuple[list[str], date | None]:
    for length in (3, 2, 1):
        day = _day(words[-length:], today) if len(words) >= length else None
        if day is None:
            continue
        rest = words[:-length]
        before = rest[-1].lower() if rest else ""
        if before in BELONGS or _day([before], today):
            return words, None
        return rest, day
    return words, None


def _day(words: Sequence[str], today: date) -> date | None:
    """The one day that these words mean, today or later; None when they mean none."""
    word = words[0].lower()
    if len(words) > 1:
        return _written_day([each.lower() for each in words], today)
    if word in FROM_TODAY:
        return today + timedelta(days=FROM_TODAY[word])
    for number, name in enumerate(WEEKDAYS, start=1):
        if word in {name, name[:2]}:
            return today + timedelta(days=(number - today.isoweekday() - 1) % 7 + 1)
    numbers = _NUMBERS.fullmatch(word)
    return _coming(today, *numbers.groups()) if numbers else None


def _written_day(words: Sequence[str], today: date) -> date | None:
    """24 november, 24 nov 2026."""
    day, month, year = words[0], words[1].rstrip("."), words[2] if len(words) == 3 else None
    names = LONG_MONTHS if month in LONG_MONTHS else MONTHS
    if month not in names or not re.fullmatch(r"\d{1,2}", day) or (year and not re.fullmatch(r"\d{4}", year)):
        return None
    return _coming(today, day, str(names.index(month) + 1), year)


def _coming(today: date, day: str, month: str, year: str | None = None) -> date | None:
    """The day of this year or, when that has passed, of the next; None for a day that is no day, or has passed."""
    years = (int(year),) if year else (today.year, today.year + 1)
    for one in years:
        try:
            found = date(one, int(month), int(day))
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _plain(name: str) -> str:
    """A name without accents and capitals, so that `@rene` finds René."""
    return "".join(letter for letter in normalize("NFD", name.casefold()) if not combining(letter))
