"""Many organisations at once: a pasted list, or lines from a spreadsheet, read line by line.

A line is a name, and after it in any order what is known: the kind, the circle, an e-mail address. Lines that
are right are taken; lines that are not come back, each with what is wrong.
"""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from vitaal.kernel.db import new_id
from vitaal.onboarding.forms import OrganisationForm
from vitaal.onboarding.seats import Organisation, Sort
from vitaal.pages.fields import first_text
from vitaal.workspaces.models import Circle

MOST_LINES = 300

_SORTS: Mapping[str, Sort] = {
    "formeel": Sort.FORMAL, "formele organisatie": Sort.FORMAL, "organisatie": Sort.FORMAL,
    "formal": Sort.FORMAL, "formal organisation": Sort.FORMAL, "organisation": Sort.FORMAL,
    "informeel": Sort.INFORMAL, "informele organisatie": Sort.INFORMAL, "vereniging": Sort.INFORMAL,
    "informal": Sort.INFORMAL, "informal organisation": Sort.INFORMAL, "association": Sort.INFORMAL,
    "initiatief": Sort.INITIATIVE, "bewonersinitiatief": Sort.INITIATIVE, "initiative": Sort.INITIATIVE,
    "bewoner": Sort.RESIDENT, "bewoners": Sort.RESIDENT, "resident": Sort.RESIDENT, "residents": Sort.RESIDENT,
}  # fmt: skip
_CIRCLES: Mapping[str, Circle] = {
    "binnen": Circle.INNER, "binnencirkel": Circle.INNER, "kerngroep": Circle.INNER,
    "buiten": Circle.OUTER, "buitencirkel": Circle.OUTER,
    "vrij": Circle.FREE, "vrije ruimte": Circle.FREE,
    "inner": Circle.INNER, "inner circle": Circle.INNER, "core group": Circle.INNER,
    "outer": Circle.OUTER, "outer circle": Circle.OUTER, "free": Circle.FREE, "free space": Circle.FREE,
}  # fmt: skip


@dataclass(frozen=True)
class WrongLine:
    """A line that could not be taken, and why."""

    number: int
    line: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What came of a list."""

    organisations: Sequence[Organisation]
    wrong: Sequence[WrongLine]


def read(text: str, there: Sequence[Organisation], otherwise: Circle) -> Reading:
    """Read a list for a draft in which these are there; `otherwise` is the circle where a line names none."""
    taken = list(there)
    added: list[Organisation] = []
    wrong: list[WrongLine] = []
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and _is_header(lines[0]):
        lines = lines[1:]
    for line in lines:
        found = _read_line(line, taken, otherwise) if len(added) < MOST_LINES else _too_many()
        if isinstance(found, str):
            wrong.append(WrongLine(len(wrong) + 1, line, found))
        else:
            taken.append(found)
            added.append(found)
    return Reading(added, wrong)


def _read_line(line: str, taken: Sequence[Organisation], otherwise: Circle) -> Organisation | str:
    """The organisation that a line means, or the sentence that says what is wrong with it."""
    name, *rest = _cells(line)
    typed: dict[str, list[str]] = {
        "name": [name],
        "sort": [Sort.FORMAL],
        "circle": [otherwise],
        "email": [""],
    }
    for cell in filter(None, rest):
        word = cell.lower()
        if "@" in cell:
            typed["email"] = [cell]
        elif word in _CIRCLES:
            typed["circle"] = [_CIRCLES[word]]
        elif word in _SORTS:
            typed["sort"] = [_SORTS[word]]
        else:
            return _unknown(cell)
    form = OrganisationForm.of(typed)
    form.taken = taken
    if not form.validate():
        return str(first_text(form.errors))
    return organisation_in(form)


def organisation_in(form: OrganisationForm) -> Organisation:
    """The organisation in a form that is right."""
    return Organisation(
        id=str(new_id()),
        name=form.name.data or "",
        sort=form.sort.data,
        circle=form.circle.data,
        email=form.email.data or "",
    )


def _cells(line: str) -> list[str]:
    separator = next((mark for mark in ("\t", ";") if mark in line), ",")
    seen = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in line)
    cells = next(csv.reader([seen], delimiter=separator, skipinitialspace=True))
    return [" ".join(cell.split()) for cell in cells] or [""]


def _is_header(line: str) -> bool:
    return (
        _cells(line)[0].lower() in {"naam", "name", "organisatie", "organisation", "partner"}
        and "@" not in line
    )


def _unknown(cell: str) -> str:
    words = _(
        "We begrijpen ‘%(cell)s’ niet. Is het een soort, een cirkel of een e-mailadres?", cell=cell[:60]
    )
    return str(words)


def _too_many() -> str:
    return str(_("Er passen %(most)d regels in één keer. Voeg deze hierna toe.", most=MOST_LINES))
