"""The circles, who is needed in them, and who leads."""

import pytest

from vitaal.method import circles


def test_the_circles_go_from_the_inside_out():
    assert [circle.key for circle in circles.all_circles()] == ["inner", "outer", "free"]
    assert circles.circle("free").name.nl == "Vrije ruimte"


def test_an_unknown_circle_is_refused():
    with pytest.raises(circles.UnknownCircle, match="middle"):
        circles.circle("middle")


def test_every_move_goes_to_a_neighbouring_circle():
    order = [circle.key for circle in circles.all_circles()]
    moves = circles.moving_between_circles().moves
    assert len(moves) == 4
    assert {abs(order.index(move.from_circle) - order.index(move.to_circle)) for move in moves} == {1}


def test_the_method_asks_who_is_needed_to_start_and_who_can_join_later():
    who = circles.who_belongs()
    assert who.needed_to_start.text.nl == "Zonder wie kunnen we niet beginnen?"
    assert who.can_join_later in who.questions


def test_the_people_it_is_about_are_always_needed():
    assert [kind.key for kind in circles.maximum_mix().kinds if kind.is_needed] == ["people-concerned"]


def test_a_coalition_starts_with_those_who_want_to():
    mass = circles.minimum_mass()
    assert mass.begin_with.key == "coalition-of-the-willing"
    assert mass.depends_on
    assert mass.remember


def test_the_groups_have_a_tip():
    assert [group.key for group in circles.groups()] == ["steering-group", "working-group", "organising-team"]
    assert all(group.tip.nl for group in circles.groups())


def test_the_lead_has_roles_and_is_accepted_by_all():
    lead = circles.lead()
    assert [role.key for role in lead.roles] == ["driver", "connector", "facilitator", "progress-keeper"]
    assert "granted-by-all" in [condition.key for condition in lead.acceptance_conditions]
    assert lead.acceptance_question.text.nl.startswith("Gun jij")
