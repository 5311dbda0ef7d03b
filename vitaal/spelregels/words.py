"""How we speak of a proposal: where it is, what is next, and what partners say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.lists import format_list
from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.method import ingredients, spelregels
from vitaal.spelregels.closing_days import last_day
from vitaal.spelregels.consent import Answer, Closing, Stage
from vitaal.spelregels.models import Proposal, ProposalKind
from vitaal.workspaces.models import Partner, PartnerKind

# The steps that people see; a round and the talk about its objections are one step to them.
ROAD = (Stage.QUESTIONS, Stage.REACTIONS, Stage.ADJUSTING, Stage.ROUND, Stage.ADOPTED)

_STAGES = {
    Stage.QUESTIONS: _l("Vragen stellen"),
    Stage.REACTIONS: _l("Reageren"),
    Stage.ADJUSTING: _l("De tekst beter maken"),
    Stage.ROUND: _l("Ronde langs alle partners"),
    Stage.INTEGRATING: _l("Praten over een bezwaar"),
    Stage.ADOPTED: _l("Besloten"),
    Stage.WITHDRAWN: _l("Ingetrokken"),
}
_WHAT_NOW: Mapping[Stage, Any] = {
    Stage.QUESTIONS: _l("Snap je het voorstel? Vraag wat je wilt weten. Wat je ervan vindt, komt hierna."),
    Stage.REACTIONS: _l("Zeg wat je van het voorstel vindt. Weet je een betere tekst? Stel die voor."),
    Stage.ADJUSTING: _l(
        "De voorsteller leest alle reacties, maakt de tekst beter en zegt wat niet past en waarom."
    ),
    Stage.ROUND: _l(
        "Elke partner heeft één stem. Je kiest niet of je het mooi vindt, maar of je ermee kunt leven."
    ),
    Stage.INTEGRATING: _l(
        "Een bezwaar is welkom: het maakt het voorstel beter. Praat over één bezwaar tegelijk."
    ),
    Stage.ADOPTED: _l(
        "Het besluit staat vast. Elke partner tekent, en op de afgesproken dag kijken jullie of het werkt."
    ),
    Stage.WITHDRAWN: _l("Dit voorstel gaat niet door. Wat er gezegd is, blijft hier staan."),
}
_ANSWERS = {
    Answer.AGREE: _l("We kunnen hiermee leven"),
    Answer.WORRY: _l("We kunnen hiermee leven, met een zorg"),
    Answer.OBJECTION: _l("We hebben een bezwaar"),
    Answer.LEAVE: _l("We laten dit aan de anderen over"),
}
_ANSWERS_OF_ONE = {
    Answer.AGREE: _l("Ik kan hiermee leven"),
    Answer.WORRY: _l("Ik kan hiermee leven, met een zorg"),
    Answer.OBJECTION: _l("Ik heb een bezwaar"),
    Answer.LEAVE: _l("Ik laat dit aan de anderen over"),
}
_ANSWERS_TO_STOPPING = {
    Answer.AGREE: _l("We kunnen ermee leven dat deze regel stopt"),
    Answer.WORRY: _l("We kunnen ermee leven dat deze regel stopt, met een zorg"),
    Answer.OBJECTION: _l("We hebben een bezwaar tegen stoppen"),
    Answer.LEAVE: _l("We laten dit aan de anderen over"),
}
ANSWER_HINTS = {
    Answer.AGREE.value: _l("Het hoeft niet perfect te zijn."),
    Answer.WORRY.value: _l(
        "Het mag doorgaan. De zorg blijft bij het besluit staan en komt terug bij het nakijken."
    ),
    Answer.OBJECTION.value: _l(
        "Hier gaat iets mis, of het schaadt wat we samen willen. Dan besluiten we nog niet: we praten eerst."
        " Wil je het alleen liever anders? Kies dan een zorg."
    ),
    Answer.LEAVE.value: _l("Geen mening, of het gaat ons niet aan. Dit telt als antwoord."),
}
_SHORT_ANSWERS = {
    Answer.AGREE: _l("Akkoord"),
    Answer.WORRY: _l("Akkoord, met een zorg"),
    Answer.OBJECTION: _l("Bezwaar"),
    Answer.LEAVE: _l("Laat het aan anderen"),
}
_CLOSINGS = {
    Closing.WITHDRAWN: _l("Bezwaar ingetrokken"),
    Closing.MINORITY: _l("We gaan door, met deze andere mening erbij"),
    Closing.SET_ASIDE: _l("Samen opzij gelegd"),
}
_KINDS = {
    ProposalKind.NEW: _l("Nieuwe spelregel"),
    ProposalKind.CHANGE: _l("Spelregel %(number)s veranderen"),
    ProposalKind.RETIRE: _l("Stoppen met spelregel %(number)s"),
}
_TONES = {Answer.AGREE: "good", Answer.WORRY: "sun", Answer.OBJECTION: "bad", Answer.LEAVE: "line"}


def stage_name(stage: str) -> str:
    """The name of a stage, such as "Reageren"."""
    return str(_STAGES[Stage(stage)])


def what_now(proposal: Proposal) -> str:
    """What people do in the stage that a proposal is in."""
    if proposal.kind == ProposalKind.RETIRE and proposal.stage == Stage.ADOPTED:
        return str(_("Deze spelregel geldt niet meer. Tekenen hoeft niet."))
    return str(_WHAT_NOW[Stage(proposal.stage)])


def answer_name(answer: str, proposal: Proposal, partner: Partner) -> str:
    """What a partner says, as a full sentence: of a resident, of a group, or about stopping with a rule."""
    if proposal.kind == ProposalKind.RETIRE:
        return str(_ANSWERS_TO_STOPPING[Answer(answer)])
    of_one = partner.kind == PartnerKind.RESIDENT
    return str((_ANSWERS_OF_ONE if of_one else _ANSWERS)[Answer(answer)])


def heading(proposal: Proposal) -> str:
    """What a proposal is called: its text, or that it is about stopping with that."""
    if proposal.kind == ProposalKind.RETIRE:
        return str(_("Stoppen met: ‘%(title)s’", title=proposal.text.title))
    return proposal.text.title


def and_(names: Sequence[str]) -> str:
    """Names after one another, as people say them."""
    return str(format_list(names, locale=get_locale())) if names else ""


def short_answer(answer: str) -> str:
    """What a partner says, in one or two words."""
    return str(_SHORT_ANSWERS[Answer(answer)])


def tone(answer: str) -> str:
    """The tone of an answer's tag."""
    return _TONES[Answer(answer)]


def closing_name(why: str) -> str:
    """Why an objection stops nothing any more."""
    return str(_CLOSINGS[Closing(why)])


def kind_name(proposal: Proposal) -> str:
    """What is proposed; needs the rule at hand when it is about one."""
    number = proposal.spelregel.number if proposal.spelregel else ""
    return str(_KINDS[ProposalKind(proposal.kind)]) % {"number": number}


def theme_name(key: str) -> str:
    """The name of a theme of the method."""
    return str(spelregels.theme(key).name.in_(str(get_locale())))


def origin_name(origin: str) -> str:
    """Where a proposal began: with a suggestion of the method, or with an ingredient; empty when with neither."""
    kind, _colon, key = origin.partition(":")
    if kind == "ingredient":
        return str(_("ingrediënt ‘%(name)s’", name=ingredients.ingredient(key).name.in_(str(get_locale()))))
    return str(_("een spelregel van anderen")) if origin else ""


def how_it_ended(proposal: Proposal) -> str:
    """How a round ended, or that it goes on, for who closed it."""
    sentences = {
        Stage.ADOPTED: _("De ronde is gesloten. Het besluit staat vast."),
        Stage.INTEGRATING: _("De ronde is gesloten. Er is een bezwaar: praat er samen over."),
        Stage.ROUND: _("Te weinig partners gaven antwoord. De ronde duurt langer."),
    }
    otherwise = _(
        "De ronde is gesloten. Nog niemand zei dat die ermee kan leven, of te weinig partners antwoordden."
    )
    return str(sentences.get(Stage(proposal.stage), otherwise))


def until(proposal: Proposal) -> str:
    """The last day on which people can answer, such as "maandag 30 november"; empty without one."""
    return day(last_day(proposal.closes_at)) if proposal.closes_at else ""


def day(of: date) -> str:
    """A day in words, without the year."""
    return str(format_date(of, "EEEE d MMMM"))
