"""Vandaag: what asks something of me comes first, then what is new to me; when there is nothing it is calm."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from tests.cast import Cast
from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, LastSeen, Membership, Role, Workspace

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def me(cast: Cast, name: str) -> Membership:
    return db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members[name]))


def happen(cast: Cast, name: str, title: str, circle: Circle = Circle.OUTER) -> None:
    with cast.acting_as(name), clock.at(clock.now() + timedelta(seconds=1)):
        record("added", "action", title, by=me(cast, name), circle=circle)
        db.session.commit()


def page(cast: Cast, name: str) -> BeautifulSoup:
    answer = cast.client(name).get(f"/w/{cast.amersfoort.slug}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def asked_of(cast: Cast, name: str) -> list[str]:
    return [heading.get_text() for heading in page(cast, name).main.select(".todo h3")]


def news_for(cast: Cast, name: str) -> list[str]:
    return [line.get_text(" ", strip=True) for line in page(cast, name).main.select(".feed > li > div")]


def describe(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).description = "Samen eten in de buurt."
        db.session.commit()


@pytest.mark.parametrize(
    ("hour", "hello"), [(8, "Goedemorgen, Bram"), (13, "Goedemiddag, Bram"), (21, "Goedenavond, Bram")]
)
def test_the_page_greets_by_the_time_of_day(cast: Cast, hour: int, hello: str) -> None:
    with clock.at(MORNING + timedelta(hours=hour - 8)):
        soup = page(cast, "Bram")
    assert soup.h1.get_text() == hello
    assert soup.find(string="dinsdag 24 november 2026")


def test_who_arranges_is_asked_to_tell_what_the_place_is_about(cast: Cast) -> None:
    assert asked_of(cast, "Anna") == ["Vertel waar deze plek over gaat"]
    describe(cast)
    assert asked_of(cast, "Anna") == []


def test_without_a_lead_the_inner_circle_is_asked_to_choose_one(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        me(cast, "Bram").roles = [Role.FACILITATOR]
        db.session.commit()
    with cast.acting_as("Bram"):
        me(cast, "Anna").roles = []
        db.session.commit()
    assert "Kies samen een trekker" in asked_of(cast, "Anna")
    assert asked_of(cast, "Chaima") == []


def test_when_nothing_is_asked_the_page_is_calm(cast: Cast) -> None:
    assert "Je bent helemaal bij" in page(cast, "Bram").main.get_text()


def test_the_first_steps_of_the_agenda_are_there_with_the_name_of_the_route(cast: Cast) -> None:
    for title in ("Een", "Twee", "Drie", "Vier"):
        cast.client("Anna").post(f"/w/{cast.amersfoort.slug}/agenda", data={"title": title})
    road = page(cast, "Chaima").main.find(class_="solid")
    assert "Jullie route: Al doende leren" in road.get_text()
    assert [step.span.get_text() for step in road.select("ol li")] == ["Een", "Twee", "Drie"]


def test_news_is_marked_as_new_once(cast: Cast) -> None:
    happen(cast, "Anna", "Samen eten")
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert news_for(cast, "Bram")[0].endswith("nieuw")
        assert not news_for(cast, "Bram")[0].endswith("nieuw")


def test_own_things_are_no_news(cast: Cast) -> None:
    happen(cast, "Bram", "Samen eten")
    assert news_for(cast, "Bram") == []


def test_an_outer_member_gets_no_news_of_the_inner_circle(cast: Cast) -> None:
    happen(cast, "Anna", "Binnen geheim", Circle.INNER)
    assert news_for(cast, "Chaima") == []
    assert len(news_for(cast, "Bram")) == 1


def test_more_news_than_fits_is_not_counted_as_seen(cast: Cast) -> None:
    for number in range(6):
        happen(cast, "Anna", f"Actie {number}")
    assert len(news_for(cast, "Bram")) == 5
    with cast.acting_as("Bram"):
        assert LastSeen.of(me(cast, "Bram")) == me(cast, "Bram").joined_at


def test_who_joined_is_named_with_their_organisation(cast: Cast) -> None:
    text = (
        page(cast, "Anna").main.find("section", attrs={"aria-labelledby": "erbij"}).get_text(" ", strip=True)
    )
    assert "Bram Welzijn Oost" in text
    assert "Chaima Wandelclub" in text


def test_an_outer_member_sees_only_the_newcomers_that_they_may_know(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        me(cast, "Bram").circle = Circle.OUTER
        db.session.commit()
    assert "Bram" not in page(cast, "Chaima").main.get_text()


def test_what_people_typed_is_shown_as_text(cast: Cast) -> None:
    happen(cast, "Anna", "<script>alert(1)</script>")
    answer = cast.client("Bram").get(f"/w/{cast.amersfoort.slug}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer
    assert "<script>alert" not in answer


def test_for_who_is_no_member_there_is_nothing(cast: Cast) -> None:
    for name in ("Daan", "Els", "Farah"):
        assert cast.client(name).get(f"/w/{cast.amersfoort.slug}").status_code == 404
