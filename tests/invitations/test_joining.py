"""The open door: asking to take part, and the answer."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.invitations.letters import letters_to
from tests.told import told
from vitaal.invitations import waiting
from vitaal.invitations.models import JoinRequest
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.waiting import Feature, asks_of

REQUEST = {
    "name": "Jan Jansen",
    "email": "Jan@example.nl",
    "organisation": "Wandelclub",
    "reason": "Ik loop graag mee.",
}


def words(answer: TestResponse) -> str:
    return BeautifulSoup(answer.data, "html.parser").get_text(" ", strip=True)


def door(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/meedoen"


@pytest.fixture
def open_door(cast: Cast) -> str:
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).join_page_open = True
        db.session.commit()
    return door(cast)


def requests_in(cast: Cast) -> list[JoinRequest]:
    with cast.acting_as("Anna"):
        found = list(db.session.scalars(select(JoinRequest).order_by(JoinRequest.id)))
        db.session.expunge_all()
        return found


def test_a_closed_door_is_not_there(cast: Cast) -> None:
    assert cast.client().get(door(cast)).status_code == 404
    assert cast.client().post(door(cast), data=REQUEST).status_code == 404
    assert cast.client().get("/w/bestaat-niet/meedoen").status_code == 404


def test_asking_tells_both_sides(cast: Cast, open_door: str, worker: Flask) -> None:
    assert "Doe mee met Samen in Amersfoort" in words(cast.client().get(open_door))
    answer = cast.client().post(open_door, data=REQUEST)
    assert answer.status_code == 200
    assert "Bedankt voor je aanmelding" in words(answer)
    [asked] = requests_in(cast)
    assert (asked.email, asked.state) == ("jan@example.nl", "open")
    assert "is binnen" in letters_to(worker, "jan@example.nl")[0].subject
    assert "Ik loop graag mee." in letters_to(worker, "anna@example.nl")[0].text
    assert letters_to(worker, "bram@example.nl") == []


def test_the_answer_is_the_same_for_everyone_and_every_time(
    cast: Cast, open_door: str, worker: Flask
) -> None:
    answers = {
        words(cast.client().post(open_door, data={**REQUEST, "email": email}))
        for email in ("jan@example.nl", "jan@example.nl", "chaima@example.nl", "daan@example.nl")
    }
    assert len(answers) == 1
    assert len(letters_to(worker, "jan@example.nl")) == 1


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"email": "x"}, {"reason": ""}, {"reason": "a" * 601}, {"name": "\x00"}]
)
def test_what_is_missing_is_asked_for(cast: Cast, open_door: str, change: dict[str, str]) -> None:
    assert cast.client().post(open_door, data=REQUEST | change).status_code == 422
    assert requests_in(cast) == []


def test_asking_very_often_is_stopped(cast: Cast, open_door: str) -> None:
    cast.app.extensions["limits"].forget()
    client = cast.client()
    statuses = [
        client.post(open_door, data={**REQUEST, "email": f"a{n}@example.nl"}).status_code for n in range(11)
    ]
    cast.app.extensions["limits"].forget()
    assert statuses[-1] == 429


def test_nobody_outside_reads_who_asked(cast: Cast, open_door: str) -> None:
    cast.client().post(open_door, data=REQUEST)
    with cast.app.app_context(), entering(db.session, workspace_id=cast.amersfoort.id):
        assert db.session.scalar(text("SELECT count(*) FROM app.join_request")) == 0


def test_a_forged_request_at_a_closed_door_is_refused_by_the_wall(cast: Cast) -> None:
    insert = text(
        "INSERT INTO app.join_request (workspace_id, id, email, name, created_at)"
        " VALUES (:workspace, gen_random_uuid(), 'x@x.nl', 'x', now())"
    )
    with (
        cast.app.app_context(),
        entering(db.session, workspace_id=cast.amersfoort.id),
        pytest.raises(DBAPIError, match="row-level security"),
    ):
        db.session.execute(insert, {"workspace": cast.amersfoort.id})


def test_yes_is_an_invitation_into_the_outer_circle(cast: Cast, open_door: str, worker: Flask) -> None:
    cast.client().post(open_door, data=REQUEST)
    client = cast.client("Anna")
    listed = BeautifulSoup(client.get(f"/w/{cast.amersfoort.slug}/uitnodigingen").data, "html.parser")
    link = listed.find("a", string=lambda text: text and text.startswith("Nodig uit")) or listed.select_one(
        "a[href*=aanmelding]"
    )
    assert link
    form = BeautifulSoup(client.get(str(link["href"])).data, "html.parser")
    data = {
        field["name"]: field.get("value", "") for field in form.select("input[name=name], input[name=email]")
    }
    chosen = form.select_one("select[name=partner] option[selected]")
    assert chosen
    assert data == {"name": "Jan Jansen", "email": "jan@example.nl"}
    assert chosen["value"] == str(cast.amersfoort.partners["Chaima"])
    client.post(
        f"/w/{cast.amersfoort.slug}/cirkels/uitnodigen",
        data=data | {"partner": chosen["value"], "circle": "outer", "kind": "organisation"},
    )
    [asked] = requests_in(cast)
    assert (asked.state, asked.answered_by_id) == ("accepted", cast.amersfoort.members["Anna"])
    assert "/uitnodiging/" in letters_to(worker, "jan@example.nl")[-1].text


def test_no_has_words_and_is_said_once(cast: Cast, open_door: str, worker: Flask) -> None:
    cast.client().post(open_door, data=REQUEST)
    [asked] = requests_in(cast)
    client, page = cast.client("Anna"), f"/w/{cast.amersfoort.slug}/aanmeldingen/{asked.id}/nee"
    assert client.post(page, data={"answer": " "}).status_code == 422
    for _time in range(2):
        assert client.post(page, data={"answer": "We zitten vol tot mei."}).status_code == 303
    refusals = [letter for letter in letters_to(worker, "jan@example.nl") if "vol tot mei" in letter.text]
    assert len(refusals) == 1
    assert requests_in(cast)[0].state == "declined"
    assert cast.client("Bram").get(page).status_code == 403


def test_a_request_asks_something_of_who_arranges_only(cast: Cast, open_door: str) -> None:
    cast.client().post(open_door, data=REQUEST)
    for who, expected in {"Anna": ["Jan Jansen wil meedoen"], "Bram": [], "Chaima": []}.items():
        with (
            cast.app.test_request_context(),
            entering(db.session, person_id=cast.people[who], workspace_id=cast.amersfoort.id),
        ):
            g.workspace = workspace = db.session.get_one(Workspace, cast.amersfoort.id)
            member = db.session.get_one(Membership, (workspace.id, cast.amersfoort.members[who]))
            assert [
                ask.title for ask in asks_of(member, workspace, [Feature(waiting.lines, waiting.ask)])
            ] == expected
        assert [item.text for item in told(cast, who).asks] == expected
