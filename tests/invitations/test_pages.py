"""The pages on which members invite, look first, and follow what becomes of it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.invitations.conftest import Invite, state_of
from tests.invitations.letters import letters_to
from vitaal.invitations.models import Invitation
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.post.models import Letter
from vitaal.workspaces.models import Partner, Workspace


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.data, "html.parser")


def words(answer: TestResponse) -> str:
    return soup(answer).get_text(" ", strip=True)


def invite_page(cast: Cast, rest: str = "") -> str:
    return f"/w/{cast.amersfoort.slug}/cirkels/uitnodigen{rest}"


def list_page(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/uitnodigingen"


def fields(**more: Any) -> dict[str, Any]:
    return {"kind": "organisation", "circle": "outer", "message": "", **more}


def how_many(cast: Cast) -> int:
    with cast.acting_as("Anna"):
        return db.session.scalar(select(func.count()).select_from(Invitation)) or 0


def carried(answer: TestResponse) -> dict[str, Any]:
    """What the preview's form would send."""
    form = soup(answer).select_one("form[action$=versturen]")
    assert form
    data: dict[str, Any] = {
        str(field["name"]): field.get("value", "") for field in form.select("input[name]")
    }
    return data | {str(area["name"]): area.text for area in form.select("textarea[name]")}


def test_anna_invites_with_a_new_partner(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    assert client.get(invite_page(cast)).status_code == 200
    data = fields(
        email="Amina@Example.nl", name="Amina", new_partner="Vrouwengroep De Waard", kind="initiative"
    )
    answer = client.post(invite_page(cast), data=data)
    assert answer.status_code == 303
    assert "De uitnodiging aan Amina is onderweg" in words(client.get(answer.location))
    assert "namens Vrouwengroep De Waard" in letters_to(worker, "amina@example.nl")[0].text
    with cast.acting_as("Anna"):
        partner = db.session.scalars(select(Partner).where(Partner.name == "Vrouwengroep De Waard")).one()
        assert (partner.kind, partner.circle, partner.is_formal) == ("initiative", "outer", False)


def test_the_letter_can_be_seen_first(cast: Cast, worker: Flask) -> None:
    data = fields(
        email="amina@example.nl", name="Amina", new_partner="De Waard", message="Dag Amina.", letter="ja"
    )
    answer = cast.client("Anna").post(invite_page(cast), data=data)
    assert answer.status_code == 200
    assert "Anna van Buurthuis De Kom vraagt jou om namens De Waard mee te doen" in words(answer)
    assert "Dag Amina." in words(answer)
    assert how_many(cast) == 0
    assert letters_to(worker, "amina@example.nl") == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "chaima@example.nl"}, "al meedoet"),
        ({"email": "geen adres"}, "Kijk of er een @"),
        ({"email": ""}, "Vul het e-mailadres in"),
        ({"new_partner": ""}, "Kies een organisatie of groep"),
        ({"partner": "niets"}, "Kies iets uit de lijst"),
        ({"circle": "free"}, "Kies iets uit de lijst"),
        ({"message": "a" * 601}, "600 letters"),
        ({"name": "\x00"}, "een teken"),
        ({"roles": "king"}, "Kies iets uit de lijst"),
    ],
)
def test_wrong_input_is_told_at_the_field_and_nothing_is_stored(
    cast: Cast, change: dict[str, str], sentence: str
) -> None:
    data = fields(email="jan@example.nl", new_partner="De Waard") | change
    answer = cast.client("Anna").post(invite_page(cast), data=data)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert how_many(cast) == 0


def test_a_refused_invitation_leaves_no_new_partner(cast: Cast) -> None:
    data = fields(email="chaima@example.nl", new_partner="Nooit gezien")
    assert cast.client("Anna").post(invite_page(cast), data=data).status_code == 422
    with cast.acting_as("Anna"):
        assert db.session.scalar(select(Partner.id).where(Partner.name == "Nooit gezien")) is None


def test_a_partner_in_the_outer_circle_asks_for_the_outer_circle(cast: Cast) -> None:
    partner = str(cast.amersfoort.partners["Chaima"])
    answer = cast.client("Anna").post(
        invite_page(cast), data=fields(email="jan@example.nl", partner=partner, circle="inner")
    )
    assert answer.status_code == 422
    assert "Wandelclub staat in de buitencirkel" in words(answer)


def test_the_inner_circle_invites_only_where_the_workspace_says_so(cast: Cast) -> None:
    client = cast.client("Bram")
    assert client.get(invite_page(cast)).status_code == 403
    assert client.get(list_page(cast)).status_code == 403
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).inviters = "inner"
        db.session.commit()
    assert client.get(invite_page(cast)).status_code == 200
    data = fields(email="jan@example.nl", new_partner="De Waard", roles="lead")
    assert client.post(invite_page(cast), data=data).status_code == 303
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Invitation)).one().roles == []


LIST = """naam;e-mail;organisatie
Jan;jan@example.nl;
Chaima;chaima@example.nl;
Anna;anna@example.nl;
Jan weer;JAN@example.nl;
Piet;geen adres;
Amina;amina@example.nl;Vrouwengroep De Waard
"""


def preview(client: FlaskClient, cast: Cast, text: str = LIST, **more: Any) -> TestResponse:
    data = fields(people=text, partner=str(cast.amersfoort.partners["Chaima"]), **more)
    return client.post(invite_page(cast, "/lijst"), data=data)


def test_a_list_is_shown_line_by_line_before_anything_is_sent(cast: Cast, worker: Flask) -> None:
    answer = preview(cast.client("Anna"), cast)
    rows = [row.get_text(" ", strip=True) for row in soup(answer).select("tbody tr")]
    verdicts = {row.split()[0]: row for row in rows}
    assert "nieuw" in verdicts["2"]
    assert "doet al mee" in verdicts["3"]
    assert "binnencirkel" in verdicts["4"]
    assert "dubbel" in verdicts["5"]
    assert "Hier staat geen e-mailadres" in verdicts["6"]
    assert "Die krijgt een plek in de buitencirkel" in verdicts["7"]
    assert how_many(cast) == 0
    assert letters_to(worker, "jan@example.nl") == []


def test_after_the_second_button_only_the_new_ones_get_a_letter(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    answer = client.post(invite_page(cast, "/lijst/versturen"), data=carried(preview(client, cast)))
    assert answer.status_code == 303
    assert "2 uitnodigingen zijn onderweg" in words(client.get(answer.location))
    assert how_many(cast) == 2
    assert "namens Wandelclub" in letters_to(worker, "jan@example.nl")[0].text
    assert "namens Vrouwengroep De Waard" in letters_to(worker, "amina@example.nl")[0].text


def test_the_same_list_again_sends_nothing(cast: Cast, worker: Flask) -> None:
    client = cast.client("Anna")
    once = carried(preview(client, cast))
    for _time in range(2):
        client.post(invite_page(cast, "/lijst/versturen"), data=once)
    again = preview(client, cast)
    assert "Op deze lijst staat niemand die nu een brief krijgt" in words(again)
    assert "al uitgenodigd" in words(again)
    assert how_many(cast) == 2
    assert len(letters_to(worker, "jan@example.nl")) == 1


def test_a_file_does_the_same_as_a_pasted_list(cast: Cast) -> None:
    data = fields(
        new_partner="De Waard",
        file=(io.BytesIO("naam;e-mail\r\nZoë;zoe@example.nl\r\n".encode("cp1252")), "l.csv"),
    )
    answer = cast.client("Anna").post(invite_page(cast, "/lijst"), data=data)
    assert answer.status_code == 200
    assert "Zoë" in words(answer)


def test_more_than_a_day_can_hold_waits_for_tomorrow(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vitaal.invitations.inviting.MOST_PER_DAY", 3)
    client = cast.client("Anna")
    text = "\n".join(f"mens{number}@example.nl" for number in range(5))
    shown = preview(client, cast, text)
    assert "Stuur morgen dezelfde lijst nog eens" in words(shown)
    client.post(invite_page(cast, "/lijst/versturen"), data=carried(shown))
    assert how_many(cast) == 3
    with clock.at(clock.now() + timedelta(days=1)):
        client.post(invite_page(cast, "/lijst/versturen"), data=carried(preview(client, cast, text)))
    assert how_many(cast) == 5


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"people": ""}, "Plak een lijst of kies een bestand"),
        ({"people": "jan@example.nl"}, "Niet iedere regel noemt een organisatie"),
        ({"people": "jan@example.nl\n" * 10_001, "new_partner": "x"}, "hoogstens 10.000 regels"),
        ({"people": "\x00"}, "een teken"),
    ],
)
def test_a_list_that_can_not_be_used_is_refused_kindly(
    cast: Cast, data: dict[str, Any], sentence: str
) -> None:
    answer = cast.client("Anna").post(invite_page(cast, "/lijst"), data=fields(**data))
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_file_that_is_too_large_is_refused_kindly(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vitaal.invitations.lists.MOST_BYTES", 1000)
    data = fields(new_partner="De Waard", file=(io.BytesIO(b"x" * 1001), "groot.csv"))
    answer = cast.client("Anna").post(invite_page(cast, "/lijst"), data=data)
    assert answer.status_code == 422
    assert "hoogstens 10.000 regels" in words(answer)


def test_the_empty_list_opens_in_excel(cast: Cast) -> None:
    answer = cast.client("Anna").get(invite_page(cast, "/sjabloon.csv"))
    assert answer.data.decode("utf-8-sig").startswith("naam;e-mail;organisatie")


def test_the_list_shows_what_became_of_each(
    cast: Cast, anna_invites: Invite, link_for: Callable[[str], str], worker: Flask
) -> None:
    anna_invites("open@example.nl")
    anna_invites("ja@example.nl")
    anna_invites("nee@example.nl")
    anna_invites("weg@example.nl")
    cast.client().post(link_for("ja@example.nl"), data={"name": "Ja"})
    link = link_for("nee@example.nl")
    month = soup(cast.client().get(f"{link}/nee")).select("#month option")[2]["value"]
    cast.client().post(f"{link}/nee", data={"reason": "not_now", "month": month})
    with worker.app_context():
        letter = db.session.scalars(select(Letter).where(Letter.recipient == "weg@example.nl")).one()
        letter.state = "refused"
        db.session.commit()
    answer = cast.client("Anna").get(list_page(cast))
    rows = {row.get_text(" ", strip=True) for row in soup(answer).select("[aria-labelledby=lijst] li")}
    for address, state in {
        "open@": "wacht op antwoord",
        "ja@": "doet mee",
        "nee@": "Vraag opnieuw in",
        "weg@": "kwam niet aan",
    }.items():
        assert any(address in row and state in row for row in rows), (address, rows)
    with clock.at(clock.now() + timedelta(days=13)):
        assert "verlopen" not in words(cast.client("Anna").get(list_page(cast)))
    client = cast.client("Anna")
    with clock.at(clock.now() + timedelta(days=13, hours=23)):
        client.get(list_page(cast))
    with clock.at(clock.now() + timedelta(days=14)):
        fresh = cast.client("Anna").get(list_page(cast))
        assert "verlopen" in words(fresh)


def test_sending_again_and_withdrawing_are_one_button_each(
    cast: Cast, anna_invites: Invite, worker: Flask
) -> None:
    invitation_id = anna_invites("jan@example.nl")
    client = cast.client("Anna")
    client.post(f"{list_page(cast)}/{invitation_id}/opnieuw")
    client.post(f"{list_page(cast)}/{invitation_id}/opnieuw")
    client.post(f"{list_page(cast)}/{invitation_id}/opnieuw")
    assert "kreeg al drie brieven" in words(client.get(list_page(cast)))
    assert len(letters_to(worker, "jan@example.nl")) == 3
    client.post(f"{list_page(cast)}/{invitation_id}/intrekken")
    assert state_of(cast, invitation_id) == "withdrawn"


def test_who_may_not_invite_can_not_touch_what_was_sent(cast: Cast, anna_invites: Invite) -> None:
    invitation_id = anna_invites("jan@example.nl")
    for who, status in {"Bram": 403, "Chaima": 404, "Daan": 404, "Farah": 404}.items():
        for verb in ("opnieuw", "intrekken"):
            answer = cast.client(who).post(f"{list_page(cast)}/{invitation_id}/{verb}")
            assert answer.status_code == status, (who, verb)
    foreign = f"/w/{cast.elsewhere.slug}/uitnodigingen/{invitation_id}/intrekken"
    assert cast.client("Daan").post(foreign).status_code == 404
    assert state_of(cast, invitation_id) == "open"


def test_pages_cost_the_same_for_many_and_for_few(
    cast: Cast, anna_invites: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitaal.invitations.inviting.MOST_PER_DAY", 100)
    client = cast.client("Anna")
    for number in range(35):
        anna_invites(f"mens{number}@example.nl")
    counted: list[str] = []
    with cast.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *seen: counted.append(seen[2]))
    answer = client.get(list_page(cast))
    statements = [sql for sql in counted if "set_config" not in sql]
    assert len(soup(answer).select("[aria-labelledby=lijst] > ul > li")) == 30
    assert len(statements) <= 12, statements
    earlier = soup(answer).select_one("a[rel=next]")
    assert earlier
    assert len(soup(client.get(str(earlier["href"]))).select("[aria-labelledby=lijst] > ul > li")) == 5
    assert client.get(f"{list_page(cast)}?voor=onzin").status_code == 200
