"""The history: everyone reads what their circle may know, page by page, and what was seen counts as seen."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, text

from tests.cast import Cast
from vitaal.activity.models import Event, record
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, LastSeen, Membership

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def me(cast: Cast, name: str) -> Membership:
    return db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members[name]))


def happen(cast: Cast, name: str, title: str, circle: Circle, at: datetime = NOON) -> None:
    with cast.acting_as(name), clock.at(at):
        record("added", "action", title, by=me(cast, name), circle=circle)
        db.session.commit()


def page(cast: Cast, name: str, query: str = "") -> BeautifulSoup:
    answer = cast.client(name).get(f"/w/{cast.amersfoort.slug}/geschiedenis{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def test_an_outer_member_reads_only_what_everyone_may_know(cast: Cast) -> None:
    happen(cast, "Anna", "Binnen geheim", Circle.INNER)
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    seen = page(cast, "Chaima").main.get_text()
    assert "Samen eten" in seen
    assert "Binnen geheim" not in seen


def test_the_database_hides_inner_events_from_the_outer_circle(cast: Cast) -> None:
    happen(cast, "Anna", "Binnen geheim", Circle.INNER)
    with cast.acting_as("Chaima"):
        assert db.session.scalars(text("SELECT object_name FROM app.event")).all() == []
    with cast.acting_as("Bram"):
        assert db.session.scalars(text("SELECT object_name FROM app.event")).all() == ["Binnen geheim"]


def test_events_stand_under_their_day_in_words(cast: Cast) -> None:
    happen(cast, "Anna", "Vandaag gedaan", Circle.OUTER, NOON)
    happen(cast, "Anna", "Gisteren gedaan", Circle.OUTER, NOON - timedelta(days=1))
    happen(cast, "Anna", "Eerder gedaan", Circle.OUTER, NOON - timedelta(days=4))
    client = cast.client("Bram")
    with clock.at(NOON + timedelta(hours=1)):
        answer = client.get(f"/w/{cast.amersfoort.slug}/geschiedenis")
    days = [heading.get_text() for heading in BeautifulSoup(answer.text, "lxml").main.find_all("h2")]
    assert days == ["Vandaag", "Gisteren", "Vrijdag 20 november"]


def test_earlier_events_are_one_link_away_and_none_is_skipped_or_repeated(cast: Cast) -> None:
    for number in range(65):
        happen(cast, "Anna", f"Actie {number:02}", Circle.OUTER, NOON)
    titles, query = [], ""
    for _page in range(3):
        soup = page(cast, "Bram", query)
        titles += [line.p.get_text() for line in soup.main.select(".feed > li")]
        link = soup.main.find("a", rel="next")
        query = "?" + str(link["href"]).split("?")[1] if link else ""
    assert query == ""
    assert len(titles) == len(set(titles)) == 65


@pytest.mark.parametrize("key", ["nonsense", "%00", "x" * 5000, "1"])
def test_a_nonsense_key_is_not_found(cast: Cast, key: str) -> None:
    answer = cast.client("Bram").get(f"/w/{cast.amersfoort.slug}/geschiedenis?voor={key}")
    assert answer.status_code == 404


def test_a_key_of_an_event_that_the_reader_may_not_see_opens_nothing(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    happen(cast, "Anna", "Binnen geheim", Circle.INNER, NOON + timedelta(hours=1))
    with cast.acting_as("Anna"):
        hidden = db.session.scalar(select(Event.id).where(Event.circle == Circle.INNER))
    assert "Samen eten" not in page(cast, "Chaima", f"?voor={hidden}").main.get_text()


def test_reading_the_history_counts_as_seen(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    with cast.acting_as("Bram"):
        before = LastSeen.of(me(cast, "Bram"))
    page(cast, "Bram")
    with cast.acting_as("Bram"):
        assert LastSeen.of(me(cast, "Bram")) > before


def test_what_did_not_fit_on_the_first_page_is_not_counted_as_seen(cast: Cast) -> None:
    soon = clock.now() + timedelta(minutes=1)
    for number in range(35):
        happen(cast, "Anna", f"Actie {number}", Circle.OUTER, soon)
    page(cast, "Bram")
    with cast.acting_as("Bram"):
        assert db.session.scalar(select(func.count()).select_from(LastSeen)) == 0


def test_nobody_can_rewrite_what_happened(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten", Circle.OUTER)
    with cast.acting_as("Anna"), pytest.raises(Exception, match=r"append-only|permission denied"):
        db.session.execute(text("UPDATE app.event SET object_name = 'anders'"))
