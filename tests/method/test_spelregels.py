"""The spelregels of the method."""

import pytest

from vitaal.method import spelregels


def test_every_suggestion_belongs_to_a_theme() -> None:
    assert len(spelregels.suggestions()) == 10
    for suggestion in spelregels.suggestions():
        assert spelregels.theme(suggestion.theme).name.nl


def test_rules_about_rules_are_a_theme_of_their_own() -> None:
    assert spelregels.themes()[-1].key == "rules-about-rules"


def test_an_unknown_theme_is_said() -> None:
    with pytest.raises(spelregels.UnknownTheme):
        spelregels.theme("weather")


def test_a_strained_rule_is_talked_about_in_five_steps() -> None:
    assert [step.key for step in spelregels.strain_steps()] == ["say-it", "need", "talk", "agree", "learn"]
    assert len(spelregels.writing()) == len(spelregels.renewal()) == 4
