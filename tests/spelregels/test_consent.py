"""Whatever people do and in whatever order: what consent is stays true."""

from collections.abc import Callable
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from vitaal.spelregels import consent as c
from vitaal.spelregels.consent import Answer, Closing, Consent, NotOpen, NoVoice, Stage, TimeToMeet

PARTNERS = [UUID(int=number) for number in range(1, 6)]
HALF, ALL = Fraction(1, 2), Fraction(1)


def in_a_round(*voices: UUID) -> Consent:
    return c.open_round(c.go_on(c.go_on(Consent())), frozenset(voices or PARTNERS[:3]))


def said(*answers: Answer) -> Consent:
    """A round of as many partners as there are answers, who said these."""
    state = in_a_round(*PARTNERS[: len(answers)])
    for partner, answer in zip(PARTNERS, answers, strict=False):
        state = c.speak(state, partner, answer)
    return state


def test_one_stage_is_open_at_a_time() -> None:
    state = Consent()
    for stage in (Stage.REACTIONS, Stage.ADJUSTING):
        state = c.go_on(state)
        assert state.stage is stage
    with pytest.raises(NotOpen):
        c.go_on(state)
    with pytest.raises(NotOpen):
        c.speak(state, PARTNERS[0], Answer.AGREE)


def test_all_agree_and_it_is_adopted() -> None:
    assert c.close_round(said(Answer.AGREE, Answer.WORRY, Answer.LEAVE), ALL).stage is Stage.ADOPTED


def test_silence_is_no_consent() -> None:
    one_spoke = c.speak(in_a_round(), PARTNERS[0], Answer.AGREE)
    assert c.close_round(one_spoke, ALL).stage is Stage.ROUND
    assert c.close_round(one_spoke, HALF).stage is Stage.ROUND
    assert one_spoke.silent == {PARTNERS[1], PARTNERS[2]}


def test_leaving_it_to_the_others_all_round_adopts_nothing() -> None:
    assert c.close_round(said(Answer.LEAVE, Answer.LEAVE), ALL).stage is Stage.ROUND


def test_an_objection_opens_a_next_round_in_which_everyone_is_asked_anew() -> None:
    state = c.close_round(said(Answer.AGREE, Answer.OBJECTION), ALL)
    assert state.stage is Stage.INTEGRATING
    again = c.integrate(state)
    assert (again.stage, again.round, again.text, dict(again.answers)) == (Stage.ROUND, 2, 2, {})
    assert again.voices == state.voices


@pytest.mark.parametrize("why", list(Closing))
def test_an_objection_that_was_closed_with_a_reason_stops_nothing_any_more(why: Closing) -> None:
    state = c.close_round(said(Answer.AGREE, Answer.OBJECTION), ALL)
    assert c.close_round(c.close_objection(state, PARTNERS[1], why), ALL).stage is Stage.ADOPTED


def test_who_objects_again_stops_it_again() -> None:
    state = c.close_objection(said(Answer.AGREE, Answer.OBJECTION), PARTNERS[1], Closing.SET_ASIDE)
    assert c.close_round(c.speak(state, PARTNERS[1], Answer.OBJECTION), ALL).stage is Stage.INTEGRATING


def test_who_was_not_asked_has_no_voice() -> None:
    with pytest.raises(NoVoice):
        c.speak(in_a_round(), PARTNERS[4], Answer.AGREE)


def test_after_three_rounds_the_group_meets() -> None:
    state = in_a_round()
    for _ in range(c.MOST_ROUNDS - 1):
        state = c.integrate(c.close_round(c.speak(state, PARTNERS[0], Answer.OBJECTION), ALL))
    with pytest.raises(TimeToMeet):
        c.integrate(c.close_round(c.speak(state, PARTNERS[0], Answer.OBJECTION), ALL))


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.WITHDRAWN])
def test_what_is_over_stays_over(stage: Stage) -> None:
    state = Consent(stage=stage)
    steps: list[Callable[[Consent], Consent]] = [
        c.go_on, c.adjust, c.integrate, c.withdraw, lambda s: c.close_round(s, ALL),
        lambda s: c.open_round(s, frozenset(PARTNERS)), lambda s: c.speak(s, PARTNERS[0], Answer.AGREE),
    ]  # fmt: skip
    for step in steps:
        with pytest.raises(NotOpen):
            step(state)


class AnyPath(RuleBasedStateMachine):
    """Every step that anyone may try, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Consent()
        self.quorum = ALL

    def try_to(self, step: Callable[..., Consent], *with_what: object) -> None:
        try:
            self.state = step(self.state, *with_what)
        except c.Refused:
            pass

    @precondition(lambda self: not self.state.stage.is_over)
    @rule(quorum=st.fractions(min_value=0, max_value=1))
    def choose_who_decides(self, quorum: Fraction) -> None:
        self.quorum = quorum

    @rule(step=st.sampled_from([c.go_on, c.adjust, c.integrate]))
    def go(self, step: Callable[[Consent], Consent]) -> None:
        self.try_to(step)

    @rule(voices=st.frozensets(st.sampled_from(PARTNERS)))
    def ask(self, voices: frozenset[UUID]) -> None:
        self.try_to(c.open_round, voices)

    @rule(partner=st.sampled_from(PARTNERS), answer=st.sampled_from(list(Answer)))
    def speak(self, partner: UUID, answer: Answer) -> None:
        self.try_to(c.speak, partner, answer)

    @rule(partner=st.sampled_from(PARTNERS), why=st.sampled_from(list(Closing)))
    def close_an_objection(self, partner: UUID, why: Closing) -> None:
        self.try_to(c.close_objection, partner, why)

    @rule()
    def close(self) -> None:
        self.try_to(c.close_round, self.quorum)

    @invariant()
    def nothing_is_adopted_with_an_open_objection_or_without_the_voices(self) -> None:
        if self.state.stage is Stage.ADOPTED:
            assert not self.state.objections
            assert self.state.has_enough(self.quorum)
            assert self.state.round >= 1

    @invariant()
    def only_who_was_asked_has_spoken(self) -> None:
        assert set(self.state.answers) <= self.state.voices

    @invariant()
    def there_are_never_more_than_three_rounds(self) -> None:
        assert self.state.round <= c.MOST_ROUNDS


TestAnyPath = AnyPath.TestCase
