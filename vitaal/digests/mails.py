"""The digest as a letter: one mail over all workspaces of its reader (rules D-01 to D-24)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from vitaal.digests.chapter import Chapter
from vitaal.digests.unsubscribing import secret_for
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.people.models import Cadence, Person
from vitaal.people.rhythm import weekday_of
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter

_LONGEST_LINE = 80


def digest(person: Person, cadence: str, chapters: Sequence[Chapter], *, give_up_at: datetime) -> Letter:
    """The letter about these workspaces, of which at least one has something to say."""
    with force_locale(person.language):
        subject = _subject(chapters)
        first_name = person.name.split(maxsplit=1)[0] if person.name.strip() else ""
        return compose(
            "digest",
            person.email,
            subject=subject,
            template="digests/mail/digest",
            language=person.language,
            assurance=Assurance.AT_MOST_ONCE,
            give_up_at=give_up_at,
            unsubscribe_url=address_of("digests.stop", secret=secret_for(person.id)),
            change_url=address_of("people.preferences"),
            sender_name=chapters[0].name if len(chapters) == 1 else "Vitaal",
            preheader=_preheader(chapters),
            title=_title(first_name, cadence),
            day=clock.today(person.zone),
            chapters=[_rows(chapter) for chapter in chapters],
            is_outer=not any(chapter.is_inside for chapter in chapters),
            why=_why(cadence, weekday_of(person)),
        )


def in_words(number: int) -> str:
    """A number as people say it: words up to ten (rule D-23)."""
    words = (
        _("nul"), _("een"), _("twee"), _("drie"), _("vier"), _("vijf"), _("zes"), _("zeven"), _("acht"),
        _("negen"), _("tien"),
    )  # fmt: skip
    return words[number] if number < len(words) else str(number)


def _rows(chapter: Chapter) -> dict[str, Any]:
    """A chapter as the template shows it: lists of rows, and how much more there is."""
    return {
        "name": chapter.name,
        "href": address_of("workspaces.today", slug=chapter.slug),
        "asks": [{"title": item.text, "href": item.url, "verb": _("Bekijk het")} for item in chapter.asks],
        "news": [{"title": item.text, "href": item.url} for item in chapter.shown],
        "joined": [{"title": item.text, "href": item.url} for item in chapter.joined[: chapter.most]],
        "more_news": _more_news(len(chapter.news) - chapter.most),
        "more_joined": _more_joined(len(chapter.joined) - chapter.most),
    }


def _more_news(number: int) -> str:
    if number <= 0:
        return ""
    return str(ngettext("En nog één bericht.", "En nog %(words)s berichten.", number, words=in_words(number)))


def _more_joined(number: int) -> str:
    if number <= 0:
        return ""
    return str(ngettext("En nog iemand.", "En nog %(words)s anderen.", number, words=in_words(number)))


def _subject(chapters: Sequence[Chapter]) -> str:
    """The workspace and the nearest request, then how much more there is (rule D-19)."""
    first = chapters[0]
    nearest = (first.asks or first.shown or first.joined)[0].text
    others = sum(chapter.count for chapter in chapters) - 1
    line = f"{first.name}: {_shortened(nearest)}"
    if not others:
        return line
    more = ngettext("en één ander bericht", "en %(words)s andere berichten", others, words=in_words(others))
    return f"{line} ({more})"


def _shortened(text: str) -> str:
    text = text.rstrip(".")
    if len(text) <= _LONGEST_LINE:
        return text
    return text[: _LONGEST_LINE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _preheader(chapters: Sequence[Chapter]) -> str:
    asks = sum(len(chapter.asks) for chapter in chapters)
    if not asks:
        return str(_("Dit is er nieuw sinds de vorige keer."))
    return str(ngettext(
        "Eén ding vraagt iets van jou.", "%(words)s dingen vragen iets van jou.", asks,
        words=in_words(asks).capitalize(),
    ))  # fmt: skip


def _title(first_name: str, cadence: str) -> str:
    match cadence:
        case Cadence.DAILY:
            return str(_("Dag %(name)s, dit is er nieuw", name=first_name))
        case Cadence.WEEKLY:
            return str(_("Dag %(name)s, dit is jouw week", name=first_name))
    return str(_("Dag %(name)s, dit gebeurde er deze maand", name=first_name))


def _why(cadence: str, weekday: int) -> str:
    match cadence:
        case Cadence.DAILY:
            return str(_("Je krijgt deze mail elke dag dat er iets nieuws is."))
        case Cadence.WEEKLY:
            days = (
                _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"),
            )  # fmt: skip
            return str(_("Je krijgt deze mail op %(day)s, als er iets nieuws is.", day=days[weekday - 1]))
    return str(_("Je krijgt deze mail aan het begin van de maand, als er iets nieuws is."))
