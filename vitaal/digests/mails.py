"""The digest as a letter: one mail over all workspaces of its reader (rules D-01 to D-24)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import force_locale, format_date, ngettext
from flask_babel import gettext as _

from vitaal.activity.contribution import Item
from vitaal.digests import words
from vitaal.digests.chapter import Chapter
from vitaal.digests.unsubscribing import secret_for
from vitaal.digests.words import in_words
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.people.models import Cadence, Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter

_LONGEST_LINE = 80
_MEETING = "calendar-blank"
Rhythm = tuple[Cadence, int]


def digest(
    person: Person, chapters: Sequence[Chapter], rhythms: Iterable[Rhythm], *, give_up_at: datetime | None
) -> Letter:
    """The letter about these workspaces, of which at least one has something to say.

    `rhythms` are those in which the reader hears of them: cadence, and ISO weekday of the weekly ones.
    """
    with force_locale(person.language):
        different = sorted(set(rhythms), key=lambda rhythm: list(Cadence).index(rhythm[0]))
        return compose(
            "digest",
            person.email,
            subject=_subject(chapters),
            template="digests/mail/digest",
            language=person.language,
            assurance=Assurance.AT_MOST_ONCE,
            is_bulk=True,
            give_up_at=give_up_at,
            unsubscribe_url=_stop_address(person),
            change_url=address_of("digests.preferences"),
            sender_name=chapters[0].name if len(chapters) == 1 else "Vitaal",
            preheader=_preheader(chapters),
            title=words.title(_first_name(person), different[0][0]),
            day=clock.today(person.zone),
            chapters=[_rows(chapter) for chapter in chapters],
            is_outer=not any(chapter.is_inside for chapter in chapters),
            why=words.why(*different[0])
            if len(different) == 1
            else _("Jij koos hoe vaak je van elke plek hoort."),
        )


def still_welcome(person: Person) -> Letter:
    """The one question to who let nothing be heard for half a year (rule D-15)."""
    with force_locale(person.language):
        return compose(
            "digest",
            person.email,
            subject=_("Wil je nog mail van ons krijgen?"),
            template="digests/mail/still_welcome",
            language=person.language,
            assurance=Assurance.AT_MOST_ONCE,
            is_bulk=True,
            unsubscribe_url=_stop_address(person),
            change_url=address_of("digests.preferences"),
            preheader=_("Je hoeft niets te doen als je wilt stoppen."),
            first_name=_first_name(person),
            choose_url=_stop_address(person),
        )


def _stop_address(person: Person) -> str:
    return address_of("digests.stop", secret=secret_for(person.id))


def _first_name(person: Person) -> str:
    return person.name.split(maxsplit=1)[0] if person.name.strip() else ""


def _rows(chapter: Chapter) -> dict[str, Any]:
    """A chapter as the template shows it: lists of rows, and how much more there is."""
    most = chapter.most
    return {
        "name": chapter.name,
        "href": address_of("workspaces.today", slug=chapter.slug),
        "meetings": [_row(item) for item in chapter.asks if item.mark == _MEETING],
        "asks": [_row(item) for item in chapter.asks if item.mark != _MEETING],
        "ahead": [_row(item) for item in chapter.ahead[:most]],
        "decided": [_row(item) for item in chapter.decided[:most]],
        "news": [_row(item) for item in chapter.news[:most]],
        "joined": [_row(item) for item in chapter.joined],
        "harvest": [_row(item) for item in chapter.harvest[:1]],
        "more": _more(sum(len(items[most:]) for items in (chapter.ahead, chapter.decided, chapter.news))),
    }


def _row(item: Item) -> dict[str, Any]:
    """A line; its day as a tile shows it, for what is on a day."""
    return {
        "title": item.text,
        "text": item.detail,
        "href": item.url,
        "verb": item.verb,
        "tile": _tile(item.on) if item.on else None,
    }


def _tile(day: date) -> tuple[str, str, str]:
    return (
        str(format_date(day, "EEE")).rstrip("."),
        str(format_date(day, "d")),
        str(format_date(day, "MMM")).rstrip("."),
    )


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return str(ngettext("En nog één bericht.", "En nog %(words)s berichten.", number, words=in_words(number)))


def _subject(chapters: Sequence[Chapter]) -> str:
    """The workspace and the nearest request with its day, then how much more there is (rule D-19)."""
    first = chapters[0]
    others = sum(chapter.count for chapter in chapters) - 1
    line = f"{first.name}: {_in_short(first.nearest)}"
    if not others:
        return line
    more = ngettext("en één ander bericht", "en %(words)s andere berichten", others, words=in_words(others))
    return f"{line} ({more})"


def _in_short(item: Item) -> str:
    text = _shortened(item.text)
    if not item.on or not item.verb or item.mark == _MEETING:
        return text
    day = format_date(item.on, "EEEE d MMMM")
    late = item.on < clock.today()
    return str(_("%(what)s, het was voor %(day)s", what=text, day=day) if late
               else _("%(what)s, vóór %(day)s", what=text, day=day))  # fmt: skip


def _shortened(text: str) -> str:
    text = text.rstrip(".")
    if len(text) <= _LONGEST_LINE:
        return text
    return text[: _LONGEST_LINE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _preheader(chapters: Sequence[Chapter]) -> str:
    asks = sum(len(chapter.requests) for chapter in chapters)
    if not asks:
        return str(_("Dit is er nieuw sinds de vorige keer."))
    return str(ngettext(
        "Eén ding vraagt iets van jou.", "%(words)s dingen vragen iets van jou.", asks,
        words=in_words(asks).capitalize(),
    ))  # fmt: skip
