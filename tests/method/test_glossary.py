"""One word for one thing."""

import pytest

from vitaal.method import glossary


def test_a_term_says_what_it_means():
    term = glossary.term("inner-circle")
    assert term.code == "inner_circle"
    assert term.meaning.nl == "Wie de samenwerking draagt."
    assert term in glossary.terms()


def test_a_name_in_code_stands_for_one_term():
    codes = [term.code for term in glossary.terms()]
    assert len(codes) == len(set(codes))


def test_an_unknown_term_is_refused():
    with pytest.raises(glossary.UnknownTerm, match="synergy"):
        glossary.term("synergy")


def test_a_word_to_avoid_comes_with_a_plain_one():
    plain = {word.avoid.nl: word.use.nl for word in glossary.plain_words()}
    assert plain["participatie"] == "meedoen"
