"""Where a group stands, how far apart it is, and who sees it most differently."""

from itertools import combinations, permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitaal.agenda.priority_round import (
    View,
    Weighing,
    average_difference,
    most_apart_first,
    proposed_order,
    reordered,
)

ANSWERS = st.integers(1, 5)
VOTES = st.lists(st.tuples(ANSWERS, ANSWERS, st.sampled_from(["", "Omdat het kan"])), max_size=20)


def weighing(*votes: tuple[int, int] | tuple[int, int, str]) -> Weighing:
    return Weighing([View(UUID(int=i), f"Partner {i:02}", *vote) for i, vote in enumerate(votes)])


def keys(*weighed: Weighing) -> list[str | None]:
    return [one.quadrant.key if one.quadrant else None for one in weighed]


def test_the_group_stands_where_its_middle_partner_stands() -> None:
    group = weighing((5, 1), (4, 2), (1, 5))
    assert (group.importance, group.urgency) == (4, 2)


def test_one_far_off_answer_does_not_move_the_group() -> None:
    assert weighing((4, 2), (4, 2), (4, 2)).importance == weighing((4, 2), (4, 2), (1, 5)).importance


def test_nobody_who_answers_gives_no_middle_and_no_quadrant() -> None:
    silent = weighing()
    assert (silent.importance, silent.urgency, silent.quadrant, silent.extremes) == (None, None, None, None)
    assert (silent.apart, silent.is_apart) == (0, False)


@pytest.mark.parametrize(
    ("vote", "quadrant"),
    [((5, 5), "now"), ((5, 1), "explore"), ((1, 5), "hand-over"), ((1, 1), "let-go")],
)
def test_each_corner_is_a_quadrant(vote: tuple[int, int], quadrant: str) -> None:
    assert keys(weighing(vote)) == [quadrant]


def test_in_doubt_an_action_stays_on_the_agenda_in_peace() -> None:
    assert keys(weighing((3, 3))) == ["explore"]


def test_a_group_that_is_split_in_two_is_as_far_apart_as_can_be_however_large_it_is() -> None:
    for half in (1, 4, 10):
        split = weighing(*[(1, 1)] * half, *[(5, 5)] * half)
        assert split.apart == 4


def test_the_one_partner_who_sees_something_else_counts() -> None:
    assert weighing((4, 4), (4, 4), (4, 4), (1, 4)).apart > weighing((4, 4), (4, 4), (4, 4), (3, 4)).apart > 0


def test_two_steps_of_difference_are_worth_a_conversation() -> None:
    assert weighing((1, 3), (5, 3)).is_apart
    assert not weighing((3, 3), (4, 4)).is_apart


def test_the_extremes_are_the_two_furthest_apart_and_who_weighs_it_most_comes_first() -> None:
    one, other = weighing((3, 3), (1, 2), (5, 5)).extremes or pytest.fail("They differ.")
    assert (one.partner, other.partner) == ("Partner 02", "Partner 01")


def test_of_equal_extremes_those_who_explain_themselves_come_first() -> None:
    one, other = weighing((5, 5), (1, 1), (5, 5, "Zonder vervoer komt niemand"), (1, 1, "Er rijdt al een bus")
                          ).extremes or pytest.fail("They differ.")  # fmt: skip
    assert (one.partner, other.partner) == ("Partner 02", "Partner 03")


def test_who_agree_have_no_extremes() -> None:
    assert weighing((4, 2), (4, 2)).extremes is None
    assert weighing((4, 2)).extremes is None


def test_the_largest_disagreement_comes_first_and_the_rest_keeps_its_order() -> None:
    calm, other_calm, split = weighing((3, 3)), weighing((2, 2)), weighing((1, 1), (5, 5))
    ordered = most_apart_first([("a", calm), ("b", split), ("c", other_calm)])
    assert [name for name, _ in ordered] == ["b", "a", "c"]


def test_the_first_proposal_goes_by_quadrant_then_by_weight_and_ends_with_what_nobody_rated() -> None:
    weighed = {
        "stil": weighing(), "loslaten": weighing((1, 1)), "later": weighing((5, 1)), "nu": weighing((4, 4)),
        "meer nu": weighing((5, 5)), "overdragen": weighing((1, 5)),
    }  # fmt: skip
    assert [name for name, _ in proposed_order(weighed.items())] == [
        "meer nu", "nu", "later", "overdragen", "loslaten", "stil",
    ]  # fmt: skip


@given(VOTES)
def test_the_middle_has_half_of_the_answers_on_either_side(
    votes: list[tuple[int, int, str]],
) -> None:
    group = weighing(*votes)
    for middle, answers in (
        (group.importance, [v[0] for v in votes]),
        (group.urgency, [v[1] for v in votes]),
    ):
        if middle is None:
            assert not votes
            continue
        assert sum(answer <= middle for answer in answers) * 2 >= len(votes)
        assert sum(answer >= middle for answer in answers) * 2 >= len(votes)


@given(VOTES)
def test_the_difference_lies_between_none_and_a_group_split_in_two(votes: list[tuple[int, int, str]]) -> None:
    apart = weighing(*votes).apart
    assert 0 <= apart <= 4
    assert (apart == 0) == (len({vote[:2] for vote in votes}) <= 1)


@given(st.lists(ANSWERS, max_size=12), st.integers(2, 4), st.randoms())
def test_the_difference_does_not_depend_on_who_speaks_first_or_on_how_many_say_the_same(
    answers: list[int], times: int, chance: object
) -> None:
    shuffled = list(answers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert average_difference(shuffled) == average_difference(answers)
    assert average_difference(answers * times) == average_difference(answers)
    assert average_difference([6 - answer for answer in answers]) == average_difference(answers)


@given(st.lists(ANSWERS, min_size=1, max_size=6), st.data())
def test_moving_an_answer_away_from_all_others_makes_the_difference_larger(
    answers: list[int], data: st.DataObject
) -> None:
    highest = max(answers)
    if highest < 5 and len(answers) > 1:
        further = [*answers]
        further[answers.index(highest)] = data.draw(st.integers(highest + 1, 5))
        assert average_difference(further) > average_difference(answers)


@given(VOTES)
def test_no_pair_lies_further_apart_than_the_extremes(votes: list[tuple[int, int, str]]) -> None:
    group = weighing(*votes)
    furthest = max((a.steps_to(b) for a, b in combinations(group.views, 2)), default=0)
    if group.extremes is None:
        assert furthest == 0
    else:
        one, other = group.extremes
        assert one.steps_to(other) == furthest
        assert one.weight >= other.weight


def test_a_line_that_is_moved_up_goes_before_who_stands_there_and_one_that_is_moved_down_after() -> None:
    assert reordered([1, 2, 3, 4, 1]) == [4, 0, 1, 2, 3]
    assert reordered([5, 2, 3, 4, 5]) == [1, 2, 3, 4, 0]
    assert reordered([1, 2, 3]) == [0, 1, 2]


@given(st.lists(st.integers(-3, 40), max_size=30))
def test_every_line_gets_exactly_one_place(wanted: list[int]) -> None:
    assert sorted(reordered(wanted)) == list(range(len(wanted)))


def test_every_complete_order_is_taken_as_it_was_given() -> None:
    for wanted in permutations(range(1, 5)):
        order = reordered(wanted)
        assert [wanted[line] for line in order] == [1, 2, 3, 4]
