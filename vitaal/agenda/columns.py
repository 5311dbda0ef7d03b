"""The columns of the agenda as a table: what they are called on the way out, and by which names they come in.

Lists that people made themselves have other heads than ours, in another order, in Dutch or in English, and with
slips of the pen. What is not recognised is left out, and told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from unicodedata import combining, normalize

from flask_babel import lazy_gettext as _l

_ALIKE = 0.88  # how much a head has to look like a name of at least _LONG letters: one slip of the pen
_LONG = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its name, how wide it is in letters, and the names that people give it, in plain letters."""

    key: str
    name: Any
    width: int
    known_as: tuple[str, ...]


COLUMNS = (
    Column("number", _l("Nummer"), 9, ("nummer", "nr", "no", "number", "actienummer")),
    Column("title", _l("Titel"), 40, (
        "titel", "actie", "acties", "actiepunt", "taak", "wat gaan we doen", "naam van de actie", "title", "action",
        "action item", "task",
    )),
    Column("reason", _l("Wat en waarom"), 60, (
        "wat en waarom", "waar gaat het om", "omschrijving", "beschrijving", "toelichting", "waarom", "reden",
        "what and why", "description", "details", "why",
    )),
    Column("goal", _l("Doel"), 30, ("doel", "doelstelling", "bij welk doel", "goal", "objective")),
    Column("owner", _l("Eigenaar"), 22, (
        "eigenaar", "wie", "wie trekt dit", "wie doet het", "trekker", "verantwoordelijke", "actiehouder", "owner", "who",
        "responsible", "assignee",
    )),
    Column("partner", _l("Organisatie"), 25, ("organisatie", "partner", "organisation", "organization", "partij")),
    Column("group", _l("Werkgroep"), 22, ("werkgroep", "groep", "working group", "group", "team")),
    Column("starts_on", _l("Begint op"), 12, (
        "begint op", "begin", "begindatum", "start", "startdatum", "vanaf", "wanneer begint het", "starts on",
        "start date", "from",
    )),
    Column("due_on", _l("Klaar op"), 12, (
        "klaar op", "klaar", "einde", "einddatum", "deadline", "uiterlijk", "wanneer", "datum", "tot",
        "wanneer is het klaar", "due on", "due", "due date", "end date", "when",
    )),
    Column("status", _l("Status"), 12, ("status", "stand", "hoe ver", "voortgang", "state", "progress")),
    Column("stop_reason", _l("Waarom gestopt"), 30, (
        "waarom gestopt", "reden van stoppen", "waarom stopten we", "why stopped", "reason for stopping", "stop reason",
    )),
    Column("labels", _l("Labels"), 20, ("labels", "label", "tags", "tag", "trefwoorden", "themas", "thema")),
    Column("serves", _l("Voor wie"), 25, ("voor wie", "voor wie doen we dit", "for whom", "who for")),
    Column("circle", _l("Wie ziet het"), 22, (
        "wie ziet het", "wie ziet dit", "zichtbaar voor", "zichtbaarheid", "who sees it", "visible to", "visibility",
    )),
    Column("helpers", _l("Wie helpt mee"), 30, (
        "wie helpt mee", "helpers", "meedoeners", "helpen mee", "who helps", "helped by",
    )),
)  # fmt: skip
NAMES = {column.key: column.name for column in COLUMNS}
_KEYS = {name: column.key for column in COLUMNS for name in column.known_as}
_LONG_NAMES = [name for name in _KEYS if len(name) >= _LONG]


def recognise(heads: Sequence[str]) -> dict[str, int]:
    """Which column stands at which place: first the heads that are called so, then those that look like it."""
    found: dict[str, int] = {}
    plain_heads = [plain(re.sub(r"\(.*?\)", " ", head)) for head in heads]
    for key_of in (_KEYS.get, _looks_like):
        for place, head in enumerate(plain_heads):
            key = None if place in found.values() else key_of(head)
            if key and key not in found:
                found[key] = place
    return found


def plain(text: str) -> str:
    """A text in small letters without accents, with single spaces for all else: so that `Thema's` is `themas`."""
    letters = normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    words = re.sub(r"[\W_]+", " ", "".join(each for each in letters if not combining(each)))
    return " ".join(words.split()) or text.strip()


def _looks_like(head: str) -> str | None:
    alike = get_close_matches(head, _LONG_NAMES, n=1, cutoff=_ALIKE) if len(head) >= _LONG else []
    return _KEYS[alike[0]] if alike else None
