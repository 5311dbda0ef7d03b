"""A text speaks the language that is asked, and Dutch where it can't."""

import pytest

from vitaal.method.texts import Text

OPGAVE = Text(nl="opgave", en="challenge")


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "opgave"), ("en", "challenge"), ("en_GB", "challenge"), ("fy", "opgave"), ("", "opgave")],
)
def test_a_text_falls_back_to_dutch(language, said):
    assert OPGAVE.in_(language) == said
