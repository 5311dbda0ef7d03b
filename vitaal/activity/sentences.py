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
    ("added", "attachment"): _l("%(actor)s voegde ‘%(object)s’ toe bij ‘%(topic)s’"),
    ("removed", "attachment"): _l("%(actor)s haalde ‘%(object)s’ weg bij ‘%(topic)s’"),
    ("brought_back", "attachment"): _l("%(actor)s zette ‘%(object)s’ terug bij ‘%(topic)s’"),
    ("added", "action"): _l("%(actor)s zette ‘%(object)s’ op de agenda"),
    ("proposed", "action"): _l("%(actor)s stelde voor: ‘%(object)s’"),
    ("accepted", "action"): _l("%(actor)s maakte een actie van het idee ‘%(object)s’"),
    ("put_aside", "action"): _l("%(actor)s legde het idee ‘%(object)s’ nu opzij: %(reason)s"),
    ("gave", "action"): _l("%(owner)s trekt nu ‘%(object)s’"),
    ("changed", "action"): _l("%(actor)s paste ‘%(object)s’ aan: %(what)s"),
    ("finished", "action"): _l("%(actor)s zette ‘%(object)s’ op klaar"),
    ("stopped", "action"): _l("%(actor)s stopte met ‘%(object)s’: %(reason)s"),
    ("came_back", "action"): _l("‘%(object)s’ staat opnieuw op de agenda"),
    ("archived", "action"): _l("%(actor)s zette ‘%(object)s’ in het archief"),
    ("threw_away", "action"): _l("%(actor)s gooide ‘%(object)s’ weg"),
    ("brought_back", "action"): _l("%(actor)s zette ‘%(object)s’ terug op de agenda"),
    ("helps", "action"): _l("%(helper)s helpt mee met ‘%(object)s’"),
    ("stopped_helping", "action"): _l("%(helper)s helpt niet meer mee met ‘%(object)s’"),
    ("changed", "actions"): _l("%(actor)s veranderde %(number)s acties: %(what)s"),
    ("took_along", "period"): _l("%(actor)s nam %(number)s acties mee naar een nieuw kwartaal (%(object)s)"),
    ("imported", "action_import"): _l("%(actor)s zette %(number)s acties op de agenda uit ‘%(object)s’"),
    ("gave", "action_import"): _l("%(owner)s trekt nu %(number)s acties uit ‘%(object)s’"),
    ("undid", "action_import"): _l("%(actor)s haalde %(number)s acties uit ‘%(object)s’ weer weg"),
    ("brought_back", "action_import"): _l("%(actor)s zette %(number)s acties uit ‘%(object)s’ terug"),
    ("announced", "meeting"): _l("%(actor)s plande de bijeenkomst ‘%(object)s’"),
    ("moved", "meeting"): _l("%(actor)s veranderde de tijd of de plek van ‘%(object)s’"),
    ("cancelled", "meeting"): _l("%(actor)s zegde de bijeenkomst ‘%(object)s’ af"),
    ("revived", "meeting"): _l("%(actor)s laat de bijeenkomst ‘%(object)s’ toch doorgaan"),
    ("added", "challenge"): _l("%(actor)s schreef de opgave ‘%(object)s’ op"),
    ("changed", "challenge"): _l("%(actor)s paste de opgave ‘%(object)s’ aan: %(what)s"),
    ("archived", "challenge"): _l("%(actor)s zette de opgave ‘%(object)s’ in het archief"),
    ("brought_back", "challenge"): _l("%(actor)s haalde de opgave ‘%(object)s’ terug"),
    ("added", "goal"): _l("%(actor)s stelde het doel ‘%(object)s’"),
    ("changed", "goal"): _l("%(actor)s paste het doel ‘%(object)s’ aan: %(what)s"),
    ("archived", "goal"): _l("%(actor)s zette het doel ‘%(object)s’ in het archief"),
    ("brought_back", "goal"): _l("%(actor)s haalde het doel ‘%(object)s’ terug"),
    ("backed", "goal"): _l("%(partner)s staat achter het doel ‘%(object)s’"),
    ("hesitated", "goal"): _l("%(partner)s staat nog niet achter het doel ‘%(object)s’"),
    ("began", "working_group"): _l("%(actor)s begon de werkgroep ‘%(object)s’"),
    ("changed", "working_group"): _l("%(actor)s paste de werkgroep ‘%(object)s’ aan"),
    ("joined", "working_group"): _l("%(name)s doet mee met de werkgroep ‘%(object)s’"),
    ("left", "working_group"): _l("%(name)s stopte met de werkgroep ‘%(object)s’"),
    ("ended", "working_group"): _l("De werkgroep ‘%(object)s’ is klaar"),
    ("opened", "priority_round"): _l("%(actor)s vroeg wat jullie van %(count)s acties vinden"),
    ("closed", "priority_round"): _l("De ronde over wat eerst komt is gesloten"),
    ("settled", "priority_round"): _l("%(actor)s schreef op wat jullie eerst doen"),
    ("proposed", "proposal"): _l("%(actor)s deed een voorstel: ‘%(object)s’"),
    ("went_on", "proposal"): _l("Het voorstel ‘%(object)s’ gaat verder: %(stage)s"),
    ("reworded", "proposal"): _l("%(actor)s maakte de tekst van het voorstel ‘%(object)s’ beter"),
    ("offered", "proposal"): _l("%(actor)s stelde een andere tekst voor bij ‘%(object)s’"),
    ("answered", "proposal"): _l("%(actor)s antwoordde op een andere tekst bij ‘%(object)s’"),
    ("guides", "proposal"): _l("%(name)s begeleidt het voorstel ‘%(object)s’"),
    ("asked", "proposal"): _l("%(actor)s vroeg alle partners of ze kunnen leven met ‘%(object)s’"),
    ("extended", "proposal"): _l("De ronde over ‘%(object)s’ duurt langer: er waren te weinig antwoorden"),
    ("closed", "proposal"): _l("De ronde over ‘%(object)s’ is gesloten: %(stage)s"),
    ("closed_objection", "proposal"): _l(
        "%(actor)s schreef op hoe een bezwaar bij ‘%(object)s’ afliep: %(why)s"
    ),
    ("withdrew", "proposal"): _l("%(actor)s trok het voorstel ‘%(object)s’ in"),
    ("adopted", "spelregel"): _l("Er is een nieuwe spelregel: ‘%(object)s’"),
    ("changed", "spelregel"): _l("Spelregel %(number)s is veranderd: ‘%(object)s’"),
    ("retired", "spelregel"): _l("Spelregel %(number)s geldt niet meer: ‘%(object)s’"),
    ("decided", "decision"): _l("Besloten: %(object)s"),
    ("replaced", "decision"): _l("Opnieuw besloten: %(object)s"),
    ("agreed", "agreement"): _l("Afgesproken: %(object)s"),
    ("handed_over", "agreement"): _l("%(owner)s let voortaan op de afspraak ‘%(object)s’"),
    ("kept", "agreement"): _l("De afspraak ‘%(object)s’ blijft"),
    ("finished", "agreement"): _l("De afspraak ‘%(object)s’ is klaar"),
    ("stopped", "agreement"): _l("De afspraak ‘%(object)s’ stopt"),
    ("published", "report"): _l("%(actor)s publiceerde het rapport ‘%(object)s’"),
    ("withdrew", "report"): _l("%(actor)s trok het rapport ‘%(object)s’ in"),
    ("signed", "spelregel"): _l("%(partner)s tekende de spelregel ‘%(object)s’"),
    ("signed", "spelregels"): _l("%(object)s tekende %(number)s spelregels"),
    ("reminded", "spelregels"): _l("%(actor)s stuurde een herinnering om de spelregels te tekenen"),
    ("kept", "spelregel"): _l("%(actor)s schreef op dat de spelregel ‘%(object)s’ nog werkt"),
    ("wants_to_change", "spelregel"): _l("%(actor)s schreef op dat de spelregel ‘%(object)s’ anders moet"),
    ("wants_to_stop", "spelregel"): _l(
        "%(actor)s schreef op dat jullie willen stoppen met de spelregel ‘%(object)s’"
    ),
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
    "title": _l("de titel"),
    "promise": _l("de belofte"),
    "commitment": _l("het commitment"),
    "doing": _l("wat we doen"),
    "why": _l("waarom"),
    "challenge_id": _l("de opgave"),
    "from_on": _l("de begindatum"),
    "to_on": _l("wanneer het bereikt is"),
    "indicators": _l("waaraan je het merkt"),
    "reason": _l("waar het om gaat"),
    "goal_id": _l("het doel"),
    "owner_id": _l("wie het trekt"),
    "partner_id": _l("de organisatie"),
    "group_id": _l("de werkgroep"),
    "depends_on_id": _l("waar het op wacht"),
    "starts_on": _l("de begindatum"),
    "due_on": _l("wanneer het klaar is"),
    "status": _l("hoe ver het is"),
    "stop_reason": _l("waarom het stopte"),
    "repeats": _l("hoe vaak het terugkomt"),
    "labels": _l("de labels"),
    "serves": _l("voor wie het is"),
    "circle": _l("wie het ziet"),
    "origin_kind": _l("waar het vandaan komt"),
    "origin_key": _l("waar het vandaan komt"),
    "origin_name": _l("waar het vandaan komt"),
    "quadrant": _l("hoe belangrijk het is"),
    "position": _l("de plek op de agenda"),
    "deciders": _l("welke partners meebeslissen"),
    "quorum": _l("hoeveel partners antwoord moeten geven"),
    "outer_talks": _l("of de buitencirkel meepraat over voorstellen"),
    "quiet_weekends": _l("of er mail komt in het weekend"),
    "reactions": _l("iedereen kan nu reageren"),
    "adjusting": _l("de voorsteller maakt de tekst beter"),
    "integrating": _l("er is een bezwaar, jullie praten verder"),
    "adopted": _l("het voorstel is aangenomen"),
    "withdrawn": _l("het bezwaar is ingetrokken"),
    "minority": _l("jullie gaan door, met een andere mening erbij"),
    "set_aside": _l("jullie legden het samen opzij"),
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


_PEOPLE = {"owner", "helper", "name"}  # gaps for a name, empty where not everyone may know it


def _in_words(detail: Mapping[str, Any]) -> dict[str, str]:
    lists = {name: value if isinstance(value, list) else [value] for name, value in detail.items()}
    return {
        name: ", ".join(dict.fromkeys(str(WORDS.get(str(item), item)) for item in items)) or _nothing(name)
        for name, items in lists.items()
    }


def _nothing(gap: str) -> str:
    return str(_("Iemand uit de buitencirkel") if gap in _PEOPLE else _("geen"))


class _Gaps(dict[str, str]):
    """What an event knows; a gap that it can't fill stays empty, so that an old event can always be told."""

    def __missing__(self, _key: str) -> str:
        return ""
