"""Whatever people do and in whatever order: what consent is stays true."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from vitaal.spelregels import consent as c
from vitaal.spelregels.consent import (
    Answer,
    Closing,
    Consent,
    NothingChanged,
    NotOpen,
    NoVoice,
    Stage,
    StillAsked,
    TimeToMeet,
    TooFewSpoke,
)

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
    assert one_spoke.silent == {PARTNERS[1], PARTNERS[2]}
    longer = c.close_round(one_spoke, HALF)
    assert (longer.stage, longer.is_extended) == (Stage.ROUND, True)
    assert c.close_round(longer, HALF).stage is Stage.ADJUSTING


def test_who_signed_that_silence_leaves_it_to_the_others_counts_as_having_spoken_and_never_as_agreeing() -> (
    None
):
    silent = frozenset(PARTNERS)
    one_spoke = c.speak(in_a_round(), PARTNERS[0], Answer.AGREE)
    assert c.close_round(one_spoke, ALL, leaving=silent).stage is Stage.ADOPTED
    assert c.close_round(in_a_round(), ALL, leaving=silent).stage is not Stage.ADOPTED


def test_leaving_it_to_the_others_all_round_adopts_nothing() -> None:
    assert c.close_round(said(Answer.LEAVE, Answer.LEAVE), ALL).stage is Stage.ADJUSTING


def test_before_its_time_a_round_closes_only_when_everyone_spoke() -> None:
    with pytest.raises(StillAsked):
        c.close_round(c.speak(in_a_round(), PARTNERS[0], Answer.AGREE), HALF, is_time=False)
    assert c.close_round(said(Answer.AGREE, Answer.AGREE), HALF, is_time=False).stage is Stage.ADOPTED


def test_an_objection_opens_a_next_round_with_another_text_in_which_everyone_is_asked_anew() -> None:
    state = c.close_round(said(Answer.AGREE, Answer.OBJECTION), ALL)
    assert state.stage is Stage.INTEGRATING
    with pytest.raises(NothingChanged):
        c.open_round(state, frozenset())
    again = c.open_round(c.adjust(state), frozenset(PARTNERS))
    assert (again.stage, again.round, again.asked, dict(again.answers)) == (Stage.ROUND, 2, 2, {})
    assert again.voices == state.voices


@pytest.mark.parametrize("why", list(Closing))
def test_an_objection_that_was_closed_with_a_reason_stops_nothing_any_more(why: Closing) -> None:
    state = c.close_round(said(Answer.AGREE, Answer.OBJECTION), ALL)
    with pytest.raises(StillAsked):
        c.settle(state, ALL)
    assert c.settle(c.close_objection(state, PARTNERS[1], why), ALL).stage is Stage.ADOPTED


def test_a_text_that_was_in_no_round_is_never_settled() -> None:
    state = c.close_round(said(Answer.AGREE, Answer.OBJECTION), ALL)
    better = c.adjust(c.close_objection(state, PARTNERS[1], Closing.WITHDRAWN))
    with pytest.raises(NotOpen):
        c.settle(better, ALL)


def test_setting_an_objection_aside_does_not_make_up_for_voices_that_are_missing() -> None:
    state = c.speak(c.speak(in_a_round(), PARTNERS[0], Answer.AGREE), PARTNERS[1], Answer.OBJECTION)
    closed = c.close_objection(c.close_round(state, ALL), PARTNERS[1], Closing.SET_ASIDE)
    with pytest.raises(TooFewSpoke):
        c.settle(closed, ALL)
    assert c.open_round(closed, frozenset()).round == 2


def test_who_objects_again_stops_it_again() -> None:
    state = c.close_objection(said(Answer.AGREE, Answer.OBJECTION), PARTNERS[1], Closing.WITHDRAWN)
    assert c.close_round(c.speak(state, PARTNERS[1], Answer.OBJECTION), ALL).stage is Stage.INTEGRATING


def test_who_was_not_asked_has_no_voice() -> None:
    with pytest.raises(NoVoice):
        c.speak(in_a_round(), PARTNERS[4], Answer.AGREE)


def test_after_three_rounds_the_group_meets() -> None:
    state = c.go_on(c.go_on(Consent()))
    for _ in range(c.MOST_ROUNDS):
        asked = c.open_round(c.adjust(state), frozenset(PARTNERS[:2]))
        state = c.close_round(c.speak(asked, PARTNERS[0], Answer.OBJECTION), ALL)
    with pytest.raises(TimeToMeet):
        c.open_round(c.adjust(state), frozenset())
    meeting = c.speak(c.open_round(c.adjust(state), frozenset(), is_live=True), PARTNERS[0], Answer.AGREE)
    with pytest.raises(StillAsked):
        c.close_round(meeting, HALF)
    assert c.close_round(c.speak(meeting, PARTNERS[1], Answer.AGREE), HALF).stage is Stage.ADOPTED


def test_when_not_everyone_is_there_a_round_in_a_meeting_goes_on_until_a_day() -> None:
    live = c.open_round(c.go_on(c.go_on(Consent())), frozenset(PARTNERS[:2]), is_live=True)
    spoken = c.speak(live, PARTNERS[0], Answer.AGREE)
    assert c.close_round(c.give_time(spoken), HALF).stage is Stage.ADOPTED
    with pytest.raises(NotOpen):
        c.give_time(in_a_round())


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.WITHDRAWN])
def test_what_is_over_stays_over(stage: Stage) -> None:
    state = Consent(stage=stage)
    steps: list[Callable[[Consent], Consent]] = [
        c.go_on, c.adjust, c.withdraw, lambda s: c.close_round(s, ALL), lambda s: c.settle(s, ALL),
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
        self.leaving: frozenset[UUID] = frozenset()
        self.online = 0

    def try_to(self, step: Callable[..., Consent], *with_what: Any, **how: Any) -> None:
        try:
            self.state = step(self.state, *with_what, **how)
        except c.Refused:
            pass

    @precondition(lambda self: not self.state.stage.is_over)
    @rule(quorum=st.fractions(min_value=0, max_value=1), leaving=st.frozensets(st.sampled_from(PARTNERS)))
    def choose_who_decides(self, quorum: Fraction, leaving: frozenset[UUID]) -> None:
        self.quorum, self.leaving = quorum, leaving

    @rule(step=st.sampled_from([c.go_on, c.adjust, c.give_time]))
    def go(self, step: Callable[[Consent], Consent]) -> None:
        self.try_to(step)

    @rule(voices=st.frozensets(st.sampled_from(PARTNERS)), is_live=st.booleans())
    def ask(self, voices: frozenset[UUID], is_live: bool) -> None:
        before = self.state.round
        self.try_to(c.open_round, voices, is_live=is_live)
        self.online += self.state.round > before and not is_live

    @rule(partner=st.sampled_from(PARTNERS), answer=st.sampled_from(list(Answer)))
    def speak(self, partner: UUID, answer: Answer) -> None:
        self.try_to(c.speak, partner, answer)

    @rule(partner=st.sampled_from(PARTNERS), why=st.sampled_from(list(Closing)))
    def close_an_objection(self, partner: UUID, why: Closing) -> None:
        self.try_to(c.close_objection, partner, why)

    @rule(is_time=st.booleans())
    def close(self, is_time: bool) -> None:
        self.try_to(c.close_round, self.quorum, is_time=is_time, leaving=self.leaving)

    @rule()
    def settle(self) -> None:
        self.try_to(c.settle, self.quorum, leaving=self.leaving)

    @invariant()
    def nothing_is_adopted_with_an_open_objection_or_without_the_voices(self) -> None:
        if self.state.stage is Stage.ADOPTED:
            assert not self.state.objections
            assert self.state.has_enough(self.quorum, self.leaving)
            assert Answer.AGREE in self.state.answers.values() or Answer.WORRY in self.state.answers.values()

    @invariant()
    def only_the_text_that_everyone_was_asked_about_is_adopted(self) -> None:
        if self.state.stage is Stage.ADOPTED:
            assert self.state.round >= 1
            assert self.state.text == self.state.asked

    @invariant()
    def only_who_was_asked_has_spoken(self) -> None:
        assert set(self.state.answers) <= self.state.voices

    @invariant()
    def there_are_never_more_than_three_rounds_without_a_meeting(self) -> None:
        assert self.online <= c.MOST_ROUNDS


TestAnyPath = AnyPath.TestCase
