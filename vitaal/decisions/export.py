"""The register as a table to take along: what a filter shows, as this reader may see it."""

from collections.abc import Iterator

from flask_babel import gettext as _

from vitaal.decisions import words
from vitaal.decisions.filters import Filter
from vitaal.decisions.models import How
from vitaal.decisions.register import every_entry, places
from vitaal.kernel.sheets import Value
from vitaal.kernel.sheets.writing import Head


def heads() -> list[Head]:
    """What stands above the columns, in the reader's language."""
    return [
        Head(_("Soort"), 12), Head(_("Tekst"), 60), Head(_("Datum"), 12), Head(_("Stand"), 14),
        Head(_("Hoe besloten"), 20), Head(_("Wie besloot"), 25), Head(_("Wie zag het anders"), 40),
        Head(_("Geldt tot en met"), 16), Head(_("Wie let erop"), 22), Head(_("Kijken op"), 12),
        Head(_("Komt uit"), 35), Head(_("Wie ziet het"), 22), Head(_("Opgeschreven door"), 22),
    ]  # fmt: skip


def rows(found: Filter) -> Iterator[list[Value]]:
    """The cells of each entry, newest first."""
    entries = every_entry(found)
    known = places(entries)
    for entry in entries:
        where = known.get(entry.source) if entry.source else None
        source = entry.source[0] if entry.source else None
        yield [
            _("Besluit") if entry.is_decision else _("Afspraak"), entry.text, entry.day, words.state(entry),
            str(words.HOWS[How(entry.how)]) if entry.how else None, entry.decided_by, entry.minority,
            entry.valid_until, None if entry.is_decision else entry.owner or str(words.UNSEEN),
            None if entry.ended_at else entry.check_on, words.from_what(source, where.name) if where else None,
            words.audience(entry), entry.by_name,
        ]  # fmt: skip
