"""The routes into collaboration, as onboarding offers them."""

import pytest

from vitaal.method import routes


def test_there_are_three_routes_each_with_an_agenda_to_start_with():
    assert [route.key for route in routes.all_routes()] == [
        "learning-by-doing",
        "challenge-based",
        "strategic-agenda",
    ]
    for route in routes.all_routes():
        assert len(route.start_agenda) >= 4
        assert route.fits_when
        assert route.strengths
        assert all(risk.counter.nl for risk in route.risks)


def test_a_route_is_found_by_its_key_and_read_once():
    route = routes.route("learning-by-doing")
    assert route.name.nl == "Al doende leren"
    assert route.start_agenda[0].key == "ask-one-question"
    assert routes.route("learning-by-doing") is route


def test_an_unknown_route_is_refused():
    with pytest.raises(routes.UnknownRoute, match="shortcut"):
        routes.route("shortcut")


def test_every_answer_to_the_question_leads_to_a_route():
    chooser = routes.chooser()
    assert chooser.question.text.nl == "Waar begint het bij jullie?"
    assert {option.route for option in chooser.options} == {route.key for route in routes.all_routes()}
    assert chooser.notes


def test_the_forms_go_from_light_to_heavy():
    assert [form.key for form in routes.forms()] == ["network", "partnership", "coalition"]
    assert routes.form("coalition").name.en == "Coalition"


def test_an_unknown_form_is_refused():
    with pytest.raises(routes.UnknownForm, match="holding"):
        routes.form("holding")


def test_the_advice_is_to_start_light():
    advice = routes.form_advice()
    assert advice.advice.text.nl.startswith("Begin licht.")
    assert advice.questions
    assert advice.light_when
    assert advice.heavy_when
    assert advice.heavy_agreements
