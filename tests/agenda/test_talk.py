"""Talking about an action: everyone who sees it may, files are what they say they are, and the wall holds."""

from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.agenda.story import address, an_action, found, member, page
from tests.cast import Cast
from tests.counting import statements
from vitaal.activity.models import Attachment, Comment, Following
from vitaal.agenda.putting_away import throw_away
from vitaal.kernel.db import db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def says(cast: Cast, name: str, number: int, words: str, **more: Any) -> TestResponse:
    return cast.client(name).post(address(cast, number, "reacties"), data={"reactie-text": words} | more)


def adds(cast: Cast, name: str, number: int, content: bytes, file_name: str) -> TestResponse:
    sent = {"bijlage-file": (BytesIO(content), file_name)}
    answer = cast.client(name).post(address(cast, number, "bijlagen"), data=sent)
    answer.request.environ["wsgi.input"].close()  # what is large, the test client keeps in a file
    return answer


def comments(cast: Cast, name: str, number: int) -> list[str]:
    return [
        line.get_text(" ", strip=True)
        for line in page(cast, name, address(cast, number)).select("#praat ol > li")
    ]


def latest(cast: Cast, model: type) -> Any:
    with cast.acting_as("Anna"):
        found = db.session.scalars(select(model.id).order_by(model.id.desc())).first()
        assert found
        return found


def a_picture(size: tuple[int, int] = (800, 600)) -> bytes:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    Image.new("RGB", size, "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_the_outer_circle_talks_along(cast: Cast) -> None:
    number = an_action(cast)
    assert says(cast, "Chaima", number, "Ik neem <b>soep</b> mee").status_code == 303
    said = comments(cast, "Bram", number)
    assert len(said) == 1
    assert "Chaima" in said[0]
    assert "Wandelclub" in said[0]
    assert "<b>soep</b>" in said[0]


def test_saying_nothing_comes_back_with_the_reason(cast: Cast) -> None:
    number = an_action(cast)
    answer = says(cast, "Bram", number, "  ")
    assert answer.status_code == 422
    assert (
        BeautifulSoup(answer.text, "lxml").find(id="reactie-text-e").get_text()
        == "Schrijf eerst iets, of kies een bijlage."
    )


def test_a_mentioned_member_is_marked_and_follows(cast: Cast) -> None:
    number = an_action(cast)
    says(cast, "Anna", number, "@Bram, kun jij bellen? @Niemand ook")
    marked = page(cast, "Bram", address(cast, number)).select("#praat .mention")
    assert [one.get_text() for one in marked] == ["@Bram"]
    assert "me" in marked[0]["class"]
    with cast.acting_as("Bram"):
        following = db.session.scalars(select(Following)).one()
        assert following.member_id == cast.amersfoort.members["Bram"]


def test_what_was_said_is_improved_and_taken_away_by_its_author(cast: Cast) -> None:
    number = an_action(cast)
    says(cast, "Bram", number, "Ik bel")
    comment_id = latest(cast, Comment)
    with cast.acting_as("Bram"):
        field = f"r{comment_id.hex}-text"
    where = address(cast, number, "reacties", str(comment_id))
    assert cast.client("Chaima").post(f"{where}/aanpassen", data={field: "Ha"}).status_code == 403
    assert cast.client("Bram").post(f"{where}/aanpassen", data={field: "Ik bel morgen"}).status_code == 303
    assert "aangepast" in comments(cast, "Anna", number)[0]
    assert cast.client("Bram").post(f"{where}/weg").status_code == 303
    assert "Bram haalde dit weg." in comments(cast, "Anna", number)[0]
    assert "morgen" not in comments(cast, "Anna", number)[0]
    assert cast.client("Bram").post(f"{where}/terug").status_code == 303
    assert "Ik bel morgen" in comments(cast, "Anna", number)[0]


def test_what_is_said_in_the_inner_circle_stays_there_whatever_the_code_asks(cast: Cast) -> None:
    number = an_action(cast, "Geld", circle="inner")
    says(cast, "Bram", number, "Geheim")
    adds(cast, "Bram", number, PDF, "begroting.pdf")
    with cast.acting_as("Chaima"):
        for table in ("comment", "attachment", "following"):
            assert db.session.scalar(text(f"SELECT count(*) FROM app.{table}")) == 0, table
    assert says(cast, "Chaima", number, "Hoi").status_code == 404


def test_nobody_speaks_in_the_name_of_another(cast: Cast) -> None:
    number = an_action(cast)
    says(cast, "Anna", number, "Van Anna")
    comment_id = latest(cast, Comment)
    with cast.acting_as("Bram"), pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text("INSERT INTO app.comment SELECT (c).* FROM (SELECT c FROM app.comment c WHERE id = :id) s,"
                 " LATERAL jsonb_populate_record(s.c, jsonb_build_object('id', gen_random_uuid())) AS c"),
            {"id": comment_id},
        )  # fmt: skip


def test_a_file_comes_along_and_is_only_ever_downloaded(cast: Cast) -> None:
    number = an_action(cast)
    sent = {"reactie-text": "Zie bijlage", "reactie-file": (BytesIO(PDF), "../folder\u202e<x>.pdf")}
    assert cast.client("Bram").post(address(cast, number, "reacties"), data=sent).status_code == 303
    link = page(cast, "Chaima", address(cast, number)).select_one("#bijlagen .files a")
    answer = cast.client("Chaima").get(link["href"])
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "/" not in link.get_text()
    answer.close()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leeg.pdf", "Dit bestand is leeg."),
        (
            b"MZ\x90\x00" + b"\x00" * 100,
            "folder.pdf",
            "Dit bestand heet .pdf, maar van binnen is het iets anders.",
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            "plaatje.svg",
            "Dit soort bestand bewaren we niet.",
        ),
        (
            b"<html><script>alert(1)</script></html>",
            "notitie.txt",
            "Dit bestand heet .txt, maar van binnen is het iets anders.",
        ),
        (PDF + b"0" * (10 * 1024 * 1024), "groot.pdf", "Dit bestand is te groot."),
    ],
)
def test_a_file_that_may_not_stay_comes_back_with_the_reason(
    cast: Cast, content: bytes, name: str, sentence: str
) -> None:
    number = an_action(cast)
    with adds(cast, "Bram", number, content, name) as answer:
        assert answer.status_code == 422
        assert BeautifulSoup(answer.text, "lxml").find(id="bijlage-file-e").get_text().startswith(sentence)
    with cast.acting_as("Bram"):
        assert db.session.scalars(select(Attachment)).all() == []


def test_a_photo_gets_a_small_picture_without_what_was_hidden_in_it(cast: Cast) -> None:
    number = an_action(cast)
    assert adds(cast, "Bram", number, a_picture(), "plein.jpg").status_code == 303
    picture = page(cast, "Chaima", address(cast, number)).select_one("#bijlagen img")
    answer = cast.client("Chaima").get(picture["src"])
    shown = Image.open(BytesIO(answer.data))
    assert (shown.format, max(shown.size)) == ("WEBP", 640)
    assert not shown.getexif()
    answer.close()


def test_a_file_is_taken_away_and_comes_back(cast: Cast) -> None:
    number = an_action(cast)
    adds(cast, "Bram", number, PDF, "folder.pdf")
    where = address(cast, number, "bijlagen", str(latest(cast, Attachment)))
    assert cast.client("Chaima").post(f"{where}/weg").status_code == 403
    assert cast.client("Bram").post(f"{where}/weg").status_code == 303
    assert cast.client("Anna").get(where).status_code == 404
    assert "folder.pdf" not in page(cast, "Anna", address(cast, number)).find(id="bijlagen").get_text()
    assert cast.client("Bram").post(f"{where}/terug").status_code == 303
    with cast.client("Anna").get(where) as answer:
        assert answer.status_code == 200


def test_a_photo_that_was_taken_away_shows_no_small_picture_either(cast: Cast) -> None:
    number = an_action(cast)
    adds(cast, "Bram", number, a_picture(), "plein.png")
    photo = address(cast, number, "bijlagen", str(latest(cast, Attachment)))
    with cast.client("Chaima").get(f"{photo}/voorbeeld") as answer:
        assert answer.status_code == 200
    assert cast.client("Bram").post(f"{photo}/weg").status_code == 303
    assert cast.client("Chaima").get(f"{photo}/voorbeeld").status_code == 404


def test_what_was_said_of_an_action_in_the_trash_is_only_read(cast: Cast) -> None:
    number = an_action(cast)
    says(cast, "Bram", number, "Ik bel")
    adds(cast, "Bram", number, PDF, "folder.pdf")
    with cast.acting_as("Anna"):
        throw_away(found(number), by=member(cast, "Anna"))
        db.session.commit()
    answer = says(cast, "Bram", number, "Nog iets")
    assert answer.status_code == 404
    assert "Het gesprek hierover is gesloten." in answer.text
    shown = page(cast, "Bram", address(cast, number))
    assert "Ik bel" in shown.find(id="praat").get_text()
    assert shown.select("#praat form, #bijlagen form") == []
    with cast.client("Bram").get(shown.select_one("#bijlagen .files a")["href"]) as answer:
        assert answer.data == PDF


def test_who_stops_following_is_left_alone(cast: Cast) -> None:
    number = an_action(cast)
    says(cast, "Bram", number, "Hoi")
    assert cast.client("Bram").post(address(cast, number, "volgen"), data={"volg": "nee"}).status_code == 303
    says(cast, "Bram", number, "Nog iets")
    assert "Wil je weten wat anderen hier zeggen?" in page(cast, "Bram", address(cast, number)).get_text()


def test_with_htmx_only_what_changed_comes_back(cast: Cast) -> None:
    number = an_action(cast)
    answer = cast.client("Bram").post(
        address(cast, number, "reacties"), data={"reactie-text": "Hoi"}, headers={"HX-Request": "true"}
    )
    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 200
    assert soup.find("h1") is None
    assert soup.select_one("#praat li[data-focus]").get_text(" ", strip=True).startswith("B Bram")


def test_the_page_asks_the_same_for_many_comments(cast: Cast) -> None:
    number = an_action(cast)
    for words in range(40):
        says(cast, "Bram", number, f"Bericht {words}")
    adds(cast, "Bram", number, PDF, "folder.pdf")
    anna = cast.client("Anna")
    with statements(cast.app) as asked:
        assert anna.get(address(cast, number)).status_code == 200
    assert len(asked) <= 12
    assert len(comments(cast, "Anna", number)) == 30
