"""Deciding by consent: every path that a proposal can take, in one place and without a database.

    questions → reactions → adjusting → round ⇄ integrating → adopted
                                      (from everywhere: withdrawn)

One stage is open at a time. In the round each partner that was asked when it opened has one voice, and may change it
until the round closes. Silence is no consent: a round of which too few spoke stays undecided. An open objection stops
adoption; it is answered with a better text and a next round, or closed with a reason that stays readable. After three
rounds the group meets. Source: Lokaal Samenwerken 4.1.3; rules D-43 to D-53.
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


class TimeToMeet(Refused):
    """Three rounds were enough: now the group meets."""


class NothingChanged(Refused):
    """An objection asks for another text."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One proposal on its way: its stage, which text and round it is at, who is asked, and what they said.

    `answers` are those to the text as it is now. `objections` are the partners whose objection is open; `closed`
    says of others why theirs stops nothing. Every step gives a new Consent.
    """

    stage: Stage = Stage.QUESTIONS
    text: int = 1
    round: int = 0
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

    def has_enough(self, quorum: Fraction) -> bool:
        """Whether so large a part of the voices spoke; who leaves it to the others has spoken."""
        return bool(self.voices) and Fraction(len(self.answers), len(self.voices)) >= quorum

    def may_be_adopted(self, quorum: Fraction) -> bool:
        """Whether nothing stands in the way: enough spoke, nobody's objection is open, and someone agrees."""
        agrees = any(answer in {Answer.AGREE, Answer.WORRY} for answer in self.answers.values())
        return self.has_enough(quorum) and not self.objections and agrees


def go_on(consent: Consent) -> Consent:
    """From questions to reactions, and from reactions to adjusting. Raises NotOpen."""
    following = {Stage.QUESTIONS: Stage.REACTIONS, Stage.REACTIONS: Stage.ADJUSTING}
    if consent.stage not in following:
        raise NotOpen(consent.stage)
    return replace(consent, stage=following[consent.stage])


def adjust(consent: Consent) -> Consent:
    """Word it better before the round. Raises NotOpen."""
    _be_at(consent, Stage.ADJUSTING)
    return replace(consent, text=consent.text + 1)


def open_round(consent: Consent, voices: frozenset[UUID]) -> Consent:
    """Ask these partners, each one voice, from now on the same until it closes. Raises NotOpen or NoVoice."""
    _be_at(consent, Stage.ADJUSTING)
    if not voices:
        raise NoVoice
    return replace(consent, stage=Stage.ROUND, round=1, voices=voices)


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
    """Let an objection stop nothing any more. Raises NotOpen, or NoVoice when there is none that is open."""
    _be_at(consent, Stage.ROUND, Stage.INTEGRATING)
    if partner not in consent.objections:
        raise NoVoice(partner)
    return replace(consent, closed=MappingProxyType({**consent.closed, partner: why}))


def close_round(consent: Consent, quorum: Fraction) -> Consent:
    """End the round: adopted when nothing stands in the way, integrating when an objection is open.

    When too few spoke it stays as it is, for as long again. Raises NotOpen.
    """
    _be_at(consent, Stage.ROUND, Stage.INTEGRATING)
    if consent.objections:
        return replace(consent, stage=Stage.INTEGRATING)
    if consent.may_be_adopted(quorum):
        return replace(consent, stage=Stage.ADOPTED)
    return replace(consent, stage=Stage.ROUND)


def integrate(consent: Consent) -> Consent:
    """Put a text with the objections in view to the same partners: all are asked anew. Raises NotOpen, TimeToMeet."""
    _be_at(consent, Stage.INTEGRATING)
    if consent.round >= MOST_ROUNDS:
        raise TimeToMeet(consent.round)
    return replace(
        consent,
        stage=Stage.ROUND,
        text=consent.text + 1,
        round=consent.round + 1,
        answers=MappingProxyType({}),
        closed=MappingProxyType({}),
    )


def withdraw(consent: Consent) -> Consent:
    """Let it go. Raises NotOpen for what is over."""
    if consent.stage.is_over:
        raise NotOpen(consent.stage)
    return replace(consent, stage=Stage.WITHDRAWN)


def _be_at(consent: Consent, *stages: Stage) -> None:
    if consent.stage not in stages:
        raise NotOpen(consent.stage)
