"""How we speak of a proposal: where it is, what is next, and what partners say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.method import ingredients, spelregels
from vitaal.spelregels.closing_days import last_day
from vitaal.spelregels.consent import Answer, Closing, Stage
from vitaal.spelregels.models import Proposal, ProposalKind

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
_SHORT_ANSWERS = {
    Answer.AGREE: _l("Akkoord"),
    Answer.WORRY: _l("Akkoord, met een zorg"),
    Answer.OBJECTION: _l("Bezwaar"),
    Answer.LEAVE: _l("Laat het aan anderen"),
}
_CLOSINGS = {
    Closing.WITHDRAWN: _l("Bezwaar ingetrokken"),
    Closing.MINORITY: _l("Besloten met een andere mening erbij"),
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


def what_now(stage: str) -> str:
    """What people do in a stage."""
    return str(_WHAT_NOW[Stage(stage)])


def answer_name(answer: str) -> str:
    """What a partner says, as a full sentence."""
    return str(_ANSWERS[Answer(answer)])


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


def until(proposal: Proposal) -> str:
    """The last day on which people can answer, such as "maandag 30 november"; empty without one."""
    return day(last_day(proposal.closes_at)) if proposal.closes_at else ""


def day(of: date) -> str:
    """A day in words, without the year."""
    return str(format_date(of, "EEEE d MMMM"))
