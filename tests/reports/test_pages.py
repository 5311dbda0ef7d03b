"""The pages about reports: asking, writing along, and a rhythm of their own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import text

from tests.cast import Cast
from tests.counting import statements
from tests.reports.story import address, asked, gathered, the, workers_work
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.reports import periods
from vitaal.reports.models import Cadence
from vitaal.workspaces.reporting import Period


def page(cast: Cast, *where: object, who: str = "Anna") -> BeautifulSoup:
    answer = cast.client(who).get(address(cast, *where))
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def test_an_empty_page_invites_who_arranges_to_make_the_first(cast: Cast) -> None:
    assert "Maak het eerste rapport" in page(cast).main.get_text()
    assert "Maak het eerste rapport" not in page(cast, who="Bram").main.get_text()


def test_while_it_is_gathered_the_page_can_be_left(cast: Cast, worker: Flask) -> None:
    number = asked(cast)
    waiting = page(cast, number)
    assert waiting.select_one("#rapport")["hx-trigger"] == "every 2s"
    assert "rustig verlaten" in waiting.main.get_text()
    assert waiting.find("a", string="Kijk of het klaar is")
    workers_work(worker)
    assert page(cast, number).h1.get_text() == "Onze voortgang in september tot en met november 2026"


def test_what_nobody_is_at_any_more_can_be_tried_anew(cast: Cast, worker: Flask) -> None:
    number = asked(cast)
    with worker.app_context():
        db.session.execute(text("UPDATE ops.promise SET state = 'parked'"))
        db.session.commit()
    later = clock.now() + timedelta(minutes=20)
    with clock.at(later):
        assert "Dit duurt lang" in page(cast, number).main.get_text()
        assert cast.client("Anna").post(address(cast, number, "opnieuw")).status_code == 303
        assert "Dit duurt lang" not in page(cast, number).main.get_text()
        workers_work(worker)
        assert page(cast, number).article


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Kies wat je wilt maken."),
        ({"kind": "progress"}, "Kies een periode."),
        ({"kind": "progress", "period": "any"}, "Vul de eerste en de laatste dag in."),
        (
            {"kind": "progress", "period": "any", "first": "2026-03-02", "last": "2026-03-01"},
            "ligt vóór de eerste",
        ),
        ({"kind": "progress", "period": "any", "first": "2020-01-01", "last": "2026-03-01"}, "twee jaar"),
        ({"kind": "minutes"}, "Kies een bijeenkomst."),
        ({"kind": "iets anders"}, "Kies"),
    ],
)
def test_what_can_not_be_made_is_refused_kindly(cast: Cast, typed: dict[str, str], says: str) -> None:
    answer = cast.client("Anna").post(address(cast, "nieuw"), data=typed)
    assert answer.status_code == 422
    assert says in answer.text


def test_own_words_stand_in_the_report_and_a_section_can_be_left_out(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    form = page(cast, number, "tekst").find("form", method="post", action=address(cast, number, "tekst"))
    typed = {
        box["name"]: box.get("value", "y") for box in form.select("input") if box["name"] != "csrf_token"
    }
    typed |= {
        "title": "Een mooi jaar",
        "lead": "Samen gegeten.",
        "words_needs": "Een vaste plek.",
        "words_challenge": "Zo begon het.",
    }
    del typed["has_people"]
    assert cast.client("Anna").post(address(cast, number, "tekst"), data=typed).status_code == 303
    text = page(cast, number).article.get_text(" ", strip=True)
    assert "Een mooi jaar" in text
    assert "Een vaste plek." in text
    assert "Mensen en cirkels" not in text
    second = cast.client("Anna").post(address(cast, number, "tekst"), data={**typed, "title": "Te laat"})
    assert second.status_code == 409
    assert "Te laat" in second.text
    assert "Een mooi jaar" in second.text


def test_text_of_people_is_text(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    nasty = '<script>alert(1)</script> #read("x") =1+1'
    with cast.acting_as("Anna"):
        report = the(number)
        report.write(report.version, title=nasty, words={"needs": nasty})
        db.session.commit()
    answer = cast.client("Anna").get(address(cast, number))
    assert "<script>alert" not in answer.text
    cast.client("Anna").post(address(cast, number, "bestanden"))
    workers_work(worker)
    assert cast.client("Anna").get(address(cast, number, "bestanden", "pdf")).data.startswith(b"%PDF")


def test_a_scheduled_report_comes_once_on_the_day_after_the_period(cast: Cast, worker: Flask) -> None:
    with clock.at(datetime(2026, 11, 26, 12, tzinfo=UTC)):
        assert (
            cast.client("Anna").post(address(cast, "schema"), data={"cadence": "quarterly"}).status_code
            == 303
        )
        workers_work(worker)
        assert "Onze voortgang" not in page(cast).main.get_text()
    with clock.at(datetime(2027, 1, 1, 7, tzinfo=UTC)):
        workers_work(worker)
        workers_work(worker)
        text = page(cast).main.get_text(" ", strip=True)
        assert text.count("Onze voortgang in oktober tot en met december 2026") == 1
        assert "1 april 2027" in text
        vandaag = cast.client("Anna").get(f"/w/{cast.amersfoort.slug}").text
        assert "Lees het rapport" in vandaag


def test_a_schedule_that_was_changed_makes_nothing_on_the_old_day(cast: Cast, worker: Flask) -> None:
    with clock.at(datetime(2026, 11, 26, 12, tzinfo=UTC)):
        cast.client("Anna").post(address(cast, "schema"), data={"cadence": "quarterly"})
        cast.client("Anna").post(address(cast, "schema"), data={"cadence": "never"})
    with clock.at(datetime(2027, 1, 1, 7, tzinfo=UTC)):
        workers_work(worker)
        assert "Onze voortgang" not in page(cast).main.get_text()


@pytest.mark.parametrize(
    ("cadence", "today", "first", "last", "next_on"),
    [
        (Cadence.MONTHLY, "2026-03-31", "2026-02-01", "2026-02-28", "2026-04-01"),
        (Cadence.MONTHLY, "2026-01-01", "2025-12-01", "2025-12-31", "2026-02-01"),
        (Cadence.QUARTERLY, "2026-11-26", "2026-07-01", "2026-09-30", "2027-01-01"),
        (Cadence.QUARTERLY, "2027-01-01", "2026-10-01", "2026-12-31", "2027-04-01"),
        (Cadence.YEARLY, "2026-11-26", "2025-01-01", "2025-12-31", "2027-01-01"),
    ],
)
def test_a_period_is_the_last_one_that_is_over(
    cadence: Cadence, today: str, first: str, last: str, next_on: str
) -> None:
    day = date.fromisoformat(today)
    assert periods.last_whole(cadence, day) == Period(date.fromisoformat(first), date.fromisoformat(last))
    assert periods.next_day(cadence, day) == date.fromisoformat(next_on)


def test_the_list_asks_little_however_many_there_are(cast: Cast, worker: Flask) -> None:
    for _ in range(30):
        asked(cast)
    client = cast.client("Anna")
    with statements(cast.app) as asked_for:
        client.get(address(cast))
    assert len(asked_for) <= 12
