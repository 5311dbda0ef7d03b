"""An action typed in one line: `Folder maken @Ria vr` is a title, an owner and a day.

Only what can mean one thing is taken out of the title. Whatever could be meant otherwise stays where it is, and
what looks like a name or a day but is none is told.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import combining, normalize
from uuid import UUID

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
               "november", "december")  # fmt: skip
FROM_TODAY = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
PASSED = {"gisteren", "eergisteren"}
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


class Doubt(StrEnum):
    """Why a name or a day was left alone."""

    WHICH = "which"  # more than one member has this name
    NOBODY = "nobody"  # no member has it
    SEVERAL = "several"  # more names than one
    NO_DAY = "no day"  # no calendar has this day
    PAST = "past"

    @property
    def is_of_day(self) -> bool:
        """Whether it is about the day; else it is about the owner."""
        return self in {Doubt.NO_DAY, Doubt.PAST}


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name or a day that was left alone, as it was typed, and the names of whom it could mean."""

    why: Doubt
    typed: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OneLine:
    """What was typed: the title, the owner and day that were recognised in it, and what was not."""

    title: str
    owner_id: UUID | None = None
    due_on: date | None = None
    unclear: tuple[Unclear, ...] = ()


def read(typed: str, members: Iterable[tuple[UUID, str]], today: date) -> OneLine:
    """Take an owner (`@` and a first or whole name) and a day at the end out of a line.

    `members` are ids with names. A name that nobody has, or two people, is not recognised; neither is a day in
    the past, or one that stands inside a sentence. Nothing is taken when no title would be left.
    """
    words = typed.split()
    words, owner_id, unclear = _without_owner(words, list(members))
    words, due_on = _without_day(words, today)
    if not words:
        return OneLine(" ".join(typed.split()))
    if due_on is None:
        unclear += _unclear_day(words, today)
    return OneLine(" ".join(words), owner_id, due_on, unclear)


def _without_owner(
    words: list[str], members: Sequence[tuple[UUID, str]]
) -> tuple[list[str], UUID | None, tuple[Unclear, ...]]:
    places = [place for place, word in enumerate(words) if word.startswith("@")]
    if len(places) > 1:
        return words, None, (Unclear(Doubt.SEVERAL, "", tuple(_name(words[place]) for place in places)),)
    if not places:
        return words, None, ()
    start, name = places[0], _name(words[places[0]])
    unclear = (Unclear(Doubt.NOBODY, name),) if name != "@" else ()
    for length in range(min(6, len(words) - start), 0, -1):
        called = _name(" ".join(words[start : start + length]))
        meant = {member_id: name for member_id, name in members if _is_called(name, called)}
        if len(meant) == 1:
            return words[:start] + words[start + length :], next(iter(meant)), ()
        if meant:
            unclear = (Unclear(Doubt.WHICH, called, tuple(meant.values())),)
    return words, None, unclear


def _name(typed: str) -> str:
    """What was typed as a name, without the comma behind it."""
    return typed.rstrip(",.;:?")


def _is_called(name: str, called: str) -> bool:
    whole, typed = _plain(name).split(), _plain(called[1:]).split()
    return bool(typed) and typed in (whole, whole[:1])


def _without_day(words: list[str], today: date) -> tuple[list[str], date | None]:
    for length in (3, 2, 1):
        day = _day(words[-length:], today) if len(words) >= length else None
        if day is None:
            continue
        return (words, None) if _belongs(words[:-length], today) else (words[:-length], day)
    return words, None


def _belongs(rest: Sequence[str], today: date) -> bool:
    """Whether a day behind these words is a part of the title."""
    before = rest[-1].lower() if rest else ""
    return before in BELONGS or _day([before], today) is not None


def _unclear_day(words: Sequence[str], today: date) -> tuple[Unclear, ...]:
    """The day at the end that no calendar has, or that has passed."""
    for length in (3, 2, 1):
        rest, last = words[:-length], words[-length:]
        why = _doubt(last, today) if rest else None
        if why and not _belongs(rest, today):
            return (Unclear(why, " ".join(last)),)
    return ()


def _doubt(words: Sequence[str], today: date) -> Doubt | None:
    if len(words) == 1 and words[0].lower() in PASSED:
        return Doubt.PAST
    numbers = _numbers(words)
    if numbers is None or _coming(today, *numbers):
        return None
    day, month, year = numbers
    if year is None:  # what can't be a day at all, as in 20-30, is taken for something else
        return Doubt.NO_DAY if 1 <= int(day) <= 31 and 1 <= int(month) <= 12 else None
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return Doubt.NO_DAY
    return Doubt.PAST


def _day(words: Sequence[str], today: date) -> date | None:
    """The one day that these words mean, today or later; None when they mean none."""
    word = words[0].lower() if len(words) == 1 else ""
    if word in FROM_TODAY:
        return today + timedelta(days=FROM_TODAY[word])
    for number, name in enumerate(WEEKDAYS, start=1):
        if word in {name, name[:2]}:
            return today + timedelta(days=(number - today.isoweekday() - 1) % 7 + 1)
    numbers = _numbers(words)
    return _coming(today, *numbers) if numbers else None


def _numbers(words: Sequence[str]) -> tuple[str, str, str | None] | None:
    """The day, month and year in 24-11, 24-11-2026, 24 november or 24 nov 2026."""
    if len(words) == 1:
        found = _NUMBERS.fullmatch(words[0])
        return (found[1], found[2], found[3]) if found else None
    day, month, year = words[0], words[1].lower().rstrip("."), words[2] if len(words) == 3 else None
    names = LONG_MONTHS if month in LONG_MONTHS else MONTHS
    if month not in names or not re.fullmatch(r"\d{1,2}", day) or (year and not re.fullmatch(r"\d{4}", year)):
        return None
    return day, str(names.index(month) + 1), year


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
