"""Why a line of a file becomes no action, and why an action stays, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.agenda.columns import NAMES
from vitaal.agenda.imports.values import LONGEST, LONGEST_LABEL, MOST_LABELS
from vitaal.kernel.sheets.reading import Reason

WHYS = {
    "empty": _l("Hier staat geen titel. Schrijf op wat jullie gaan doen."),
    "too_long": _l("Maak dit korter: er passen %(longest)s letters in, dit zijn er %(value)s te veel."),
    "unreadable": _l("Hier staat een teken dat we niet kunnen lezen. Typ de tekst opnieuw."),
    "unknown_member": _l("%(value)s doet hier niet mee. Kijk of de naam klopt, of nodig diegene eerst uit."),
    "ambiguous": _l(
        "Er doen meer mensen mee die %(value)s heten. Zet de organisatie erachter: Jan (Buurthuis)."
    ),
    "outsider": _l("Alleen de binnencirkel ziet deze actie, en daar hoort %(value)s niet bij."),
    "unknown_partner": _l("De organisatie ‘%(value)s’ doet hier niet mee."),
    "unknown_group": _l("De werkgroep ‘%(value)s’ is er niet."),
    "unknown_goal": _l("Het doel ‘%(value)s’ is er nog niet."),
    "no_day": _l("‘%(value)s’ is geen dag die we begrijpen. Schrijf een dag als 24-11-2026."),
    "no_such_day": _l("De dag %(value)s bestaat niet. Schrijf een dag als 24-11-2026."),
    "odd_year": _l("Kies een dag tussen 2000 en 2200. Hier staat %(value)s."),
    "before_start": _l("Deze dag ligt vóór het begin."),
    "unknown_status": _l(
        "‘%(value)s’ kennen we niet. Schrijf idee, te doen, bezig, wacht, klaar of gestopt."
    ),
    "no_reason": _l("Schrijf erbij waarom jullie stopten."),
    "unknown_circle": _l("‘%(value)s’ kennen we niet. Schrijf iedereen of binnencirkel."),
    "labels": _l("Kies hoogstens %(most)s labels, van hoogstens %(longest_label)s letters."),
    "known": _l("Staat al op de agenda, als nummer %(value)s."),
    "double": _l("Staat ook op regel %(value)s."),
}
UNREADABLE = {
    Reason.EMPTY: _l("In dit bestand staat niets. Kies een ander bestand."),
    Reason.TOO_MANY_ROWS: _l("Deze lijst is te lang. Neem hoogstens 5.000 regels tegelijk."),
    Reason.TOO_MUCH: _l("Dit bestand is uitgepakt te groot. Neem minder regels tegelijk."),
    Reason.LOCKED_OR_OLD: _l(
        "Dit is een oud Excel-bestand, of er zit een wachtwoord op. Sla het op als xlsx, zonder wachtwoord."
    ),
    Reason.NO_TABLE: _l("Dit bestand kunnen we niet lezen als tabel. Sla je lijst op als csv, xlsx of ods."),
}
STAYS = {
    "changed": _l("Iemand heeft deze actie aangepast."),
    "talked": _l("Er is over deze actie gepraat, of er zit een bijlage bij."),
    "helped": _l("Iemand helpt hierbij mee."),
}


def fault(column: str, why: str, value: str) -> str:
    """What is wrong with a cell, after the name of its column."""
    words: Any = WHYS.get(why, why)
    gaps = {
        "value": value,
        "longest": LONGEST.get(column, ""),
        "most": MOST_LABELS,
        "longest_label": LONGEST_LABEL,
    }
    sentence = str(words) % gaps
    return (
        sentence
        if column == "title"
        else _("%(column)s: %(sentence)s", column=NAMES[column], sentence=sentence)
    )


def faults(found: list[list[str]]) -> str:
    """All that is wrong with a line, as it was kept."""
    return " ".join(fault(*each) for each in found)
