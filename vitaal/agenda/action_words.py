"""The words for what stands on the page of one action."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.agenda.meeting_queries import meeting_numbered
from vitaal.agenda.models import Action, Repeat
from vitaal.agenda.words import STATUSES
from vitaal.method import ingredients
from vitaal.workspaces.models import Circle

REPEATS = {
    Repeat.NEVER: _l("Nee, één keer"),
    Repeat.WEEK: _l("Elke week"),
    Repeat.MONTH: _l("Elke maand"),
    Repeat.QUARTER: _l("Elk kwartaal"),
    Repeat.YEAR: _l("Elk jaar"),
}
AUDIENCES = {Circle.OUTER: _l("Iedereen die meedoet"), Circle.INNER: _l("Alleen de binnencirkel")}
ORIGINS = {
    "ingredient": _l("het ingrediënt"),
    "session": _l("het gesprek"),
    "rule": _l("de spelregel"),
    "decision": _l("het besluit"),
    "meeting": _l("de bijeenkomst"),
}
# The words for what fields hold as a key.
VALUES: dict[str, Mapping[Any, Any]] = {"status": STATUSES, "repeats": REPEATS, "circle": AUDIENCES}


def origin(action: Action) -> str:
    """Where an action came from: het ingrediënt ‘Vertrouwen’; "" when nobody said."""
    if not action.origin_kind:
        return ""
    name = action.origin_name
    if action.origin_kind == "ingredient":
        name = ingredient_name(action.origin_key) or name
    if action.origin_kind == "meeting":
        meeting = meeting_numbered(int(action.origin_key))
        if meeting is None:
            return str(_("een bijeenkomst"))
        name = meeting.title
    kind = ORIGINS.get(action.origin_kind)
    return f"{kind} ‘{name}’" if kind else name


def ingredient_name(key: str) -> str:
    """What an ingredient of the method is called in the reader's language; "" for one that it doesn't have."""
    try:
        return ingredients.ingredient(key).name.in_(str(get_locale()))
    except ingredients.UnknownIngredient:
        return ""
