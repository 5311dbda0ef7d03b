"""Looking at mail before it is sent, and back at what it said; nobody is told anything by it."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select, text

from tests.cast import Cast
from tests.counting import statements
from tests.digests.story import TUESDAY, adds
from tests.people.browsing import words
from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.post.models import Letter
from vitaal.workspaces.models import Circle, LastSeen, Membership

MOST_STATEMENTS = 12
YESTERDAY = TUESDAY - timedelta(hours=20)
LATER = TUESDAY + timedelta(hours=3)
FIRST_TUESDAY = datetime.fromisoformat("2027-01-05T07:00+01:00")


def told(cast: Cast, who: str = "Anna", at: datetime = LATER) -> dict[str, list[str]]:
    """What the page says the last mail said, by the heading of each circle."""
    with clock.at(at):
        answer = cast.client(who).get(f"/w/{cast.amersfoort.slug}/mail")
    assert answer.status_code == 200
    found = {}
    for card in BeautifulSoup(answer.text, "lxml").select("main section.card"):
        heading = card.find("h2")
        assert heading
        found[heading.text] = [line.text.split("‘")[1].split("’")[0] for line in card.select("li")]
    return found


def test_a_lead_reads_what_the_last_mail_said_per_circle(cast: Cast) -> None:
    adds(cast, "Bram", "Soep koken", YESTERDAY, circle=Circle.OUTER)
    adds(cast, "Bram", "Geld verdelen", YESTERDAY, circle=Circle.INNER)
    adds(cast, "Bram", "Ramen lappen", FIRST_TUESDAY - timedelta(days=3), circle=Circle.OUTER)
    adds(cast, "Bram", "Alleen binnen", FIRST_TUESDAY - timedelta(days=2), circle=Circle.INNER)
    adds(cast, "Bram", "Na de mail", TUESDAY + timedelta(hours=1))
    assert told(cast) == {
        "Binnencirkel: de mail van dinsdag 12 januari 2027": ["Geld verdelen", "Soep koken"],
        "Buitencirkel: de mail van dinsdag 5 januari 2027": ["Ramen lappen"],
    }


def test_what_the_lead_did_or_saw_is_told_too_for_it_was_in_the_mail_of_others(cast: Cast) -> None:
    adds(cast, "Anna", "Soep koken", YESTERDAY)
    with cast.acting_as("Anna"):
        anna = here(Membership, cast.amersfoort.members["Anna"])
        assert anna
        LastSeen.mark(anna, LATER)
        db.session.commit()
    assert told(cast)["Binnencirkel: de mail van dinsdag 12 januari 2027"] == ["Soep koken"]


def test_what_was_asked_of_one_person_is_not_told(cast: Cast) -> None:
    with clock.at(YESTERDAY), cast.acting_as("Bram"):
        bram = here(Membership, cast.amersfoort.members["Bram"])
        assert bram
        record("asked", "action", "Soep koken", by=bram, asks=str(cast.amersfoort.members["Anna"]))
        db.session.commit()
    assert told(cast)["Binnencirkel: de mail van dinsdag 12 januari 2027"] == []


def test_a_morning_that_has_not_come_is_not_told(cast: Cast) -> None:
    just_before = TUESDAY - timedelta(minutes=1)
    assert "Binnencirkel: de mail van dinsdag 5 januari 2027" in told(cast, at=just_before)
    assert "Binnencirkel: de mail van dinsdag 12 januari 2027" in told(cast, at=TUESDAY)


def test_mail_that_waited_for_a_day_of_rest_is_of_the_day_after(cast: Cast) -> None:
    kings_day_is_tuesday = datetime.fromisoformat("2027-04-29T12:00+02:00")
    assert "Binnencirkel: de mail van woensdag 28 april 2027" in told(cast, at=kings_day_is_tuesday)


def test_a_place_that_was_not_there_yet_had_no_mail(cast: Cast) -> None:
    with clock.at(datetime.fromisoformat("2026-09-01T20:00+02:00")):
        page = words(cast.client("Anna").get(f"/w/{cast.amersfoort.slug}/mail"))
    assert page.count("Jullie plek was er toen nog niet.") == 2


def test_much_that_happened_is_cut_and_asks_little(cast: Cast) -> None:
    with clock.at(YESTERDAY), cast.acting_as("Bram"):
        bram = here(Membership, cast.amersfoort.members["Bram"])
        assert bram
        for number in range(100):
            record("added", "action", f"Actie {number}", by=bram, circle=Circle.OUTER)
        db.session.commit()
    with clock.at(LATER):
        anna = cast.client("Anna")
    with clock.at(LATER), statements(cast.app) as asked:
        page = BeautifulSoup(anna.get(f"/w/{cast.amersfoort.slug}/mail").text, "lxml")
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    assert len(page.select("main li")) == 30
    assert "Er gebeurde nog meer. Dat staat in de geschiedenis." in page.text


@pytest.mark.parametrize("who", ["Bram", "Chaima"])
def test_who_does_not_arrange_reads_their_own_mail_only(cast: Cast, who: str) -> None:
    assert cast.client(who).get(f"/w/{cast.amersfoort.slug}/mail").status_code == 403


def test_someone_sees_their_mail_of_now(cast: Cast) -> None:
    adds(cast, "Bram", "Soep koken", YESTERDAY)
    adds(cast, "Bram", "Geld verdelen", YESTERDAY, circle=Circle.INNER)
    with clock.at(LATER):
        anna, chaima = (words(cast.client(name).get("/mijn/mail/voorbeeld")) for name in ("Anna", "Chaima"))
    assert "Soep koken" in anna
    assert "Soep koken" in chaima
    assert "Geld verdelen" in anna
    assert "Geld verdelen" not in chaima


def test_the_mail_as_it_looks_is_kept_apart_from_our_pages(cast: Cast) -> None:
    adds(cast, "Bram", "Soep koken", YESTERDAY)
    with clock.at(LATER):
        answer = cast.client("Anna").get("/mijn/mail/voorbeeld.html")
    assert "Soep koken" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_who_has_nothing_to_read_is_told_so(cast: Cast) -> None:
    els = cast.client("Els")
    assert "Er is nu niets nieuws" in words(els.get("/mijn/mail/voorbeeld"))
    assert els.get("/mijn/mail/voorbeeld.html").status_code == 404


def test_looking_tells_nothing_as_told(cast: Cast, worker: Flask) -> None:
    adds(cast, "Bram", "Soep koken", YESTERDAY)
    with clock.at(LATER):
        anna = cast.client("Anna")
    with clock.at(LATER), statements(cast.app) as asked:
        for path in ("/mijn/mail/voorbeeld", "/mijn/mail/voorbeeld.html", f"/w/{cast.amersfoort.slug}/mail"):
            assert anna.get(path).status_code == 200
    assert [sql for sql in asked if not sql.startswith("SELECT") and "app.session" not in sql] == []
    with worker.app_context():
        assert db.session.scalar(select(func.count(Letter.id))) == 0
        assert db.session.scalar(text("SELECT count(*) FROM ops.digest")) == 0
