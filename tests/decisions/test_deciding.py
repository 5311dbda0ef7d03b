"""A decision is written once, stays readable, and gives way only to a newer one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from tests.agenda.meetings import planned, points, the
from tests.agenda.story import an_action, found, meanwhile, member
from tests.cast import Cast
from tests.decisions.story import address, decided, of_action, of_group, of_meeting, send, the_decision
from vitaal.activity.models import Event
from vitaal.agenda import minutes
from vitaal.agenda.models import Meeting, Point
from vitaal.decisions import deciding
from vitaal.decisions.models import Decision, How
from vitaal.decisions.origins import Gone, origin_at
from vitaal.decisions.queries import chain_of
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle

AGAIN = {"text": "Wij koken op maandag.", "how": "consent", "decided_by": "de binnencirkel"}


def test_a_decision_says_who_decided_how_until_when_and_who_saw_it_otherwise(cast: Cast) -> None:
    decision_id = decided(
        cast, how=How.MAJORITY, decided_by="werkgroep Koken", minority="De sportclub wil vrijdag.",
        on=date(2026, 1, 31), valid_until=date(2030, 12, 31),
    )  # fmt: skip
    with cast.acting_as("Chaima"):
        decision = the_decision(decision_id)
        assert (decision.how, decision.decided_by) == ("majority", "werkgroep Koken")
        assert decision.minority == "De sportclub wil vrijdag."
        assert (decision.decided_on, decision.valid_until) == (date(2026, 1, 31), date(2030, 12, 31))
        assert (decision.by_name, decision.circle) == ("Anna", "outer")


def test_a_decision_comes_from_an_action_a_meeting_a_working_group_or_the_whole_group(cast: Cast) -> None:
    action, meeting, group = of_action(cast, an_action(cast)), of_meeting(cast, planned(cast)), of_group(cast)
    ids = [decided(cast, at=at) for at in (action, meeting, group, "")]
    with cast.acting_as("Bram"):
        rows = [the_decision(decision_id) for decision_id in ids]
        assert [[bool(value) for value in (row.action_id, row.meeting_id, row.group_id)] for row in rows] == [
            [True, False, False],
            [False, True, False],
            [False, False, True],
            [False, False, False],
        ]


def test_it_is_never_shown_wider_than_where_it_came_from(cast: Cast) -> None:
    secret = of_action(cast, an_action(cast, "Schulden", circle=Circle.INNER))
    unsent = of_meeting(cast, planned(cast, is_sent=False))
    closed = of_meeting(cast, planned(cast, circle=Circle.INNER))
    for at in (secret, unsent, closed):
        decision_id = decided(cast, at=at, circle=Circle.OUTER)
        with cast.acting_as("Anna"):
            assert the_decision(decision_id).circle == Circle.INNER
            event = db.session.query(Event).filter_by(object_id=decision_id).one()
            assert event.circle == Circle.INNER


def test_what_no_address_names_has_no_origin(cast: Cast) -> None:
    secret = of_action(cast, an_action(cast, "Schulden", circle=Circle.INNER))
    with cast.acting_as("Chaima"):
        for typed in (secret, "actie:onzin", "taart:1", "actie", f"actie:{cast.amersfoort.id}"):
            assert origin_at(typed) is None, typed


def test_what_replaces_another_is_for_the_same_readers_and_from_the_same_place(cast: Cast) -> None:
    for circle in (Circle.INNER, Circle.OUTER):
        first = decided(cast, at=of_action(cast, an_action(cast)), circle=circle)
        with cast.acting_as("Bram"):
            old = the_decision(first)
            new = deciding.replace(
                old, "Toch niet", how=How.MANDATE, on=clock.today(), by=member(cast, "Bram")
            )
            assert (new.circle, new.action_id, new.replaces_id) == (circle, old.action_id, old.id)
            assert old.text == "Wij koken op dinsdag."
            assert (
                [each.id for each in chain_of(new)] == [each.id for each in chain_of(old)] == [old.id, new.id]
            )
            db.session.commit()


def test_of_two_who_replace_it_the_second_is_refused(cast: Cast) -> None:
    first = decided(cast)
    path = address(cast, "besluiten", first, "vervanging")
    with cast.acting_as("Bram"):
        old = the_decision(first)
        again = {**AGAIN, "decided_on": clock.today().isoformat()}
        meanwhile(lambda: send(cast, "Anna", path, again))
        with pytest.raises(deciding.AlreadyReplaced):
            deciding.replace(old, "Te laat", how=How.CONSENT, on=clock.today(), by=member(cast, "Bram"))


def test_of_many_who_replace_it_at_once_one_does(cast: Cast) -> None:
    path = address(cast, "besluiten", decided(cast), "vervanging")
    browsers = [cast.client(name) for name in ("Anna", "Bram", "Anna", "Bram")]
    again = {**AGAIN, "decided_on": clock.today().isoformat()}
    with ThreadPoolExecutor(len(browsers)) as at_once:
        answers = [at_once.submit(browser.post, path, data=again) for browser in browsers]
        codes = sorted(answer.result().status_code for answer in answers)
    assert codes == [303, 409, 409, 409]
    with cast.acting_as("Anna"):
        assert db.session.query(Decision).count() == 2


def test_what_was_thrown_away_at_that_moment_is_no_origin_any_more(cast: Cast) -> None:
    number = planned(cast, is_sent=False)
    at = of_meeting(cast, number)
    with cast.acting_as("Bram"):
        origin = origin_at(at)
        assert origin
        meanwhile(lambda: cast.client("Anna").post(address(cast, "bijeenkomsten", number, "weg")))
        with pytest.raises(Gone):
            deciding.decide(
                "Te laat", how=How.CONSENT, on=clock.today(), by=member(cast, "Bram"), origin=origin
            )
        db.session.commit()
        assert db.session.query(Meeting).count() == db.session.query(Decision).count() == 0


def test_a_plan_in_which_something_was_decided_or_agreed_is_not_thrown_away(cast: Cast) -> None:
    number = planned(cast, is_sent=False)
    decided(cast, at=of_meeting(cast, number))
    cast.client("Anna").post(address(cast, "bijeenkomsten", number, "weg"))
    with cast.acting_as("Anna"):
        assert the(number)


def test_who_was_asked_from_the_outer_circle_reads_what_a_closed_meeting_decided(cast: Cast) -> None:
    """As before: the minutes are for who sees the meeting."""
    number = planned(cast, "Moeilijk gesprek", circle=Circle.INNER)
    (point_id,) = points(cast, number, "Wat nu?")
    loose = decided(cast, "Alleen voor binnen", at=of_meeting(cast, number))
    with cast.acting_as("Anna"):
        point = here(Point, point_id)
        assert point
        at_the_point = minutes.decide(
            the(number), point, "Wij bellen", how=How.CONSENT, on=clock.today(), by=member(cast, "Anna")
        ).id
        db.session.commit()
    with cast.acting_as("Chaima"):
        assert here(Decision, at_the_point)
        assert here(Decision, loose) is None


def test_a_decision_stays_when_its_action_lies_in_the_trash(cast: Cast) -> None:
    number = an_action(cast)
    decision_id = decided(cast, at=of_action(cast, number))
    with cast.acting_as("Anna"):
        found(number).deleted_at = clock.now() - timedelta(days=1)
        db.session.commit()
    shown = cast.client("Chaima").get(address(cast, "besluiten", decision_id))
    assert shown.status_code == 200
    assert "Iets dat er niet meer is" in shown.text
