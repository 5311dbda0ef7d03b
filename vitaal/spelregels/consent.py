"""Deciding by consent: every path that a proposal can take, in one place and without a database.

    questions → reactions → adjusting → round ⇄ integrating → adopted
                                ↑─────────┘ (too few spoke, twice)
                                      (from everywhere: withdrawn)

One stage is open at a time. In the round each partner that was asked when the first one opened has one voice, and may
change it until the round closes. Silence is no consent: a round in which too few spoke stays open once as long again,
and then goes back. An open objection stops adoption; it is answered with a better text and a next round, or closed
with a reason that stays readable. After three rounds the group meets: a live round has no day on which it closes, it
closes once everyone spoke. Source: Lokaal Samenwerken 4.1.3; rules D-43 to D-53.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from uuid import UUID

MOST_ROUNDS = 3


class Stage(StrEnum):
    """Where a proposal is."""

    QUESTIONS = "questions"
    REACTIONS = "reactions"
    ADJUSTING = "adjusting"
    ROUND = "round"
    INTEGRATING = "integrating"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        """Whether nothing changes any more."""
        return self in {Stage.ADOPTED, Stage.WITHDRAWN}


class Answer(StrEnum):
    """What a partner says in a round."""

    AGREE = "agree"
    WORRY = "worry"
    OBJECTION = "objection"
    LEAVE = "leave"


class Closing(StrEnum):
    """Why an objection stops nothing any more."""

    WITHDRAWN = "withdrawn"
    MINORITY = "minority"
    SET_ASIDE = "set_aside"


class Refused(RuntimeError):
    """This can't be done with the proposal as it is now."""


class NotOpen(Refused):
    """Another stage is open."""


class NoVoice(Refused):
    """This partner was not asked when the round opened."""


class StillAsked(Refused):
    """Someone has still to speak, and the round may not close before that."""


class TimeToMeet(Refused):
    """Three rounds were enough: now the group meets."""


class NothingChanged(Refused):
    """An objection asks for another text before everyone is asked again."""


class TooFewSpoke(Refused):
    """Too few partners spoke, or none of them agreed: they are asked again."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One proposal on its way: its stage, which text and round it is at, who is asked, and what they said.

    `asked` is the text that the round is about; `text` runs ahead of it while a better one is being written. `answers` are those in the round as it is now. `objections` are the partners whose objection is open; `closed`
    says of others why theirs stops nothing. `is_live` is a round in a meeting; `is_extended` one that was open once
    as long already. Every step gives a new Consent.
    """

    stage: Stage = Stage.QUESTIONS
    text: int = 1
    asked: int = 0
    round: int = 0
    is_live: bool = False
    is_extended: bool = False
    voices: frozenset[UUID] = frozenset()
    answers: Mapping[UUID, Answer] = field(default_factory=lambda: MappingProxyType({}))
    closed: Mapping[UUID, Closing] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def objections(self) -> frozenset[UUID]:
        """The partners whose objection still stops adoption."""
        said = {partner for partner, answer in self.answers.items() if answer is Answer.OBJECTION}
        return frozenset(said - set(self.closed))

    @property
    def silent(self) -> frozenset[UUID]:
        """The partners that still have to speak."""
        return self.voices - set(self.answers)

    def has_enough(self, quorum: Fraction, leaving: frozenset[UUID] = frozenset()) -> bool:
        """Whether so large a part of the voices spoke, or leaves it to the others by a rule that they signed."""
        spoken = set(self.answers) | (leaving & self.voices)
        return bool(self.voices) and Fraction(len(spoken), len(self.voices)) >= quorum

    def may_be_adopted(self, quorum: Fraction, leaving: frozenset[UUID] = frozenset()) -> bool:
        """Whether nothing stands in the way: enough spoke, nobody's objection is open, and someone agrees."""
        agrees = any(answer in {Answer.AGREE, Answer.WORRY} for answer in self.answers.values())
        return self.has_enough(quorum, leaving) and not self.objections and agrees


def go_on(consent: Consent) -> Consent:
    """From questions to reactions, and from reactions to adjusting. Raises NotOpen."""
    following = {Stage.QUESTIONS: Stage.REACTIONS, Stage.REACTIONS: Stage.ADJUSTING}
    if consent.stage not in following:
        raise NotOpen(consent.stage)
    return replace(consent, stage=following[consent.stage])


def adjust(consent: Consent) -> Consent:
    """Word it better, before the round or with the objections in view. Raises NotOpen."""
    _be_at(consent, Stage.ADJUSTING, Stage.INTEGRATING)
    return replace(consent, text=consent.text + 1)


def open_round(consent: Consent, voices: frozenset[UUID], *, is_live: bool = False) -> Consent:
    """Ask everyone anew. Whom, is decided when the first round opens: after that `voices` changes nothing.

    Raises NotOpen; NoVoice when nobody would be asked; NothingChanged while an objection to the same text is open;
    TimeToMeet when three rounds were enough and it is not live.
    """
    _be_at(consent, Stage.ADJUSTING, Stage.INTEGRATING)
    asked = consent.voices or voices
    if not asked:
        raise NoVoice
    if consent.objections and consent.text == consent.asked:
        raise NothingChanged(consent.text)
    if consent.round >= MOST_ROUNDS and not is_live:
        raise TimeToMeet(consent.round)
    return replace(
        consent,
        stage=Stage.ROUND,
        asked=consent.text,
        round=consent.round + 1,
        is_live=is_live,
        is_extended=False,
        voices=asked,
        answers=MappingProxyType({}),
        closed=MappingProxyType({}),
    )


def give_time(consent: Consent) -> Consent:
    """Let a round in a meeting go on until a day, when not everyone was there. Raises NotOpen."""
    _be_at(consent, Stage.ROUND)
    if not consent.is_live:
        raise NotOpen(consent.stage)
    return replace(consent, is_live=False)


def speak(consent: Consent, partner: UUID, answer: Answer) -> Consent:
    """Give or change a partner's voice. Raises NotOpen or NoVoice."""
    _be_at(consent, Stage.ROUND)
    if partner not in consent.voices:
        raise NoVoice(partner)
    closed = {one: why for one, why in consent.closed.items() if one != partner}
    return replace(
        consent,
        answers=MappingProxyType({**consent.answers, partner: answer}),
        closed=MappingProxyType(closed),
    )


def close_objection(consent: Consent, partner: UUID, why: Closing) -> Consent:
    """Let an objection stop nothing any more. Raises NotOpen, or NoVoice when there is none that is open.

    While the round is open only who objected takes it back; the group goes on with it once it closed.
    """
    _be_at(consent, Stage.INTEGRATING, *([Stage.ROUND] if why is Closing.WITHDRAWN else []))
    if partner not in consent.objections:
        raise NoVoice(partner)
    return replace(consent, closed=MappingProxyType({**consent.closed, partner: why}))


def close_round(
    consent: Consent, quorum: Fraction, *, is_time: bool = True, leaving: frozenset[UUID] = frozenset()
) -> Consent:
    """End the round: adopted when nothing stands in the way, integrating when an objection is open.

    `leaving` are the partners whose silence leaves it to the others, by a rule that they signed. When too few spoke
    the round stays open as long again, and the second time it goes back to adjusting, to be asked anew of who takes
    part by then. Before its time (`is_time`
    False) and in a meeting it closes only when nobody is silent. Raises NotOpen or StillAsked.
    """
    _be_at(consent, Stage.ROUND)
    if consent.silent and (consent.is_live or not is_time):
        raise StillAsked(len(consent.silent))
    if consent.objections:
        return replace(consent, stage=Stage.INTEGRATING)
    if consent.may_be_adopted(quorum, leaving):
        return replace(consent, stage=Stage.ADOPTED)
    if consent.is_extended or not consent.silent:
        return replace(consent, stage=Stage.ADJUSTING, voices=frozenset(), answers=MappingProxyType({}))
    return replace(consent, is_extended=True)


def settle(consent: Consent, quorum: Fraction, *, leaving: frozenset[UUID] = frozenset()) -> Consent:
    """Adopt the text of the round that has closed, now that no objection to it is open any more.

    Raises NotOpen (also when a newer text was written), StillAsked or TooFewSpoke.
    """
    _be_at(consent, Stage.INTEGRATING)
    if consent.text != consent.asked:
        raise NotOpen(consent.stage)
    if consent.objections:
        raise StillAsked(len(consent.objections))
    if not consent.may_be_adopted(quorum, leaving):
        raise TooFewSpoke(len(consent.answers))
    return replace(consent, stage=Stage.ADOPTED)


def withdraw(consent: Consent) -> Consent:
    """Let it go. Raises NotOpen for what is over."""
    if consent.stage.is_over:
        raise NotOpen(consent.stage)
    return replace(consent, stage=Stage.WITHDRAWN)


def _be_at(consent: Consent, *stages: Stage) -> None:
    if consent.stage not in stages:
        raise NotOpen(consent.stage)
