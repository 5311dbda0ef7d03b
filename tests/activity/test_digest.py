"""What the history says in a digest: what others did and who joined, and nothing that the reader knows already."""

from datetime import timedelta

from tests.cast import Cast
from tests.told import told
from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, LastSeen, Membership


def me(cast: Cast, name: str) -> Membership:
    return db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members[name]))


def happen(cast: Cast, name: str, title: str, circle: Circle) -> None:
    with cast.acting_as(name), clock.at(clock.now() + timedelta(minutes=1)):
        record("added", "action", title, by=me(cast, name), circle=circle)
        db.session.commit()


def test_it_tells_what_others_did_with_a_full_address(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    (line,) = told(cast, "Bram").news
    assert line.text == "Anna zette ‘Samen eten’ op de agenda"
    assert line.url == f"http://localhost/w/{cast.amersfoort.slug}/geschiedenis"


def test_it_leaves_out_what_the_reader_did(cast: Cast) -> None:
    happen(cast, "Bram", "Samen eten", Circle.OUTER)
    assert told(cast, "Bram").news == ()


def test_it_leaves_out_what_the_reader_may_not_know(cast: Cast) -> None:
    happen(cast, "Anna", "Binnen geheim", Circle.INNER)
    assert told(cast, "Chaima").news == ()


def test_it_leaves_out_what_the_reader_saw_on_screen(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    with cast.acting_as("Bram"):
        LastSeen.mark(me(cast, "Bram"), clock.now() + timedelta(minutes=2))
        db.session.commit()
    assert told(cast, "Bram").news == ()


def test_it_leaves_out_what_an_earlier_digest_told(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    assert told(cast, "Bram", since=clock.now() + timedelta(minutes=2)).news == ()


def test_it_tells_who_joined_after_the_reader_did(cast: Cast) -> None:
    (line,) = told(cast, "Anna").joined
    assert line.text == "Chaima (Wandelclub) en Bram (Welzijn Oost) doen nu mee"


def test_what_was_seen_never_becomes_unseen_again(cast: Cast) -> None:
    later = clock.now() + timedelta(hours=1)
    with cast.acting_as("Bram"):
        LastSeen.mark(me(cast, "Bram"), later)
        LastSeen.mark(me(cast, "Bram"), later - timedelta(minutes=5))
        assert LastSeen.of(me(cast, "Bram")) == later
