"""What nobody sends on purpose, and what arrives all the same: the answer is a kind page, never a failure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from tests.agenda import meetings as told
from tests.agenda.meetings import planned, the
from tests.agenda.rounds import begin, ends
from tests.agenda.story import address, an_action, member, page
from tests.cast import Cast
from vitaal.agenda import meetings
from vitaal.agenda.meeting_queries import guests_of
from vitaal.agenda.models import ActionImport, Answer, Indicator
from vitaal.agenda.together import Period
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.workspaces.models import Circle

TOO_HIGH = (str(2**31), "99999999999", "9" * 4_000)
NO_ADDRESS = "http://["
UNSEEN = "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."
WISH = {
    "title": "Soep en plannen", "day": "2027-03-04", "starts": "13:30", "ends": "15:00", "place": "",
    "asks": ["inner"], "circle": "outer",
}  # fmt: skip
# The notes of a camera, with which Pillow stumbles over a struct.error, a TypeError and an AttributeError.
BROKEN_NOTES = (
    "49492a00",
    "49492a0008000000020012010300010000000600000005a0080001000000dce88c1300000000",
    "49492a00080000000200120103000100000006000000bc020b000100000075ce048700000000",
    "49492a000800000002001201030001000000060000000f010b0001000000efa7a19a00000000",
)


def root(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}"


def list_of(cast: Cast) -> str:
    return f"{root(cast)}/agenda"


def main_of(answer: TestResponse) -> str:
    return BeautifulSoup(answer.text, "lxml").main.get_text(" ", strip=True)


def leads_to(answer: TestResponse) -> str:
    """Where a page says that someone came from."""
    return str(BeautifulSoup(answer.text, "lxml").find(attrs={"name": "terug"})["value"])


@contextmanager
def between(statement: str, happens: Callable[[], None]) -> Iterator[None]:
    """Let something happen right after the first statement that begins like this, before the next one."""
    left = [happens]

    def follow(_connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        if sql.startswith(statement) and left:
            left.pop()()

    event.listen(db.engine, "after_cursor_execute", follow)
    try:
        yield
    finally:
        event.remove(db.engine, "after_cursor_execute", follow)


@pytest.mark.parametrize("number", TOO_HIGH)
def test_a_meeting_with_a_number_that_none_can_have_is_not_there(cast: Cast, number: str) -> None:
    bram, some_id = cast.client("Bram"), new_id()
    below = ("", "/aanpassen", "/afzeggen", "/bijeenkomst.ics", "/punten", "/verslag", f"/punten/{some_id}",
             f"/besluiten/{some_id}/vervanging")  # fmt: skip
    for path in below:
        assert bram.get(told.address(cast, number) + path).status_code == 404, path
    assert bram.post(told.address(cast, number, "antwoord"), data={"answer": "yes"}).status_code == 404


@pytest.mark.parametrize("number", [*TOO_HIGH, "9" * 5_000, "-99999999999", "²", "morgen", ""])
def test_a_page_of_meetings_before_a_number_that_none_can_have_is_the_first_page(
    cast: Cast, number: str
) -> None:
    planned(cast, "Straks")
    planned(cast, "Geweest", days=-3)
    shown = page(cast, "Bram", f"{told.address(cast)}?voor={number}").main
    assert [link.get_text() for link in shown.select(".meetings a")] == ["Straks", "Geweest"]


def test_the_list_goes_on_after_no_number_that_is_too_long_to_read(cast: Cast) -> None:
    an_action(cast, "Soep koken")
    assert "Soep koken" in page(cast, "Bram", f"{list_of(cast)}?na={'9' * 5_000}").main.get_text()


@pytest.mark.parametrize("day", ["9999-08-01", "9999-12-31", "0001-01-01", "1999-12-31", "2200-01-01"])
def test_a_quarter_in_a_year_that_no_agenda_has_is_the_last_one(cast: Cast, day: str) -> None:
    last = Period.quarter_of(clock.today()).before
    an_action(cast, "Bankjes neerzetten", due_on=last.first)
    where = f"{list_of(cast)}/overnemen?van={day}"
    assert "Bankjes neerzetten" in page(cast, "Anna", where).main.get_text()
    assert cast.client("Anna").post(where, data={"actie": "1"}).status_code == 303
    assert "Bankjes neerzetten" not in page(cast, "Anna", where).main.get_text()


def test_a_character_that_nobody_sees_does_not_hinder_who_looks_for_an_action(cast: Cast) -> None:
    an_action(cast, "Soep koken")
    an_action(cast, "Bankjes neerzetten")
    where = told.address(cast, planned(cast), "punten")
    for words in ("%00", "soep%00", "%00soep%E2%80%AE"):
        assert "Soep koken" in page(cast, "Bram", f"{where}?q={words}").main.get_text(), words
    assert "Bankjes neerzetten" not in page(cast, "Bram", f"{where}?q=%00soep").main.get_text()


@pytest.mark.parametrize("column", ["name", "now", "target"])
@pytest.mark.parametrize("unseen", ["\0", "\u202e"])
def test_by_what_people_notice_a_goal_is_text_that_can_be_seen(cast: Cast, column: str, unseen: str) -> None:
    goal = {"title": "Samen eten", "challenge_id": "", "indicators-0-name": "Mensen aan tafel"}
    answer = cast.client("Anna").post(
        f"{root(cast)}/doelen/nieuw", data={**goal, f"indicators-0-{column}": f"Veel{unseen}buren"}
    )
    assert answer.status_code == 422
    assert UNSEEN in main_of(answer)


def test_by_what_people_notice_a_goal_loses_the_spaces_around_it(cast: Cast) -> None:
    typed = {
        "title": "Samen eten",
        "challenge_id": "",
        "indicators-0-name": "  Buren ",
        "indicators-1-name": " ",
    }
    assert cast.client("Anna").post(f"{root(cast)}/doelen/nieuw", data=typed).status_code == 303
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Indicator.name)).all() == ["Buren"]


def test_a_place_in_the_order_that_is_no_number_is_told_in_dutch(cast: Cast) -> None:
    round_id = begin(cast)
    ends(cast, round_id)
    where = f"{list_of(cast)}/kiezen/{round_id}/volgorde"
    shown = {
        each["name"]: each.get("value", "")
        for each in page(cast, "Anna", where).select("input[name^=lines-]")
    }
    answer = cast.client("Anna").post(where, data={**shown, "lines-0-place": "\0twee"})
    assert answer.status_code == 422
    assert "Vul een getal in, zonder komma." in main_of(answer)
    assert "Not a valid" not in answer.text


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("lijst\0.csv", "lijst.csv"),
        ("lijst\u202evsc.exe.csv", "lijstvsc.exe.csv"),
        ("map/lijst.csv", "lijst.csv"),
        ("\u202e\u2066", "lijst"),
    ],
)
def test_the_name_of_a_file_is_kept_without_what_nobody_sees(cast: Cast, name: str, kept_as: str) -> None:
    head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    answer = cast.client("Anna").post(
        f"{list_of(cast)}/import",
        data=f"{head}Actie\nSoep koken\r\n--part--\r\n".encode(),
        content_type="multipart/form-data; boundary=part",
    )
    assert answer.status_code == 303
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(ActionImport.file_name)).all() == [kept_as]


def test_who_comes_from_what_is_no_address_comes_back_on_the_list(cast: Cast) -> None:
    number, anna, here = an_action(cast), cast.client("Anna"), {"HX-Current-URL": NO_ADDRESS}
    for headers in ({"Referer": NO_ADDRESS}, here, here | {"Referer": NO_ADDRESS}):
        asked = anna.get(address(cast, number, "eigenaar"), headers=headers)
        assert asked.status_code == 200
        assert leads_to(asked) == list_of(cast)


def test_what_goes_wrong_is_shown_on_the_list_when_the_form_names_no_address(cast: Cast) -> None:
    number, anna = an_action(cast, "Soep koken"), cast.client("Anna")
    for path, typed in (("", {"title": ""}), ("/samen", {"actie": number, "due_on": "31-02-2027"})):
        answer = anna.post(f"{list_of(cast)}{path}", data={**typed, "terug": NO_ADDRESS})
        assert answer.status_code == 422, path
        assert "Soep koken" in main_of(answer)
    saved = anna.post(list_of(cast), data={"title": "Brood halen", "terug": NO_ADDRESS})
    assert saved.location.startswith(f"{list_of(cast)}#")
    kept = anna.post(f"{list_of(cast)}/weergaven", data={"name": "Alles", "terug": NO_ADDRESS})
    assert kept.status_code == 303


def test_a_change_from_what_is_no_address_is_refused_and_an_error_leads_home(cast: Cast) -> None:
    chaima, number = cast.client("Chaima"), planned(cast)
    assert (
        chaima.post(told.address(cast, number, "antwoord"), headers={"Origin": NO_ADDRESS}).status_code == 403
    )
    assert chaima.post(f"{list_of(cast)}/999/hulp", headers={"Referer": NO_ADDRESS}).status_code == 404


@pytest.mark.parametrize("typed", ["Https://video.example/Soep", "HTTPS://video.example/Soep"])
def test_the_beginning_of_a_link_may_be_in_capitals(cast: Cast, typed: str) -> None:
    saved = cast.client("Anna").post(told.address(cast), data={**WISH, "link": typed})
    assert saved.status_code == 303
    with cast.acting_as("Anna"):
        assert the(1).link == "https://video.example/Soep"


@pytest.mark.parametrize(
    "typed", ["ht\ttps://video.example", "https://video.example/a\tb", "https:video.example"]
)
def test_a_link_with_a_gap_in_it_is_none(cast: Cast, typed: str) -> None:
    answer = cast.client("Anna").post(told.address(cast), data={**WISH, "link": typed})
    assert answer.status_code == 422
    assert "Plak hier het hele webadres." in main_of(answer)


@pytest.mark.parametrize("notes", BROKEN_NOTES)
def test_a_photo_with_broken_notes_of_the_camera_comes_back_with_the_reason(cast: Cast, notes: str) -> None:
    number, photo = an_action(cast), BytesIO()
    Image.new("RGB", (20, 10), "green").save(photo, "JPEG", exif=b"Exif\0\0" + bytes.fromhex(notes))
    sent = {"bijlage-file": (BytesIO(photo.getvalue()), "foto.jpg")}
    answer = cast.client("Chaima").post(address(cast, number, "bijlagen"), data=sent)
    assert answer.status_code == 422
    assert "Deze foto kunnen we niet openen." in main_of(answer)


def test_who_was_not_asked_and_says_twice_at_once_to_come_comes(cast: Cast) -> None:
    number = planned(cast, asks=[Circle.INNER])

    def chaima_says(said: Answer) -> None:
        with cast.acting_as("Chaima"):
            meetings.answer(the(number), member(cast, "Chaima"), said, actor=member(cast, "Chaima"))
            db.session.commit()

    with cast.app.app_context(), between("UPDATE app.meeting_invitee", lambda: chaima_says(Answer.NO)):
        chaima_says(Answer.YES)
    with cast.acting_as("Anna"):
        said = [(guest.invitee.member_id, guest.invitee.answer) for guest in guests_of(the(number))]
    assert said.count((cast.amersfoort.members["Chaima"], Answer.YES)) == 1
    assert len(said) == 3
