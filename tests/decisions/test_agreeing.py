"""An agreement has someone who looks after it and a day on which people look whether it works."""

import pytest

from tests.agenda.story import an_action, meanwhile, member
from tests.cast import Cast
from tests.decisions.story import A_MONTH, address, agreed, decided, of_action, send, the_agreement
from vitaal.activity.models import Event
from vitaal.activity.sentences import sentence
from vitaal.decisions import agreeing
from vitaal.decisions.agreeing import OwnerCannotSee
from vitaal.decisions.models import AgreementCheck, Outcome
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.workspaces.models import Circle


def history(cast: Cast) -> list[str]:
    """What the history tells about agreements, oldest first."""
    with cast.acting_as("Anna"), cast.app.test_request_context():
        events = db.session.query(Event).filter_by(object_kind="agreement").order_by(Event.id)
        return [sentence(event) for event in events]


def test_what_is_kept_is_looked_at_again_and_what_ends_is_not(cast: Cast) -> None:
    for outcome, is_open in ((Outcome.KEEP, True), (Outcome.DONE, False), (Outcome.STOP, False)):
        agreement_id = agreed(cast)
        with cast.acting_as("Bram"):
            agreement, bram = the_agreement(agreement_id), member(cast, "Bram")
            later = clock.today() + 3 * A_MONTH
            seen = agreeing.check(agreement, outcome, by=bram, version=1, next_on=later, lesson="Het went.")
            assert (agreement.check_on == later, agreement.ended_at is None) == (is_open, is_open)
            assert (seen.next_on is not None, seen.lesson) == (is_open, "Het went.")
            db.session.commit()


def test_the_history_tells_what_became_of_it_without_who_said_so(cast: Cast) -> None:
    agreement_id = agreed(cast, "Op tijd beginnen", owner="Chaima")
    with cast.acting_as("Anna"):
        agreeing.hand_over(
            the_agreement(agreement_id), member(cast, "Bram"), by=member(cast, "Anna"), version=1
        )
        agreeing.hand_over(
            the_agreement(agreement_id), member(cast, "Chaima"), by=member(cast, "Anna"), version=2
        )
        db.session.commit()
    with cast.acting_as("Chaima"):
        agreement, chaima = the_agreement(agreement_id), member(cast, "Chaima")
        agreeing.check(agreement, Outcome.KEEP, by=chaima, version=3, next_on=clock.today() + A_MONTH)
        agreeing.check(agreement, Outcome.DONE, by=chaima, version=4)
        db.session.commit()
    assert history(cast) == [
        "Afgesproken: Op tijd beginnen",
        "Bram let voortaan op de afspraak ‘Op tijd beginnen’",
        "Iemand uit de buitencirkel let voortaan op de afspraak ‘Op tijd beginnen’",
        "De afspraak ‘Op tijd beginnen’ blijft",
        "De afspraak ‘Op tijd beginnen’ is klaar",
    ]


def test_what_has_stopped_is_told_so(cast: Cast) -> None:
    agreement_id = agreed(cast, "Op tijd beginnen")
    with cast.acting_as("Bram"):
        agreeing.check(the_agreement(agreement_id), Outcome.STOP, by=member(cast, "Bram"), version=1)
        db.session.commit()
    assert history(cast)[-1] == "De afspraak ‘Op tijd beginnen’ stopt"


def test_of_two_who_look_at_once_the_second_is_told(cast: Cast) -> None:
    agreement_id = agreed(cast)
    path = address(cast, "afspraken", agreement_id, "terugblikken")
    with cast.acting_as("Bram"):
        agreement = the_agreement(agreement_id)
        meanwhile(lambda: send(cast, "Anna", path, {"version": "1", "outcome": "done"}))
        with pytest.raises(ChangedMeanwhile):
            agreeing.check(agreement, Outcome.STOP, by=member(cast, "Bram"), version=1)
    with cast.acting_as("Bram"):
        (only,) = db.session.query(AgreementCheck)
        assert (only.outcome, only.by_name) == ("done", "Anna")


def test_what_has_ended_is_not_looked_at_or_handed_over_any_more(cast: Cast) -> None:
    agreement_id = agreed(cast)
    with cast.acting_as("Bram"):
        agreement, bram = the_agreement(agreement_id), member(cast, "Bram")
        agreeing.check(agreement, Outcome.DONE, by=bram, version=1)
        with pytest.raises(ChangedMeanwhile):
            agreeing.check(agreement, Outcome.STOP, by=bram, version=agreement.version)
        with pytest.raises(ChangedMeanwhile):
            agreeing.hand_over(agreement, member(cast, "Anna"), by=bram, version=agreement.version)


def test_who_looks_after_it_can_read_it(cast: Cast) -> None:
    secret = of_action(cast, an_action(cast, "Schulden", circle=Circle.INNER))
    for more in ({"circle": Circle.INNER}, {"at": secret}):
        with pytest.raises(OwnerCannotSee):
            agreed(cast, owner="Chaima", **more)
    agreement_id = agreed(cast, circle=Circle.INNER)
    with cast.acting_as("Anna"), pytest.raises(OwnerCannotSee):
        agreeing.hand_over(
            the_agreement(agreement_id), member(cast, "Chaima"), by=member(cast, "Anna"), version=1
        )


def test_what_goes_with_a_decision_comes_from_where_that_came_from_and_is_as_open(cast: Cast) -> None:
    number = an_action(cast)
    for circle in (Circle.INNER, Circle.OUTER):
        decision_id = decided(cast, at=of_action(cast, number), circle=circle)
        agreement_id = agreed(cast, at=f"besluit:{decision_id}")
        with cast.acting_as("Anna"):
            agreement = the_agreement(agreement_id)
            assert (agreement.decision_id, agreement.circle) == (decision_id, circle)
            assert agreement.action_id
