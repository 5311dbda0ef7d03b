"""An event as a sentence. A feature that records a new verb adds its sentence here."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from vitaal.activity.models import Event

# (verb, kind of object) to a sentence with %(actor)s and %(object)s, and whatever stands in the event's detail.
SENTENCES = {
    ("founded", "workspace"): _l("%(actor)s begon deze plek"),
    ("changed", "workspace"): _l("%(actor)s paste de instellingen aan: %(what)s"),
    ("invited", "invitation"): _l("%(actor)s nodigde %(object)s uit"),
    ("invited_again", "invitation"): _l("%(actor)s nodigde %(object)s opnieuw uit"),
    ("withdrew", "invitation"): _l("%(actor)s trok de uitnodiging van %(object)s in"),
    ("asked_further_in", "partner"): _l("%(actor)s werd gevraagd om verder naar binnen te komen"),
    ("joined", "partner"): _l("%(actor)s doet nu mee namens %(object)s"),
    ("welcomed", "partner"): _l("%(actor)s gaf %(object)s een plek in %(to)s"),
    ("renamed", "partner"): _l("%(actor)s veranderde de naam van %(before)s in %(object)s"),
    ("moved", "partner"): _l("%(actor)s gaf %(object)s een plek in %(to)s"),
    ("left", "partner"): _l("%(object)s doet niet meer mee"),
    ("welcomed", "membership"): _l("%(actor)s heette %(object)s welkom, die meedoet namens %(partner)s"),
    ("moved", "membership"): _l("%(actor)s gaf %(object)s een plek in %(to)s"),
    ("gave_roles", "membership"): _l("%(actor)s gaf %(object)s een andere rol: %(after)s"),
    ("changed_helper", "membership"): _l("%(helper)s helpt %(object)s voortaan"),
    ("changed_partner", "membership"): _l("%(object)s doet voortaan mee namens %(to)s"),
    ("left", "membership"): _l("%(actor)s stopte met meedoen"),
    ("ended", "membership"): _l("%(object)s doet niet meer mee"),
    ("declined", "join_request"): _l("%(actor)s liet %(object)s weten dat het nu niet kan"),
    ("added", "action"): _l("%(actor)s zette ‘%(object)s’ op de agenda"),
}
_OTHERWISE = _l("%(actor)s veranderde iets aan %(object)s")

# What stands in an event's detail as a key, as people say it.
WORDS = {
    "inner": _l("de binnencirkel"),
    "outer": _l("de buitencirkel"),
    "free": _l("de vrije ruimte"),
    "lead": _l("trekker"),
    "facilitator": _l("procesbegeleider"),
    "liaison": _l("verbindingsofficier"),
    "name": _l("de naam"),
    "description": _l("wat jullie doen"),
    "challenge": _l("de opgave"),
    "phone": _l("het telefoonnummer"),
    "theme_colour": _l("de kleur"),
    "theme_file": _l("het thema"),
    "inviters": _l("wie mag uitnodigen"),
    "join_page_open": _l("de pagina om mee te doen"),
}


def sentence(event: Event) -> str:
    """What happened, in the reader's language, as plain text (for a letter)."""
    return _words_for(event) % _gaps(event, actor=_actor(event))


def sentence_html(event: Event) -> Markup:
    """What happened, with who did it in bold; what people typed is escaped."""
    words = Markup(_words_for(event))  # noqa: S704 - our own sentence, its gaps still empty
    return words % _gaps(event, actor=Markup("<b>{}</b>").format(_actor(event)))


def _words_for(event: Event) -> str:
    return str(SENTENCES.get((event.verb, event.object_kind), _OTHERWISE))


def _actor(event: Event) -> str:
    if not event.helped_by_name:
        return event.actor_name
    return str(_("%(name)s, geholpen door %(helper)s,", name=event.actor_name, helper=event.helped_by_name))


def _gaps(event: Event, actor: str) -> "_Gaps":
    return _Gaps(_in_words(event.detail), actor=actor, object=event.object_name)


def _in_words(detail: Mapping[str, Any]) -> dict[str, str]:
    lists = {name: value if isinstance(value, list) else [value] for name, value in detail.items()}
    return {
        name: ", ".join(str(WORDS.get(str(item), item)) for item in items) or _("geen")
        for name, items in lists.items()
    }


class _Gaps(dict[str, str]):
    """What an event knows; a gap that it can't fill stays empty, so that an old event can always be told."""

    def __missing__(self, _key: str) -> str:
        return ""
