"""Looking at a rule again on its day: what came of it is kept, and the rule goes on to hold meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.agenda.story import member, page
from tests.cast import Cast
from tests.spelregels.story import a_proposal, a_rule, closes, says
from vitaal.activity.models import Event
from vitaal.activity.sentences import sentence
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.method import spelregels as method
from vitaal.spelregels import waiting as spelregels
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.models import Review, Spelregel
from vitaal.spelregels.waiting import Wants
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.waiting import Feature, Waits, waiting_for

HALF_A_YEAR = timedelta(days=182)
NEXT = (clock.today() + HALF_A_YEAR).isoformat()


def address(cast: Cast, number: int = 1, *more: str) -> str:
    return "/".join([f"/w/{cast.amersfoort.slug}/spelregels/{number}", *more])


def sends(cast: Cast, name: str = "Bram", **typed: Any) -> TestResponse:
    """Someone writes down what the group does with the first rule; it stays unless they say otherwise."""
    form = {"version": "1", "reviews": "0", "outcome": "keep", "note": "", "next_on": NEXT} | typed
    return cast.client(name).post(address(cast, 1, "nakijken"), data=form)


def reviews(cast: Cast) -> list[tuple[int, str, str]]:
    """Of each review the version, what came of it and what was noticed, in the order in which they came."""
    with cast.acting_as("Anna"):
        found = db.session.scalars(select(Review).order_by(Review.reviewed_at)).all()
        return [(one.version, one.outcome, one.note) for one in found]


def review_day(cast: Cast, rule_id: UUID) -> Any:
    with cast.acting_as("Anna"):
        rule = here(Spelregel, rule_id)
        assert rule
        return rule.review_on


def to_review(cast: Cast, name: str) -> list[Waits]:
    """The rules that ask this member to look at them, within `cast.acting_as`."""
    feature = Feature(spelregels.lines, spelregels.ask)
    found = waiting_for(member(cast, name), this_workspace(), [feature])
    return [waits for _feature, waits in found if waits.kind == Wants.REVIEW]


def waiting(cast: Cast, name: str = "Anna") -> list[int]:
    """The numbers of the rules that wait to be looked at."""
    with cast.acting_as(name):
        return [rule.number or 0 for rule in to_review(cast, name)]


def told(cast: Cast) -> list[str]:
    with cast.app.test_request_context(), cast.acting_as("Chaima"):
        events = db.session.scalars(
            select(Event).where(Event.object_kind == "spelregel").order_by(Event.id)
        ).all()
        return [sentence(event) for event in events][1:]


def main_of(answer: TestResponse) -> Any:
    return BeautifulSoup(answer.text, "lxml").main


# When


def test_a_rule_waits_to_be_looked_at_from_its_day_on_and_goes_on_to_hold(cast: Cast) -> None:
    a_rule(cast)
    assert waiting(cast) == []
    with clock.at(clock.now() + HALF_A_YEAR):
        assert waiting(cast) == [1]
    with clock.at(clock.now() + HALF_A_YEAR + timedelta(days=40)):
        assert waiting(cast) == [1]
        shown = page(cast, "Chaima", address(cast)).main.get_text(" ", strip=True)
        assert "Kijk samen of deze spelregel nog werkt: dat zouden jullie doen op" in shown
        assert "geldt niet meer" not in shown


def test_a_rule_that_someone_proposed_something_about_does_not_wait(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_proposal(cast, changes=rule_id)
    with clock.at(clock.now() + HALF_A_YEAR):
        assert waiting(cast) == []


def test_a_rule_that_ended_does_not_wait(cast: Cast) -> None:
    rule_id = a_rule(cast)
    with cast.acting_as("Anna"):
        db.session.get_one(Spelregel, (cast.amersfoort.id, rule_id)).retired_at = clock.now()
        db.session.commit()
    with clock.at(clock.now() + HALF_A_YEAR):
        assert waiting(cast) == []
    answer = cast.client("Bram").get(address(cast, 1, "nakijken"))
    assert answer.status_code == 303
    assert sends(cast).status_code == 303
    assert reviews(cast) == []


def test_only_who_arranges_is_asked_to_look(cast: Cast) -> None:
    a_rule(cast, "Regel 0")
    with clock.at(clock.now() + HALF_A_YEAR):
        assert (waiting(cast, "Anna"), waiting(cast, "Bram"), waiting(cast, "Chaima")) == ([1], [], [])
        asks = page(cast, "Anna", f"/w/{cast.amersfoort.slug}").main.get_text(" ", strip=True)
        assert "Werkt deze regel nog? ‘Regel 0’" in asks


# What the group sees


def test_the_page_asks_what_the_method_asks_and_tells_what_the_group_wanted_to_keep_in_mind(
    cast: Cast,
) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.WORRY, "Wie is er niet bij?")
    says(cast, "Anna", number, Answer.AGREE, "Prima")
    closes(cast, number)
    shown = page(cast, "Bram", address(cast, 1, "nakijken")).main.get_text(" ", strip=True)
    for question in method.renewal():
        assert question.text.nl in shown
    assert "Wie is er niet bij?" in shown
    assert "Prima" not in shown


def test_nothing_is_chosen_before_and_the_next_day_is_half_a_year_away(cast: Cast) -> None:
    a_rule(cast)
    form = page(cast, "Bram", address(cast, 1, "nakijken")).main.form
    assert not form.select("input[checked]")
    assert form.find(id="next_on")["value"] == NEXT


def test_the_outer_circle_does_not_decide_about_a_rule(cast: Cast) -> None:
    a_rule(cast)
    assert cast.client("Chaima").get(address(cast, 1, "nakijken")).status_code == 403
    assert sends(cast, "Chaima").status_code == 403
    assert "nakijken" not in str(page(cast, "Chaima", address(cast)).main.select("a"))


# What came of it


def test_a_rule_that_stays_is_looked_at_again_on_the_day_that_was_chosen(cast: Cast) -> None:
    rule_id = a_rule(cast)
    day = clock.today() + timedelta(days=30)
    answer = sends(cast, note="Het helpt ons", next_on=day.isoformat())
    assert (answer.status_code, answer.location) == (303, address(cast))
    assert reviews(cast) == [(1, "keep", "Het helpt ons")]
    assert review_day(cast, rule_id) == day
    assert told(cast) == ["Bram schreef op dat de spelregel ‘We luisteren eerst’ nog werkt"]
    assert "Het helpt ons" in page(cast, "Chaima", address(cast)).main.get_text()


@pytest.mark.parametrize("outcome", ["change", "retire"])
def test_to_change_a_rule_or_to_stop_with_it_leads_on_to_a_proposal(cast: Cast, outcome: str) -> None:
    rule_id = a_rule(cast)
    before = review_day(cast, rule_id)
    answer = sends(cast, outcome=outcome, next_on="")
    assert answer.status_code == 303
    assert answer.location.endswith(f"?regel=1&soort={outcome}")
    assert reviews(cast) == [(1, outcome, "")]
    assert review_day(cast, rule_id) == before
    assert page(cast, "Bram", address(cast)).main.find(string="Wat we afspraken")


def test_when_a_proposal_is_open_already_it_leads_there(cast: Cast) -> None:
    rule_id = a_rule(cast)
    number = a_proposal(cast, changes=rule_id)
    answer = sends(cast, outcome="change")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/{number}")
    assert "soort" not in answer.location


def test_a_next_review_is_written_beside_the_first(cast: Cast) -> None:
    a_rule(cast)
    sends(cast, note="Eerst")
    assert sends(cast, note="Daarna", reviews="1").status_code == 303
    assert reviews(cast) == [(1, "keep", "Eerst"), (1, "keep", "Daarna")]


def test_the_database_lets_nobody_rewrite_a_review(cast: Cast) -> None:
    a_rule(cast)
    sends(cast)
    for deed in ("UPDATE app.spelregel_review SET note = 'x'", "DELETE FROM app.spelregel_review"):
        with cast.acting_as("Anna"), pytest.raises(DBAPIError) as mistake:
            db.session.execute(text(deed))
        assert isinstance(mistake.value.orig, psycopg.errors.InsufficientPrivilege)


# Two at once


def test_the_second_sees_what_the_first_wrote_and_keeps_their_own_words(cast: Cast) -> None:
    a_rule(cast)
    sends(cast, "Anna", note="Het helpt ons")
    answer = sends(cast, "Bram", note="Het knelt", outcome="change")
    assert answer.status_code == 409
    assert reviews(cast) == [(1, "keep", "Het helpt ons")]
    shown = main_of(answer)
    assert "Het helpt ons" in shown.aside.get_text()
    assert shown.find(id="note").get_text(strip=True) == "Het knelt"
    assert shown.find("input", attrs={"name": "reviews"})["value"] == "1"


def test_two_at_the_same_moment_write_one_review(cast: Cast) -> None:
    a_rule(cast)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda name: sends(cast, name).status_code, ("Anna", "Bram")))
    assert sorted(answers) == [303, 409]
    assert len(reviews(cast)) == 1


def test_who_looked_at_a_version_that_no_longer_holds_sees_the_one_that_does(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    answer = sends(cast)
    assert answer.status_code == 409
    assert "We luisteren altijd eerst" in main_of(answer).get_text()
    assert reviews(cast) == []


# What people type


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"outcome": ""}, "outcome", "Kies wat jullie met de spelregel doen."),
        ({"outcome": "dans"}, "outcome", "Kies iets uit de lijst."),
        ({"next_on": ""}, "next_on", "Kies een dag om weer te kijken."),
        ({"next_on": "31-02-2027"}, "next_on", "Kies een dag, bijvoorbeeld 24-11-2026."),
        (
            {"next_on": clock.today().isoformat()},
            "next_on",
            "Kies een dag vanaf morgen, en binnen twee jaar.",
        ),
        ({"next_on": "9999-01-01"}, "next_on", "Kies een dag vanaf morgen, en binnen twee jaar."),
        ({"note": "x" * 2_001}, "note", "Maak dit korter"),
        ({"note": "a\x00b"}, "note", "Hier staat een teken in dat we niet kunnen bewaren."),
    ],
)
def test_what_is_not_right_is_said_at_its_place(
    cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    a_rule(cast)
    answer = sends(cast, **typed)
    assert answer.status_code == 422
    assert sentence in main_of(answer).find(id=f"{field}-e" if field != "outcome" else "outcome").get_text()
    assert reviews(cast) == []


def test_a_day_that_was_typed_for_a_rule_that_does_not_stay_is_no_matter(cast: Cast) -> None:
    a_rule(cast)
    assert sends(cast, outcome="retire", next_on="31-02-2027").status_code == 303


@pytest.mark.parametrize(
    "typed", [{"version": "x"}, {"version": ""}, {"version": "9" * 30}, {"reviews": "-1"}]
)
def test_a_form_that_this_page_never_made_is_no_failure(cast: Cast, typed: dict[str, str]) -> None:
    a_rule(cast)
    assert sends(cast, **typed).status_code == 422


@pytest.mark.parametrize("number", ["2", "2147483648", "9" * 40])
def test_a_rule_with_a_number_that_none_has_is_not_there(cast: Cast, number: str) -> None:
    a_rule(cast)
    for more in ("", "/nakijken"):
        assert (
            cast.client("Bram").get(f"/w/{cast.amersfoort.slug}/spelregels/{number}{more}").status_code == 404
        )


def test_the_words_of_the_group_are_shown_as_text(cast: Cast) -> None:
    a_rule(cast, "<b>Vet</b>", example="<script>alert(1)</script>")
    sends(cast, note="<i>Schuin</i>")
    text_of = cast.client("Bram").get(address(cast)).text
    assert "<script>alert(1)" not in text_of
    assert "&lt;i&gt;Schuin" in text_of
