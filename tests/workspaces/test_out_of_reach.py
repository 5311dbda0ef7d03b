"""Whose mail does not arrive is known to who arranges, and to nobody else."""

from bs4 import BeautifulSoup
from flask import Flask

from tests.cast import Cast
from tests.counting import statements
from vitaal.kernel.db import db
from vitaal.people.models import Person
from vitaal.post import bounces


def bounces_for(worker: Flask, *emails: str) -> None:
    with worker.app_context():
        for email in emails:
            bounces.remember(email, "550 5.1.1 User unknown")
        db.session.commit()


def page(cast: Cast, name: str, *path: str) -> BeautifulSoup:
    answer = cast.client(name).get("/".join([f"/w/{cast.amersfoort.slug}", *path]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def asks(cast: Cast, name: str) -> str:
    return page(cast, name).get_text(" ", strip=True)


def test_who_arranges_reads_on_vandaag_whose_mail_does_not_arrive(cast: Cast, worker: Flask) -> None:
    bounces_for(worker, "bram@example.nl", "anna@example.nl", "daan@example.nl")
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Bram"]).phone = "06 12 34 56 78"
        db.session.commit()
    told = asks(cast, "Anna")
    assert "Mail aan Bram komt niet aan" in told
    assert "Bel 06 12 34 56 78" in told
    assert "Mail aan Anna" not in told
    assert "Mail aan Daan" not in told
    assert page(cast, "Anna").find(
        "a", href=f"/w/{cast.amersfoort.slug}/cirkels/mensen/{cast.amersfoort.members['Bram']}"
    )
    for other in ("Bram", "Chaima"):
        assert "komt niet aan" not in asks(cast, other)


def test_without_a_number_there_is_another_way(cast: Cast, worker: Flask) -> None:
    bounces_for(worker, "chaima@example.nl")
    assert "Vraag op een andere manier naar een adres dat werkt." in asks(cast, "Anna")


def test_who_left_is_not_called_any_more(cast: Cast, worker: Flask) -> None:
    bounces_for(worker, "bram@example.nl")
    leave = f"/w/{cast.amersfoort.slug}/cirkels/mensen/{cast.amersfoort.members['Bram']}/vertrek"
    assert cast.client("Bram").post(leave).status_code == 303
    assert "Mail aan Bram" not in asks(cast, "Anna")


def test_the_members_own_page_and_the_list_say_it_to_who_arranges(cast: Cast, worker: Flask) -> None:
    bounces_for(worker, "bram@example.nl")
    bram = f"cirkels/mensen/{cast.amersfoort.members['Bram']}"
    assert "Mail komt niet aan." in page(cast, "Anna", bram).get_text()
    assert [tag.get_text() for tag in page(cast, "Anna", "cirkels").select(".tag.bad")] == [
        "mail komt niet aan"
    ]
    for name in ("Bram", "Chaima"):
        assert (
            "komt niet aan" not in page(cast, name, bram).get_text() + page(cast, name, "cirkels").get_text()
        )


def test_the_pages_stay_within_their_number_of_statements(cast: Cast, worker: Flask) -> None:
    bounces_for(worker, "bram@example.nl", "chaima@example.nl")
    browser = cast.client("Anna")
    for path in ("", "/cirkels", f"/cirkels/mensen/{cast.amersfoort.members['Bram']}"):
        with statements(cast.app) as asked:
            browser.get(f"/w/{cast.amersfoort.slug}{path}")
        assert len(asked) <= 12, path
