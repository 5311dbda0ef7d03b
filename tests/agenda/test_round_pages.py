"""Choosing together, as people do it on their screens."""

from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.agenda.story import an_action, found, member, page
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda import rounds
from vitaal.agenda.models import Action, PriorityRound, Rating
from vitaal.agenda.putting_away import archive, bring_back
from vitaal.agenda.queries import actions
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind


def root(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/agenda/kiezen"


def begin(cast: Cast, *titles: str) -> UUID:
    """Anna opens a round over new actions."""
    for title in titles:
        an_action(cast, title)
    with cast.acting_as("Anna"):
        actions = db.session.scalars(select(Action).order_by(Action.position)).all()
        opened = rounds.open_round(
            actions,
            closes_on=clock.today() + timedelta(days=9),
            why="De herfst komt",
            by=member(cast, "Anna"),
        )
        db.session.commit()
        return opened.id


def rates(cast: Cast, name: str, round_id: UUID, *marks: tuple[int, int, str]) -> None:
    """Someone walks through the actions, from the first to the last."""
    client = cast.client(name)
    start = f"{root(cast)}/{round_id}/mening/{cast.amersfoort.partners[name]}"
    for importance, urgency, remark in marks:
        asked = client.get(start).location
        typed = {"importance": importance, "urgency": urgency, "remark": remark}
        assert client.post(asked, data=typed).status_code == 303


def closed(cast: Cast, round_id: UUID) -> TestResponse:
    return cast.client("Anna").post(f"{root(cast)}/{round_id}/sluiten")


def test_the_empty_room_says_how_it_works(cast: Cast) -> None:
    assert "Nog geen ronde" in page(cast, "Bram", root(cast)).main.get_text()
    assert page(cast, "Anna", root(cast)).main.find("a", string="Begin een ronde")
    assert not page(cast, "Bram", root(cast)).main.find("a", string="Begin een ronde")


def test_a_lead_opens_a_round_over_every_open_action(cast: Cast) -> None:
    for title in ("Bankjes", "Vervoer"):
        an_action(cast, title)
    anna = cast.client("Anna")
    form = page(cast, "Anna", f"{root(cast)}/nieuw").main
    sent = {
        "actions": [box["value"] for box in form.select("input[name=actions][checked]")],
        "closes_on": form.find(id="closes_on")["value"],
        "why": "",
    }
    assert len(sent["actions"]) == 2
    answer = anna.post(f"{root(cast)}/nieuw", data=sent)
    assert answer.status_code == 303
    assert "0 van 3 partners" in page(cast, "Bram", answer.location).main.get_text()
    anna.post(f"{root(cast)}/nieuw", data=sent)
    with cast.acting_as("Anna"):
        assert len(db.session.scalars(select(PriorityRound)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"closes_on": "2027-01-01"}, "actions", "Kies er minstens 2 en hoogstens 30."),
        ({"closes_on": "31-02-2027"}, "closes_on", "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"closes_on": "2020-01-01"}, "closes_on", "Kies een dag vanaf morgen, en binnen drie maanden."),
    ],
)
def test_a_round_that_cannot_be_opened_says_why(
    cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    an_action(cast)
    answer = cast.client("Anna").post(f"{root(cast)}/nieuw", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_nobody_sees_what_another_says_until_the_round_closes(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer")
    rates(cast, "Bram", round_id, (5, 5, "Niemand komt er nu"), (1, 2, ""))
    open_page = page(cast, "Chaima", f"{root(cast)}/{round_id}").main.get_text()
    assert "1 van 3 partners" in open_page
    assert "Niemand komt er nu" not in open_page
    rates(cast, "Chaima", round_id, (1, 1, "Er staan er al drie"), (2, 2, ""))
    assert closed(cast, round_id).status_code == 303
    shown = page(cast, "Chaima", f"{root(cast)}/{round_id}").main.get_text(" ", strip=True)
    assert "Wat ziet Welzijn Oost dat Wandelclub nog niet ziet?" in shown
    assert "Niemand komt er nu" in shown
    assert "Er staan er al drie" in shown


def test_nobody_speaks_for_another_partner(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer")
    for_welzijn = f"{root(cast)}/{round_id}/mening/{cast.amersfoort.partners['Bram']}"
    assert cast.client("Chaima").get(for_welzijn).status_code == 403


def test_an_answer_without_a_number_comes_back(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer")
    bram = cast.client("Bram")
    asked = bram.get(f"{root(cast)}/{round_id}/mening/{cast.amersfoort.partners['Bram']}").location
    answer = bram.post(asked, data={"importance": "9", "remark": "Bewaar dit"})
    assert answer.status_code == 422
    assert "Bewaar dit" in answer.text
    with cast.acting_as("Bram"):
        assert db.session.scalars(select(Rating)).all() == []


def test_an_answer_after_closing_is_refused_kindly(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer")
    bram = cast.client("Bram")
    asked = bram.get(f"{root(cast)}/{round_id}/mening/{cast.amersfoort.partners['Bram']}").location
    closed(cast, round_id)
    assert bram.post(asked, data={"importance": "5", "urgency": "5"}).status_code == 303
    with cast.acting_as("Bram"):
        assert db.session.scalars(select(Rating)).all() == []


def test_the_group_sets_the_order_and_it_becomes_that_of_the_agenda(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer", "Website")
    rates(cast, "Bram", round_id, (2, 5, ""), (5, 5, ""), (1, 1, ""))
    closed(cast, round_id)
    form = page(cast, "Anna", f"{root(cast)}/{round_id}/volgorde").main
    assert [legend.get_text() for legend in form.select("legend")] == ["Vervoer", "Bankjes", "Website"]
    sent = {box["name"]: box.get("value", "") for box in form.select("input")}
    sent |= {f"lines-{line}-quadrant": key for line, key in enumerate(("now", "hand-over", "let-go"))}
    sent |= {f"lines-{line}-taken_by": "" for line in range(3)}
    anna = cast.client("Anna")
    wrong = anna.post(f"{root(cast)}/{round_id}/volgorde", data=sent)
    assert wrong.status_code == 422
    assert "Kies ook wie dit overneemt." in wrong.text
    sent["lines-1-taken_by"] = str(cast.amersfoort.partners["Bram"])
    assert anna.post(f"{root(cast)}/{round_id}/volgorde", data=sent).status_code == 303
    with cast.acting_as("Anna"):
        actions = db.session.scalars(select(Action).order_by(Action.position)).all()
        assert [(action.title, action.quadrant) for action in actions] == [
            ("Vervoer", "now"), ("Bankjes", "hand-over"), ("Website", "let-go")
        ]  # fmt: skip
        assert actions[1].partner_id == cast.amersfoort.partners["Bram"]
        assert actions[2].archived_at
    assert "Dit spraken jullie af" in page(cast, "Chaima", f"{root(cast)}/{round_id}").main.get_text()


def typed_order(cast: Cast, round_id: UUID, *quadrants: str) -> dict[str, str]:
    """What Anna fills in on the page with the order: a quadrant for each line."""
    form = page(cast, "Anna", f"{root(cast)}/{round_id}/volgorde").main
    sent = {box["name"]: box.get("value", "") for box in form.select("input")}
    return sent | {f"lines-{line}-quadrant": key for line, key in enumerate(quadrants)}


def test_when_an_action_goes_meanwhile_the_answers_do_not_shift_to_others(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer", "Website", "Zaal")
    closed(cast, round_id)
    sent = typed_order(cast, round_id, "", "let-go", "now", "explore")
    sent |= {"lines-3-place": "1"}
    with cast.acting_as("Bram"):
        archive(found(1), by=member(cast, "Bram"))
        db.session.commit()
    answer = cast.client("Anna").post(f"{root(cast)}/{round_id}/volgorde", data=sent)
    form = BeautifulSoup(answer.text, "lxml").main
    assert answer.status_code == 409
    assert "De lijst met acties is net veranderd." in form.find(role="alert").get_text()
    assert [legend.get_text() for legend in form.select("legend")] == ["Zaal", "Vervoer", "Website"]
    assert [box["value"] for box in form.select("option[selected]")] == ["explore", "let-go", "now"]
    with cast.acting_as("Anna"):
        assert [(action.title, action.quadrant) for action in actions()] == [
            ("Vervoer", ""), ("Website", ""), ("Zaal", "")
        ]  # fmt: skip
    again = {box["name"]: box["value"] for box in form.select("form input")}
    again |= {f"lines-{line}-quadrant": key for line, key in enumerate(("explore", "let-go", "now"))}
    assert cast.client("Anna").post(f"{root(cast)}/{round_id}/volgorde", data=again).status_code == 303
    with cast.acting_as("Anna"):
        assert [action.title for action in actions()] == ["Zaal", "Website"]
        assert found(2).archived_at


def test_when_one_action_goes_and_another_comes_back_each_keeps_its_own_answer(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer", "Website")
    closed(cast, round_id)
    with cast.acting_as("Bram"):
        archive(found(1), by=member(cast, "Bram"))
        db.session.commit()
    sent = typed_order(cast, round_id, "let-go", "now")
    with cast.acting_as("Bram"):
        bring_back(found(1), by=member(cast, "Bram"))
        archive(found(2), by=member(cast, "Bram"))
        db.session.commit()
    assert cast.client("Anna").post(f"{root(cast)}/{round_id}/volgorde", data=sent).status_code == 409
    with cast.acting_as("Anna"):
        assert [(action.title, action.quadrant) for action in actions()] == [("Bankjes", ""), ("Website", "")]


def test_who_sets_the_order_after_someone_else_did_is_told_so(cast: Cast) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer")
    closed(cast, round_id)
    anna, sent = cast.client("Anna"), typed_order(cast, round_id, "let-go", "now")
    for _again in range(2):
        answer = anna.post(f"{root(cast)}/{round_id}/volgorde", data=sent)
        assert answer.status_code == 303
    assert "Iemand anders legde de volgorde net al vast." in anna.get(answer.location).text


@pytest.mark.parametrize("path", ["sluiten", "volgorde"])
def test_only_who_arranges_closes_and_settles(cast: Cast, path: str) -> None:
    round_id = begin(cast, "Bankjes", "Vervoer")
    assert cast.client("Bram").post(f"{root(cast)}/{round_id}/{path}").status_code == 403


def test_thirty_actions_and_twenty_partners_ask_no_more_statements(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        for number in range(17):
            partner = Partner.welcome(f"Partner {number}", PartnerKind.ORGANISATION, Circle.INNER, is_formal=True,
                                      reason="Nieuw", decided_by="Anna")  # fmt: skip
            db.session.add(Membership(id=new_id(), partner_id=partner.id, name=f"Lid {number}", circle=Circle.INNER,
                                      reach="phone", helper_id=cast.amersfoort.members["Anna"],
                                      consented_on=clock.today()))  # fmt: skip
        db.session.commit()
    round_id = begin(cast, *(f"Actie {number}" for number in range(30)))
    rates(cast, "Bram", round_id, *((number % 5 + 1, 3, "") for number in range(30)))
    for moment in ("open", "closed"):
        for path in (root(cast), f"{root(cast)}/{round_id}"):
            with statements(cast.app) as asked:
                assert cast.client("Anna").get(path).status_code == 200
            assert len(asked) <= 12 + 3, f"{path} while {moment}: {len(asked)}"  # three of them sign Anna in
        closed(cast, round_id)
