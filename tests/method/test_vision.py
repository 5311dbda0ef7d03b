"""Wording an ambition and goals."""

from vitaal.method import vision


def test_an_ambition_has_three_parts():
    assert [part.key for part in vision.ambition_parts()] == ["promise", "commitment", "doing"]
    assert [part.name.nl for part in vision.ambition_parts()] == ["Belofte", "Commitment", "Doen"]


def test_a_goal_is_worded_with_questions():
    assert all(prompt.text.nl.endswith("?") for prompt in vision.goal_prompts())
    assert "Keer het om" in vision.turn_around().nl
