"""A proposal on its way through the database: who is asked, what counts, and two who act at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from tests.agenda.story import meanwhile, member
from tests.cast import Cast
from tests.spelregels.story import (
    A_TEXT,
    a_proposal,
    a_rule,
    closes,
    found,
    says,
    stage_of,
    take_step,
)
from vitaal.decisions.models import Decision
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise
from vitaal.spelregels import consent, deciding, keeping, outcomes, proposing
from vitaal.spelregels.consent import Answer, Closing, Stage, StillAsked
from vitaal.spelregels.deciding import RoundClosed
from vitaal.spelregels.models import ConsentAnswer, ProposalKind, RuleVersion, Signature, Spelregel
from vitaal.spelregels.proposal_queries import asked_in, said_in, voice_in
from vitaal.spelregels.proposing import Text
from vitaal.workspaces.models import Circle, Partner
from vitaal.workspaces.queries import this_workspace

A_LONG_TIME = timedelta(days=8)


def test_a_rule_follows_from_a_round_in_which_all_can_live_with_it(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.WORRY, "Wie van ver komt")
    closes(cast, number)
    with cast.acting_as("Chaima"):
        rule = db.session.query(Spelregel).one()
        assert (rule.number, rule.version, rule.theme) == (1, 1, "relation")
        text = db.session.query(RuleVersion).one()
        assert (text.title, text.example) == (A_TEXT.title, A_TEXT.example)


def test_another_text_becomes_the_next_version_and_the_first_stays(cast: Cast) -> None:
    rule_id = a_rule(cast, "We beginnen om tien uur")
    number = a_proposal(cast, changes=rule_id, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    closes(cast, number)
    with cast.acting_as("Anna"):
        versions = db.session.query(RuleVersion).order_by(RuleVersion.version).all()
        assert [version.title for version in versions] == ["We beginnen om tien uur", A_TEXT.title]
        assert here(Spelregel, rule_id).version == 2  # type: ignore[union-attr]


def test_a_rule_ends_by_the_same_path(cast: Cast) -> None:
    rule_id = a_rule(cast)
    number = a_proposal(cast, changes=rule_id, kind=ProposalKind.RETIRE, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.LEAVE)
    closes(cast, number)
    with cast.acting_as("Anna"):
        rule = here(Spelregel, rule_id)
        assert rule
        assert not rule.holds


def test_asked_are_the_partners_of_the_inner_circle_on_the_day_that_the_round_opens(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    with cast.acting_as("Anna"):
        late = Partner.welcome(
            "Moskee", "organisation", Circle.INNER, is_formal=True, reason="Nieuw", decided_by="Anna"
        )  # type: ignore[arg-type]
        db.session.commit()
        assert late.id not in {one.partner.id for one in asked_in(found(number))}
        assert [one.partner.name for one in asked_in(found(number))] == ["Buurthuis De Kom", "Welzijn Oost"]


def test_all_partners_are_asked_where_the_workspace_decides_so(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        this_workspace().deciders = "all"
        db.session.commit()
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Chaima", number, Answer.AGREE)
    with cast.acting_as("Anna"):
        assert len(asked_in(found(number))) == 3


def test_nobody_hears_another_before_having_spoken_and_everyone_hears_all_after_it_closed(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    with cast.acting_as("Bram"):
        assert said_in(found(number)) == {}
        assert [one.has_spoken for one in asked_in(found(number))] == [True, False]
        assert db.session.query(ConsentAnswer).count() == 0
    says(cast, "Bram", number, Answer.OBJECTION, "Te vroeg voor de bus")
    with cast.acting_as("Bram"):
        assert len(said_in(found(number))[1]) == 2
    closes(cast, number)
    with cast.acting_as("Anna"):
        assert [said.answer.answer for said in said_in(found(number))[1]] == ["objection", "agree"]


def test_who_was_not_asked_hears_nothing_until_the_round_closes(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        this_workspace().outer_talks = True
        db.session.commit()
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    with cast.acting_as("Chaima"):
        assert said_in(found(number)) == {}
    closes(cast, number)
    with cast.acting_as("Chaima"):
        assert len(said_in(found(number))[1]) == 2


def test_an_answer_can_be_changed_until_the_round_closes(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.OBJECTION, "Te vroeg")
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    closes(cast, number)
    assert stage_of(cast, number) is Stage.ADOPTED
    with pytest.raises(RoundClosed):
        says(cast, "Bram", number, Answer.OBJECTION, "Toch niet")


def test_after_the_last_moment_nothing_counts_even_when_nobody_closed_it_yet(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    with clock.at(clock.now() + A_LONG_TIME), pytest.raises(RoundClosed):
        says(cast, "Bram", number, Answer.AGREE)


def test_a_voice_in_the_closing_second_is_counted_or_refused_never_half(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    with cast.acting_as("Bram"), ThreadPoolExecutor(1) as elsewhere:
        voice = voice_in(number, cast.amersfoort.partners["Bram"])
        assert voice
        deciding.speak(voice, found(number), Answer.OBJECTION, remark="Wacht", by=member(cast, "Bram"))
        closing = elsewhere.submit(closes, cast, number)
        db.session.commit()
        assert closing.result()
    assert stage_of(cast, number) is Stage.INTEGRATING


def test_two_who_close_the_same_round_close_it_once(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    with ThreadPoolExecutor(2) as both:
        did = list(both.map(lambda _: closes(cast, number), range(2)))
    assert sorted(did) == [False, True]
    with cast.acting_as("Anna"):
        assert db.session.query(Spelregel).count() == 1


def test_before_its_day_a_round_closes_only_when_everyone_spoke(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    with pytest.raises(StillAsked):
        closes(cast, number)
    assert stage_of(cast, number) is Stage.ROUND
    with cast.acting_as("Bram"):
        assert said_in(found(number)) == {}


def test_a_partner_that_leaves_is_asked_no_more_and_what_it_said_stays(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    with cast.acting_as("Anna"):
        partner = here(Partner, cast.amersfoort.partners["Bram"])
        assert partner
        partner.left_at = clock.now()
        db.session.commit()
    closes(cast, number)
    assert stage_of(cast, number) is Stage.ADOPTED


def test_the_voice_stays_the_organisations_when_who_gave_it_goes_to_another(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.WORRY, "Wie past op?")
    with cast.acting_as("Anna"):
        member(cast, "Bram").partner_id = cast.amersfoort.partners["Anna"]
        db.session.commit()
    with cast.acting_as("Anna"):
        oost = next(one for one in asked_in(found(number)) if one.partner.name == "Welzijn Oost")
        assert (oost.has_spoken, oost.nobody_speaks) == (True, True)
    with cast.acting_as("Bram"):
        voice = voice_in(number, cast.amersfoort.partners["Anna"])
        assert voice
        assert voice.is_of(member(cast, "Bram"))


def test_silence_leaves_it_to_the_others_only_for_who_signed_that(cast: Cast) -> None:
    rule_id = a_rule(cast, "Wie niet antwoordt, laat het over", silence_leaves=True)
    with cast.acting_as("Anna"):
        this_workspace().quorum = "all"
        db.session.commit()
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    closes(cast, number, is_time=True)
    assert stage_of(cast, number) is Stage.ROUND
    with cast.acting_as("Bram"):
        db.session.add(
            Signature(workspace_id=cast.amersfoort.id, spelregel_id=rule_id, version=1,
                      partner_id=cast.amersfoort.partners["Bram"], signed_by_id=member(cast, "Bram").id,
                      signed_by_name="Bram")
        )  # fmt: skip
        db.session.commit()
    closes(cast, number, is_time=True)
    assert stage_of(cast, number) is Stage.ADOPTED


def test_an_objection_is_answered_with_a_better_text_and_everyone_is_asked_anew(cast: Cast) -> None:
    number = _objected(cast)
    better = Text("We beginnen om half elf", A_TEXT.example, A_TEXT.why, A_TEXT.review_on)
    with cast.acting_as("Bram"):
        proposing.reword(found(number), better, by=member(cast, "Bram"), wording=1)
        db.session.commit()
    take_step(cast, number, Stage.ROUND)
    with cast.acting_as("Anna"):
        assert [one.has_spoken for one in asked_in(found(number))] == [False, False]
        assert list(said_in(found(number))) == [1]
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    closes(cast, number)
    with cast.acting_as("Anna"):
        assert db.session.query(RuleVersion).one().title == "We beginnen om half elf"


def test_the_group_may_adopt_with_another_view_on_record(cast: Cast) -> None:
    number = _objected(cast)
    partner_id = cast.amersfoort.partners["Anna"]
    with cast.acting_as("Anna"):
        with pytest.raises(StillAsked):
            deciding.settle(found(number), by=member(cast, "Anna"))
        deciding.close_objection(
            found(number),
            partner_id,
            Closing.MINORITY,
            "Het blijft vroeg voor De Kom",
            by=member(cast, "Anna"),
        )
        deciding.settle(found(number), by=member(cast, "Anna"))
        db.session.commit()
        assert said_in(found(number))[1][0].closing.reason == "Het blijft vroeg voor De Kom"  # type: ignore[union-attr]
    assert stage_of(cast, number) is Stage.ADOPTED
    with cast.acting_as("Bram"):
        decision = outcomes.decision_of(found(number))
        assert decision
        assert (decision.how, decision.text) == ("consent", f"Nieuwe spelregel 1: {A_TEXT.title}")
        assert decision.minority == "Buurthuis De Kom: Te vroeg"
    with cast.acting_as("Chaima"):
        assert db.session.query(Decision).count() == 0, "The outer circle may not see this proposal."


def test_who_proposes_does_not_guide_and_without_a_guide_no_round_opens(cast: Cast) -> None:
    with pytest.raises(proposing.SamePerson):
        a_proposal(cast, by="Anna", guide="Anna")
    number = a_proposal(cast, guide=None, stage=Stage.ADJUSTING)
    with pytest.raises(deciding.NoGuide):
        take_step(cast, number, Stage.ROUND)


def test_no_round_opens_while_someone_waits_for_a_reply(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.REACTIONS)
    with cast.acting_as("Anna"):
        offered = proposing.offer(
            found(number),
            {"title": "We eindigen op tijd", "example": "", "why": "Kinderen"},
            by=member(cast, "Anna"),
        )
        db.session.commit()
        offered_id = offered.id
    take_step(cast, number, Stage.ADJUSTING)
    with pytest.raises(deciding.WaitsForReply):
        take_step(cast, number, Stage.ROUND)
    with cast.acting_as("Bram"):
        amendment = here(proposing.Amendment, offered_id)
        assert amendment
        proposing.take_over(found(number), amendment, by=member(cast, "Bram"))
        db.session.commit()
        assert found(number).text.title == "We eindigen op tijd"
        with pytest.raises(proposing.AlreadyAnswered):
            proposing.leave_out(found(number), amendment, "Toch niet", by=member(cast, "Bram"))
    take_step(cast, number, Stage.ROUND)


def test_a_rule_has_one_proposal_at_a_time(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_proposal(cast, changes=rule_id)
    with pytest.raises(proposing.AnotherIsOpen):
        a_proposal(cast, changes=rule_id)


def test_two_who_propose_at_once_get_two_numbers(cast: Cast) -> None:
    with cast.acting_as("Bram"):
        proposing.propose(
            A_TEXT, kind=ProposalKind.NEW, theme="relation", rule=None, guide=None, workspace=this_workspace(),
            by=member(cast, "Bram"),
        )  # fmt: skip
        with ThreadPoolExecutor(1) as elsewhere:
            other = elsewhere.submit(a_proposal, cast, by="Anna", guide="Bram")
            db.session.commit()
            assert other.result() == 2


def test_a_promise_that_is_kept_twice_or_after_a_next_round_began_closes_nothing_else(
    cast: Cast, worker: Flask
) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    promise = _promised(worker, deciding.CLOSE)
    _keep(worker, keeping.close_in_time, promise)
    assert stage_of(cast, number) is Stage.ROUND
    with clock.at(clock.now() + A_LONG_TIME):
        _keep(worker, keeping.close_in_time, promise)
        _keep(worker, keeping.close_in_time, promise)
    assert stage_of(cast, number) is Stage.ADOPTED


def test_a_round_in_which_too_few_spoke_stays_open_as_long_again_and_then_goes_back(
    cast: Cast, worker: Flask
) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    promise = _promised(worker, deciding.CLOSE)
    with clock.at(clock.now() + A_LONG_TIME):
        _keep(worker, keeping.close_in_time, promise)
        with cast.acting_as("Anna"):
            assert (found(number).stage, found(number).is_extended) == (Stage.ROUND, True)
    with clock.at(clock.now() + 2 * A_LONG_TIME):
        _keep(worker, keeping.close_in_time, promise)
        assert stage_of(cast, number) is Stage.ADJUSTING


def test_time_opens_the_next_stage(cast: Cast, worker: Flask) -> None:
    number = a_proposal(cast)
    promise = _promised(worker, proposing.GO_ON)
    _keep(worker, keeping.go_on_in_time, promise)
    assert stage_of(cast, number) is Stage.QUESTIONS
    with clock.at(clock.now() + A_LONG_TIME):
        _keep(worker, keeping.go_on_in_time, promise)
        _keep(worker, keeping.go_on_in_time, promise)
    assert stage_of(cast, number) is Stage.REACTIONS


def test_the_writer_is_told_when_the_text_changed_meanwhile(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)

    def elsewhere() -> None:
        with cast.acting_as("Bram"):
            other = Text("Anders", "", "Daarom", A_TEXT.review_on)
            proposing.reword(found(number), other, by=member(cast, "Bram"), wording=1)
            db.session.commit()

    with cast.acting_as("Bram"):
        mine = found(number)
        meanwhile(elsewhere)
        with pytest.raises(proposing.ChangedMeanwhile):
            proposing.reword(
                mine, Text("Weer anders", "", "x", A_TEXT.review_on), by=member(cast, "Bram"), wording=1
            )


def test_nothing_that_is_over_goes_on(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    with cast.acting_as("Bram"):
        deciding.withdraw(found(number), "Het hoeft niet", by=member(cast, "Bram"))
        db.session.commit()
        with pytest.raises(consent.NotOpen):
            deciding.withdraw(found(number), "Het hoeft niet", by=member(cast, "Bram"))
    with pytest.raises(consent.NotOpen):
        take_step(cast, number, Stage.ROUND)


def _objected(cast: Cast) -> int:
    """A proposal to which De Kom objected in its first round, which closed."""
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Anna", number, Answer.OBJECTION, "Te vroeg")
    says(cast, "Bram", number, Answer.AGREE)
    closes(cast, number)
    assert stage_of(cast, number) is Stage.INTEGRATING
    return number


def _promised(worker: Flask, kind: str) -> Promise:
    with worker.app_context():
        promise = db.session.query(Promise).filter_by(kind=kind).order_by(Promise.due_at).first()
        assert promise
        db.session.expunge(promise)
        db.session.commit()
        return promise


def _keep(worker: Flask, keeper: Callable[[Promise], None], promise: Promise) -> None:
    with worker.app_context():
        keeper(promise)
