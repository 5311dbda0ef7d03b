"""The agenda that a workspace begins with: the method's own actions, each with the reason that its route gives."""

import pytest

from tests.cast import Cast
from vitaal.agenda.queries import actions
from vitaal.agenda.start import fill_from_route
from vitaal.method.routes import all_routes, route


@pytest.mark.parametrize("key", [each.key for each in all_routes()])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_route_fills_the_agenda_with_its_actions_in_order(cast: Cast, key: str, language: str) -> None:
    chosen = route(key)
    with cast.acting_as("Anna"):
        fill_from_route(chosen, language)
        found = [(action.position, action.title) for action in actions()]
    assert found == list(enumerate((point.text.in_(language) for point in chosen.start_agenda), start=1))


@pytest.mark.parametrize("key", [each.key for each in all_routes()])
def test_every_first_action_says_why_in_words_of_its_own(cast: Cast, key: str) -> None:
    with cast.acting_as("Anna"):
        fill_from_route(route(key), "nl")
        reasons = [action.reason for action in actions()]
    assert all(reasons)
    assert len(set(reasons)) == len(reasons)


def test_learning_by_doing_begins_with_a_question_of_residents(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        fill_from_route(route("learning-by-doing"), "nl")
        first = actions()[0]
        assert first.title == "Kies één vraag die bewoners zelf noemen."
        assert first.reason.startswith("Je begint bij een vraag uit de buurt.")
