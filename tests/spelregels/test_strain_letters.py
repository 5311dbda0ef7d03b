"""Who is asked to talk gets one letter, and from that letter nobody reads what it is about or whose it is."""

from flask import Flask

from tests.agenda.story import member
from tests.cast import Cast
from tests.spelregels.strains import HAPPENED, brought_to_group, brought_up, letters, the
from vitaal.kernel.db import db
from vitaal.spelregels import strains
from vitaal.spelregels.models import StrainStage


def test_everyone_in_the_talk_gets_the_same_letter_once(cast: Cast, worker: Flask) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram", guide="Anna")
    texts = set()
    for name in ("Chaima", "Bram", "Anna"):
        letters(worker, name)
        (letter,) = letters(worker, name)
        texts.add((letter.subject, letter.text))
    ((subject, text),) = texts
    assert subject == "Een gesprek over een spelregel"
    assert f"/spelregels/bespreken/{strain_id}" in text
    for secret in ("Chaima", "Bram", "Anna", HAPPENED):
        assert secret not in letter.subject + letter.text + letter.html


def test_what_is_said_to_a_guide_alone_is_written_to_that_guide_alone(cast: Cast, worker: Flask) -> None:
    brought_up(cast, by="Chaima", guide="Anna")
    assert [len(letters(worker, name)) for name in ("Anna", "Bram", "Chaima")] == [1, 0, 0]


def test_nobody_gets_a_letter_about_what_is_for_the_group(cast: Cast, worker: Flask) -> None:
    brought_to_group(cast, by="Bram")
    assert [len(letters(worker, name)) for name in ("Anna", "Bram", "Chaima")] == [0, 0, 0]


def test_about_what_was_taken_back_or_closed_before_it_was_written_nobody_hears(cast: Cast, worker: Flask) -> None:  # fmt: skip
    gone, closed = (brought_up(cast, by="Chaima", other="Bram") for _ in range(2))
    with cast.acting_as("Chaima"):
        strains.take_back(the(gone))
        strains.follow_up(the(closed), StrainStage.CLOSED, version=1)
        db.session.commit()
    assert letters(worker, "Bram") == []


def test_who_left_gets_no_letter(cast: Cast, worker: Flask) -> None:
    brought_up(cast, by="Chaima", other="Bram")
    with cast.acting_as("Anna"):
        from_now = member(cast, "Bram")
        from_now.left_at = from_now.joined_at
        db.session.commit()
    assert letters(worker, "Bram") == []
    assert len(letters(worker, "Chaima")) == 1
