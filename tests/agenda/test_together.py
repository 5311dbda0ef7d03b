"""Many at once: changed in one go, or taken along to a next quarter."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from tests.agenda.story import an_action, found, meanwhile, member, page
from tests.cast import Cast
from vitaal.activity.models import Event
from vitaal.agenda import together
from vitaal.agenda.lines import PAGE
from vitaal.agenda.models import Action
from vitaal.agenda.models.status import Repeat
from vitaal.agenda.queries import actions
from vitaal.agenda.together import Period
from vitaal.kernel import clock
from vitaal.kernel.db import db


def root(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/agenda"


def test_what_is_ticked_changes_together_and_is_told_once(cast: Cast) -> None:
    first, second, third = (an_action(cast, title) for title in ("Een", "Twee", "Drie"))
    boxes = page(cast, "Bram", f"{root(cast)}?aanpassen=1").main.select("input[name=actie]")
    assert len(boxes) == 3
    sent = {"actie": [first, second], "status": "doing", "due_on": "2027-03-01"}
    assert cast.client("Bram").post(f"{root(cast)}/samen", data=sent).status_code == 303
    with cast.acting_as("Anna"):
        assert [found(number).status for number in (first, second, third)] == ["doing", "doing", "to_do"]
        assert found(first).due_on == date(2027, 3, 1)
        told = db.session.scalars(select(Event).where(Event.verb == "changed")).all()
        assert [(event.object_kind, event.detail["number"]) for event in told] == [("actions", 2)]


def test_stopping_together_needs_a_reason_and_else_nothing_changes(cast: Cast) -> None:
    number = an_action(cast)
    answer = cast.client("Bram").post(f"{root(cast)}/samen", data={"actie": number, "status": "stopped"})
    assert answer.status_code == 422
    wrong = BeautifulSoup(answer.text, "lxml").find(id="stop_reason-e")
    assert wrong
    assert wrong.get_text() == "Schrijf op waarom we stoppen."
    with cast.acting_as("Anna"):
        assert found(number).status == "to_do"


def test_one_that_cannot_end_then_keeps_all_as_they_were(cast: Cast) -> None:
    first = an_action(cast, "Een")
    later = an_action(cast, "Later", starts_on=date(2027, 5, 1))
    sent = {"actie": [first, later], "due_on": "2027-03-01"}
    assert cast.client("Bram").post(f"{root(cast)}/samen", data=sent).status_code == 422
    with cast.acting_as("Anna"):
        assert (found(first).due_on, found(later).due_on) == (None, None)


def refused(cast: Cast, path: str = "/samen", **sent: Any) -> BeautifulSoup:
    """The page that Bram gets back when what he sends can't be."""
    answer = cast.client("Bram").post(
        f"{root(cast)}{path}", data={"terug": f"{root(cast)}?aanpassen=1", **sent}
    )
    assert answer.status_code == 422
    return BeautifulSoup(answer.text, "lxml")


def ticked(page: BeautifulSoup) -> list[int]:
    return [int(str(box["value"])) for box in page.select("input[name=actie][checked]")]


def test_ticking_nothing_is_told_kindly(cast: Cast) -> None:
    an_action(cast)
    page = refused(cast, status="doing")
    assert [each.get_text() for each in page.select("#fouten li")] == [
        "Vink eerst de acties aan die je wilt veranderen."
    ]
    chosen = page.select_one("#samen [name=status] [selected]")
    assert chosen
    assert chosen["value"] == "doing"


def test_who_chose_nothing_hears_so_and_keeps_the_ticks(cast: Cast) -> None:
    first, _second, third = (an_action(cast, title) for title in ("Een", "Twee", "Drie"))
    page = refused(cast, actie=[first, third])
    assert [each.get_text() for each in page.select("#fouten li")] == [
        "Kies wat er anders wordt aan de acties."
    ]
    assert ticked(page) == [first, third]
    assert page.title
    assert page.title.get_text().startswith("Fout:")


@pytest.mark.parametrize("sent", [{"status": "stopped"}, {"due_on": "2027-03-01"}, {"due_on": "31-02-2027"}])
def test_after_any_mistake_the_ticks_are_still_there(cast: Cast, sent: dict[str, str]) -> None:
    first = an_action(cast, "Een")
    later = an_action(cast, "Later", starts_on=date(2027, 5, 1))
    an_action(cast, "Drie")
    assert ticked(refused(cast, actie=[first, later], **sent)) == [first, later]


def test_the_ticks_of_a_later_page_stay_on_that_page(cast: Cast) -> None:
    numbers = [an_action(cast, f"Actie {number}") for number in range(PAGE + 2)]
    form = page(cast, "Bram", f"{root(cast)}?aanpassen=1&na={numbers[-3]}").select_one("#samen")
    assert form
    way_back = form.select_one("[name=terug]")
    assert way_back
    to, path = str(way_back["value"]), str(form["action"]).removeprefix(root(cast))
    assert ticked(refused(cast, path, actie=numbers[-1:], terug=to)) == numbers[-1:]
    sent = {"actie": numbers[-1:], "status": "doing", "terug": to}
    assert f"na={numbers[-3]}" in cast.client("Bram").post(f"{root(cast)}{path}", data=sent).location


def test_the_reason_to_stop_stands_where_it_hides_until_it_is_needed(cast: Cast) -> None:
    an_action(cast)
    form = page(cast, "Bram", f"{root(cast)}?aanpassen=1").select_one("form#samen")
    assert form
    assert form.select_one(":scope > .when-stopped #stop_reason")
    assert form.select_one("option[value=stopped]")


def test_the_outer_circle_changes_nothing_together(cast: Cast) -> None:
    number = an_action(cast)
    assert (
        cast.client("Chaima")
        .post(f"{root(cast)}/samen", data={"actie": number, "status": "done"})
        .status_code
        == 403
    )


def test_what_is_not_done_goes_along_to_the_next_quarter(cast: Cast) -> None:
    last = Period.quarter_of(clock.today()).before
    an_action(cast, "Bankjes", due_on=last.last)
    an_action(cast, "Klaar", due_on=last.last, status="done")
    form = page(cast, "Bram", f"{root(cast)}/overnemen").main
    ticked = [box["value"] for box in form.select("input[name=actie][checked]")]
    assert len(ticked) == 1
    answer = cast.client("Bram").post(f"{root(cast)}/overnemen?van={last.first}", data={"actie": ticked})
    assert answer.status_code == 303
    with cast.acting_as("Anna"):
        old, new = db.session.scalars(
            select(Action).where(Action.title == "Bankjes").order_by(Action.number)
        ).all()
        assert old.archived_at
        assert last.after.first <= new.due_on <= last.after.last
        assert new.status == "to_do"


def test_who_says_so_twice_takes_everything_along_once_in_its_order(cast: Cast) -> None:
    last = Period.quarter_of(clock.today()).before
    for title in ("Bankjes", "Vervoer", "Website"):
        an_action(cast, title, due_on=last.last)
    with cast.acting_as("Anna"):
        bankjes, vervoer, website = together.unfinished_in(last)
        order, anna = [website, bankjes, vervoer], member(cast, "Anna")
        assert together.take_along(order, last, last.after, by=anna) == 3
        assert together.take_along(order, last, last.after, by=anna) == 0
        assert [action.title for action in actions()] == ["Website", "Bankjes", "Vervoer"]


def test_what_someone_archived_meanwhile_does_not_go_along(cast: Cast) -> None:
    last = Period.quarter_of(clock.today()).before
    number = an_action(cast, "Bankjes", due_on=last.last)
    with cast.acting_as("Anna"):
        seen = together.unfinished_in(last)
        meanwhile(lambda: cast.client("Bram").post(f"{root(cast)}/{number}/archief"))
        assert together.take_along(seen, last, last.after, by=member(cast, "Anna")) == 0
        assert actions() == []


def test_what_comes_back_every_week_keeps_doing_so_in_the_next_quarter(cast: Cast) -> None:
    last = Period.quarter_of(clock.today()).before
    an_action(cast, "Samen eten", due_on=last.last, repeats=Repeat.WEEK)
    with cast.acting_as("Anna"):
        together.take_along(together.unfinished_in(last), last, last.after, by=member(cast, "Anna"))
        assert [action.repeats for action in actions()] == [Repeat.WEEK]


def test_quarters_follow_each_other_over_the_year() -> None:
    fourth = Period.quarter_of(date(2026, 11, 25))
    assert (fourth.number, fourth.first, fourth.last) == (4, date(2026, 10, 1), date(2026, 12, 31))
    assert (fourth.after.number, fourth.after.first) == (1, date(2027, 1, 1))
    assert fourth.after.before == fourth
