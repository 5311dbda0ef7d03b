"""Setting priorities together: four quadrants, and the steps that lead to them."""

import pytest

from vitaal.method import priority


def test_the_quadrants_begin_with_what_to_do_now():
    assert [quadrant.key for quadrant in priority.quadrants()] == ["now", "explore", "hand-over", "let-go"]
    assert priority.quadrant("let-go").name.nl == "Loslaten"


@pytest.mark.parametrize(
    ("is_important", "is_urgent", "key"),
    [(True, True, "now"), (True, False, "explore"), (False, True, "hand-over"), (False, False, "let-go")],
)
def test_every_answer_has_its_own_quadrant(is_important, is_urgent, key):
    assert priority.quadrant_of(is_important=is_important, is_urgent=is_urgent).key == key


def test_an_unknown_quadrant_is_refused():
    with pytest.raises(priority.UnknownQuadrant, match="later"):
        priority.quadrant("later")


def test_a_group_first_rates_alone_and_ends_with_an_order():
    steps = [step.key for step in priority.how()]
    assert (steps[0], steps[-1]) == ("alone-first", "order-together")


def test_a_difference_is_told_as_news():
    assert priority.when_views_differ()[0].text.nl.startswith("Verschil is nieuws")
