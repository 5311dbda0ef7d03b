"""What a municipality and a programme read of what workspaces handed up, and what they never do."""

from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.agenda.story import page
from tests.cast import AMERSFOORT, Cast
from tests.counting import statements
from tests.onboarding.test_municipality import appoint, dismiss
from tests.reports.handing import (
    FURTHER,
    INSIDE,
    a_handed_report,
    another_programme,
    copies_of,
    document,
    many_handed,
    published,
    withdraw,
)
from vitaal.kernel.db import db
from vitaal.pages.typeset import MOST_DATA
from vitaal.reports import handed

OFFICE = "/gemeente/amersfoort"
PROGRAMME = "/programma/vitaal-ouder"
DESKS = {"Farah": OFFICE, "Els": PROGRAMME}
both_desks = pytest.mark.parametrize(("who", "desk"), DESKS.items(), ids=["a municipality", "a programme"])


def hand(cast: Cast, who: str) -> UUID:
    return a_handed_report(cast, to_programme=who == "Els")


def get(cast: Cast, who: str, *path: object) -> TestResponse:
    return cast.client(who).get("/".join(map(str, path)))


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.find(string=True).get_text() for link in soup.select("main .rows a")]  # type: ignore[union-attr]


@both_desks
def test_they_read_what_was_shared_and_by_whom(cast: Cast, who: str, desk: str) -> None:
    report = published(cast, municipality=who == "Farah", programme=who == "Els")
    listed = page(cast, who, f"{desk}/rapporten")
    link = listed.select_one("main .rows a")
    assert link
    assert "Voortgang · juli tot en met september 2026" in listed.get_text(" ")
    assert "van Samen in Amersfoort, gedeeld op" in link.get_text()
    assert copies_of(cast, who, report) == [UUID(str(link["href"]).rsplit("/", 1)[1])]
    shown = page(cast, who, str(link["href"]))
    assert "Dit rapport deelde Samen in Amersfoort op" in shown.get_text(" ")
    assert [heading.get_text() for heading in shown.select("h1")] == ["Ons jaar"]
    assert FURTHER in shown.get_text()


@both_desks
def test_what_is_for_the_inner_circle_is_never_there(cast: Cast, who: str, desk: str) -> None:
    report = published(cast, municipality=True, programme=True)
    (copy,) = copies_of(cast, who, report)
    shown = get(cast, who, desk, "rapporten", copy).text
    assert FURTHER in shown
    assert INSIDE not in shown
    with cast.acting_as(who):
        whole = handed.the_handed(copy)
    assert whole
    assert INSIDE not in str(whole)


@both_desks
def test_there_is_no_way_into_the_workspace(cast: Cast, who: str, desk: str) -> None:
    copy = hand(cast, who)
    for path in (desk, f"{desk}/rapporten", f"{desk}/rapporten/{copy}"):
        assert page(cast, who, path).select('main [href^="/w/"], main [src^="/w/"]') == []
    assert get(cast, who, "/w", cast.amersfoort.slug, "rapporten").status_code == 404


@both_desks
def test_a_report_is_taken_along_as_pdf(cast: Cast, who: str, desk: str) -> None:
    answer = get(cast, who, desk, "rapporten", hand(cast, who), "pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.mimetype == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="')
    assert disposition.endswith('-2026-11-23.pdf"')


@both_desks
def test_what_is_too_long_for_a_pdf_is_shown_instead(cast: Cast, who: str, desk: str) -> None:
    (copy,) = many_handed(cast, 1, programme=who == "Els", kept=document("Lang", "a" * MOST_DATA))
    answer = get(cast, who, desk, "rapporten", copy, "pdf")
    assert answer.status_code == 422
    shown = BeautifulSoup(answer.text, "lxml")
    assert "Van dit rapport kunnen we geen pdf maken" in shown.get_text()
    assert shown.select('main a[href$="/pdf"]') == []


@both_desks
def test_what_was_taken_back_is_gone(cast: Cast, who: str, desk: str) -> None:
    report = published(cast, municipality=True, programme=True)
    (copy,) = copies_of(cast, who, report)
    withdraw(cast, report)
    assert get(cast, who, desk, "rapporten", copy).status_code == 404
    assert get(cast, who, desk, "rapporten", copy, "pdf").status_code == 404
    assert "Nog geen rapporten" in get(cast, who, desk, "rapporten").text


@pytest.mark.parametrize("who", ["Anna", "Bram", "Chaima", "Daan", "Olga"])
def test_members_of_a_workspace_find_no_desk(cast: Cast, who: str) -> None:
    for works, desk in DESKS.items():
        copy = hand(cast, works)
        for path in ("", f"/{copy}", f"/{copy}/pdf"):
            assert get(cast, who, f"{desk}/rapporten{path}").status_code == 404
        with cast.acting_as(who):
            assert handed.the_handed(copy) is None


def test_the_officer_of_another_municipality_finds_nothing(cast: Cast) -> None:
    copy = hand(cast, "Farah")
    appoint(cast, "Daan", "GM0327")
    assert "Nog geen rapporten" in get(cast, "Daan", "/gemeente/leusden/rapporten").text
    for town in ("leusden", "amersfoort"):
        for path in (f"{copy}", f"{copy}/pdf"):
            assert get(cast, "Daan", "/gemeente", town, "rapporten", path).status_code == 404


def test_who_works_for_another_programme_finds_nothing(cast: Cast) -> None:
    copy = hand(cast, "Els")
    theirs = another_programme(cast, "Daan")
    assert "Nog geen rapporten" in get(cast, "Daan", theirs).text
    for desk in (theirs, f"{PROGRAMME}/rapporten"):
        for path in (f"{copy}", f"{copy}/pdf"):
            assert get(cast, "Daan", desk, path).status_code == 404


def test_a_report_is_read_only_where_it_was_handed_to(cast: Cast) -> None:
    """Also by who works for both."""
    appoint(cast, "Els", AMERSFOORT)
    for_town, for_programme = hand(cast, "Farah"), hand(cast, "Els")
    assert get(cast, "Els", OFFICE, "rapporten", for_town).status_code == 200
    assert get(cast, "Els", PROGRAMME, "rapporten", for_programme).status_code == 200
    assert get(cast, "Els", OFFICE, "rapporten", for_programme).status_code == 404
    assert get(cast, "Els", PROGRAMME, "rapporten", for_town, "pdf").status_code == 404
    assert len(titles(page(cast, "Els", f"{OFFICE}/rapporten"))) == 1


def test_who_is_no_officer_any_more_reads_nothing(cast: Cast) -> None:
    copy = hand(cast, "Farah")
    dismiss(cast, "Farah", AMERSFOORT)
    assert get(cast, "Farah", OFFICE, "rapporten", copy).status_code == 404
    with cast.acting_as("Farah"):
        assert handed.the_handed(copy) is None


def test_the_page_of_a_municipality_shows_the_newest_five(cast: Cast) -> None:
    assert "Zodra een coalitie een rapport met jullie deelt" in get(cast, "Farah", OFFICE).text
    many_handed(cast, 7)
    shown = page(cast, "Farah", OFFICE)
    assert titles(shown) == [f"Ons verslag {number}" for number in range(5)]
    assert shown.select(f'main a[href="{OFFICE}/rapporten"]')


def test_the_overview_of_a_programme_leads_to_its_reports(cast: Cast) -> None:
    assert page(cast, "Els", PROGRAMME).select(f'main a[href="{PROGRAMME}/rapporten"]')


@both_desks
def test_the_list_goes_on_where_the_page_ended(cast: Cast, who: str, desk: str) -> None:
    ids = many_handed(cast, handed.PAGE + 2, programme=who == "Els")
    first = page(cast, who, f"{desk}/rapporten")
    assert titles(first) == [f"Ons verslag {number}" for number in range(handed.PAGE)]
    following = first.find("a", rel="next")
    assert following
    assert str(following["href"]) == f"{desk}/rapporten?na={ids[handed.PAGE - 1]}"
    assert titles(page(cast, who, str(following["href"]))) == ["Ons verslag 30", "Ons verslag 31"]
    assert "Verder terug is er niets" in get(cast, who, f"{desk}/rapporten?na={ids[-1]}").text


@pytest.mark.parametrize("after", ["", "x", "%00", "01932b7e-0000-7000-8000-000000000000"])
def test_after_what_is_not_there_the_list_begins_at_the_start(cast: Cast, after: str) -> None:
    hand(cast, "Farah")
    assert len(titles(page(cast, "Farah", f"{OFFICE}/rapporten?na={after}"))) == 1


@both_desks
def test_four_hundred_reports_ask_no_more_than_one(cast: Cast, who: str, desk: str) -> None:
    ids = many_handed(cast, 400, programme=who == "Els")
    client = cast.client(who)
    with cast.app.app_context():
        programme = db.engines["programme"]
    for path in (desk, f"{desk}/rapporten", f"{desk}/rapporten/{ids[0]}"):
        with statements(cast.app) as asked:

            def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
                asked.append(statement)

            event.listen(programme, "before_cursor_execute", note)
            assert client.get(path).status_code == 200
            event.remove(programme, "before_cursor_execute", note)
        assert len(asked) <= 12, (path, asked)
