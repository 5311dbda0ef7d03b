"""What changed between two texts can be read, and nothing of either text is lost."""

from itertools import pairwise

from bs4 import BeautifulSoup
from flask import Flask, get_template_attribute
from hypothesis import given
from hypothesis import strategies as st

from vitaal.spelregels.differences import Change, Piece, differences

SAME, REMOVED, ADDED = Change.SAME, Change.REMOVED, Change.ADDED
texts = st.text() | st.lists(
    st.sampled_from(["we", "ja", "nee", ",", ".", "\n", "de", "’t"]), max_size=30
).map(" ".join)


def without(kind: Change, pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind is not kind)


@given(texts, texts)
def test_what_stayed_with_what_went_is_the_old_text_and_with_what_came_the_new(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert without(ADDED, pieces) == old
    assert without(REMOVED, pieces) == new
    assert all(piece.text for piece in pieces)


@given(texts, texts)
def test_two_pieces_beside_each_other_are_never_of_one_kind(old: str, new: str) -> None:
    kinds = [piece.kind for piece in differences(old, new)]
    assert all(one is not other for one, other in pairwise(kinds))


@given(texts)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert {piece.kind for piece in differences(text, text)} <= {SAME}


def test_a_sentence_that_came_is_one_piece() -> None:
    old = "We besluiten samen. Een bezwaar is welkom."
    new = "We besluiten samen. Wie er niet bij is, krijgt drie dagen. Een bezwaar is welkom."
    added = [piece.text.strip() for piece in differences(old, new) if piece.kind is ADDED]
    assert added == ["Wie er niet bij is, krijgt drie dagen."]
    assert not [piece for piece in differences(old, new) if piece.kind is REMOVED]


def test_words_that_were_replaced_beside_each_other_are_read_in_one_go() -> None:
    pieces = differences("We komen op tijd.", "We beginnen heel rustig.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        (SAME, "We "), (REMOVED, "komen op tijd"), (ADDED, "beginnen heel rustig"), (SAME, "."),
    ]  # fmt: skip


def test_a_word_is_never_cut() -> None:
    pieces = differences("Lukt ’t niet? Bel de e-maildienst.", "Lukt ’t wel? Bel de e-mailman.")
    assert (REMOVED, "e-maildienst") in [(piece.kind, piece.text) for piece in pieces]


def test_who_does_not_see_colours_hears_what_came_and_what_went(app: Flask) -> None:
    with app.test_request_context():
        difference = get_template_attribute("spelregels/_difference.html", "difference")
        html = str(difference(differences("We praten over <b>ouderen</b>", "We praten mét <b>ouderen</b>")))
    soup = BeautifulSoup(html, "lxml")
    assert soup.find("del").get_text() == "[weggehaald: over]"
    assert soup.find("ins").get_text() == "[toegevoegd: mét]"
    assert "<b>ouderen</b>" in soup.get_text()
