"""What the agenda says in a report: goals, what was done, what goes on, what was stopped, and when we met."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.agenda.meetings import planned, the
from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from tests.contributed import blocks, contributed, entries, keeps_what_it_says, table, texts
from tests.counting import statements
from vitaal.agenda import goals
from vitaal.agenda.models import Challenge, Goal, Status
from vitaal.agenda.models.action import append
from vitaal.agenda.report import MOST_TOLD, contributions
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.pages.document import Entries, Text
from vitaal.workspaces.models import Circle
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.reporting import Contribution, Part, Period

FIRST = clock.today() + timedelta(days=40)
MONTH = Period(FIRST, FIRST + timedelta(days=29))
LATER = clock.moment_on(MONTH.last + timedelta(days=20), time(12))
DONE, STOPPED, UNDER_WAY = "Dit kwam klaar", "Waar we mee stopten, en waarom", "under-way"


def on(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return clock.moment_on(day, time(hour, minute))


def becomes(cast: Cast, number: int, at: datetime, **wanted: Any) -> None:
    """Anna changes an action at a moment."""
    with clock.at(at), cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), **wanted)
        db.session.commit()


def reported(cast: Cast, period: Period = MONTH) -> list[Contribution]:
    """What Anna gets, some weeks after the period."""
    with clock.at(LATER):
        told = contributed(cast, contributions, period)
    assert keeps_what_it_says(told)
    return told


def titles(told: list[Contribution], under: str = DONE) -> list[str]:
    return [entry.title for entry in entries(told, under)]


def test_what_was_finished_is_told_with_why_and_which_partner_did_it(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        bram = member(cast, "Bram").id
    number = an_action(cast, "Samen eten", reason="Wie alleen eet, eet slecht.", owner_id=bram)
    becomes(cast, number, on(FIRST, 0), status=Status.DONE)
    told = reported(cast)
    (entry,) = entries(told, DONE)
    assert (entry.title, entry.text) == ("Samen eten", "Wie alleen eet, eet slecht.")
    assert entry.remark.startswith("Welzijn Oost, ")
    assert "Bram" not in texts(told)


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        (on(FIRST - timedelta(days=1), 23, 59), False),
        (on(FIRST, 0), True),
        (on(MONTH.last, 23, 59), True),
        (on(MONTH.last + timedelta(days=1), 0), False),
    ],
)
def test_the_first_and_the_last_day_count(cast: Cast, at: datetime, is_told: bool) -> None:
    becomes(cast, an_action(cast), at, status=Status.DONE)
    assert ("Samen eten" in titles(reported(cast))) is is_told


def test_it_tells_how_it_was_at_the_end_of_the_period_whatever_happened_since(cast: Cast) -> None:
    reopened, finished_later, began_later = (
        an_action(cast, "Heropend"),
        an_action(cast, "Later"),
        an_action(cast, "Nog"),
    )
    becomes(cast, reopened, on(FIRST), status=Status.DONE)
    becomes(cast, reopened, on(MONTH.last + timedelta(days=2)), status=Status.DOING)
    becomes(cast, finished_later, on(FIRST), status=Status.DOING)
    becomes(cast, finished_later, on(MONTH.last + timedelta(days=2)), status=Status.DONE)
    becomes(cast, began_later, on(MONTH.last + timedelta(days=2)), status=Status.DOING)
    told = reported(cast)
    assert titles(told) == ["Heropend"]
    rows = table(told, UNDER_WAY)
    assert rows
    assert [row[0] for row in rows.rows] == ["Later"]
    assert "Daarna staat er nog 1 actie op de agenda." in texts(told)


def test_what_goes_on_stands_in_a_table_with_its_goal_partner_and_day(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        goal = Goal.add("Buren kennen elkaar", by=member(cast, "Anna")).id
        chaima = member(cast, "Chaima").id
        db.session.commit()
    an_action(cast, "Wandelen", goal_id=goal, owner_id=chaima, due_on=MONTH.last, status=Status.DOING)
    rows = table(reported(cast), UNDER_WAY)
    assert rows
    assert rows.rows == (("Wandelen", "Buren kennen elkaar", "Wandelclub", MONTH.last),)


def test_what_stopped_is_told_with_why_but_an_idea_put_aside_never_was_an_action(cast: Cast) -> None:
    becomes(cast, an_action(cast, "Bingo"), on(FIRST), status=Status.STOPPED, stop_reason="Niemand kwam.")
    idea = an_action(cast, "Los idee", status=Status.IDEA)
    becomes(cast, idea, on(FIRST), status=Status.STOPPED, stop_reason="Past niet.")
    told = reported(cast)
    assert [(entry.title, entry.text) for entry in entries(told, STOPPED)] == [("Bingo", "Niemand kwam.")]
    assert "Los idee" not in texts(told)


def test_what_was_thrown_away_is_not_told_and_the_archive_is(cast: Cast) -> None:
    kept, thrown = an_action(cast, "Bewaard"), an_action(cast, "Weg")
    for number in (kept, thrown):
        becomes(cast, number, on(FIRST), status=Status.DONE)
    becomes(cast, kept, on(FIRST, 13), archived_at=on(FIRST, 13))
    becomes(cast, thrown, on(FIRST, 13), deleted_at=on(FIRST, 13))
    assert titles(reported(cast)) == ["Bewaard"]


def test_what_only_the_inner_circle_knows_stands_apart(cast: Cast) -> None:
    becomes(cast, an_action(cast, "Geheim", circle=Circle.INNER), on(FIRST), status=Status.DONE)
    becomes(cast, an_action(cast, "Open"), on(FIRST), status=Status.DONE)
    an_action(cast, "Stil", circle=Circle.INNER, status=Status.DOING)
    planned(cast, "Besloten overleg", days=41, circle=Circle.INNER, asks=[Circle.INNER])
    told = reported(cast)
    outer = texts(one for one in told if one.circle is Circle.OUTER)
    inner = texts(one for one in told if one.circle is Circle.INNER)
    assert "Open" in outer
    assert not any(word in outer for word in ("Geheim", "Stil", "binnencirkel"))
    assert all(word in inner for word in ("Geheim", "Stil", "De binnencirkel kwam 1 keer bij elkaar"))


def test_the_ambition_and_the_goals_as_they_stood(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        by = member(cast, "Anna")
        Challenge.add(
            this_workspace().challenge, by=by, promise="Niemand eet alleen.", commitment="Een zaal."
        )
        goal = Goal.add("Elke week een maaltijd", by=by, why="Dan zie je elkaar.", from_on=date(2026, 1, 1))
        goals.replace_indicators(goal, [{"name": "Eters", "now": "12", "target": "30"}])
        db.session.commit()
    with clock.at(LATER), cast.acting_as("Anna"):
        Goal.add("Doel van later", by=member(cast, "Anna"))
        db.session.commit()
    told = reported(cast)
    assert "Niemand eet alleen." in [entry.text for entry in entries(told, "Onze ambitie")]
    (shown,) = entries(told, "Onze doelen")
    assert shown.text == "Dan zie je elkaar.\n\nEters: nu 12, straks 30."
    assert shown.remark == "vanaf januari 2026"


def test_how_often_and_when_we_met_without_what_was_off_or_not_over(cast: Cast) -> None:
    planned(cast, "Bijpraten", days=40)
    planned(cast, "Nog eens", days=69)
    planned(cast, "Te vroeg", days=39)
    off = planned(cast, "Afgezegd", days=50)
    planned(cast, "Nooit uitgenodigd", days=51, is_sent=False)
    with cast.acting_as("Anna"):
        the(off).cancel("Ziek", by=member(cast, "Anna"))
        db.session.commit()
    told = reported(cast)
    (met,) = blocks(told, Part.COLLABORATION, Text)
    assert met.text.startswith("We kwamen 2 keer bij elkaar: op ")
    (inside,) = blocks(told, Part.COLLABORATION, Text, Circle.INNER)
    assert inside.text.startswith("De binnencirkel kwam 1 keer bij elkaar")


def test_more_than_reads_well_goes_to_a_table_in_as_many_statements(cast: Cast) -> None:
    def asked() -> int:
        with clock.at(LATER), cast.acting_as("Anna"), statements(cast.app) as counted:
            contributions(MONTH)
        return len(counted)

    few = asked()
    with clock.at(on(FIRST)), cast.acting_as("Anna"):
        owner = member(cast, "Bram").id
        goal = Goal.add("Een doel", by=member(cast, "Anna")).id
        append(
            {"title": f"Actie {number}", "owner_id": owner, "goal_id": goal,
             "status": Status.DONE if number % 2 else Status.DOING}
            for number in range(200)
        )  # fmt: skip
        db.session.commit()
    told = reported(cast)
    assert len(titles(told)) == MOST_TOLD
    everything = table(told, "finished")
    assert everything
    assert len(everything.rows) == 100
    assert f"En nog {100 - MOST_TOLD} acties kwamen klaar." in texts(told)
    assert asked() <= few + 1 <= 7


def test_an_empty_agenda_says_one_kind_sentence(cast: Cast) -> None:
    told = reported(cast)
    assert [one.part for one in told] == [Part.DONE]
    assert texts(told) == "In deze periode kwamen er geen acties klaar."
    assert not [block for one in told for block in one.blocks if isinstance(block, Entries)]


def test_nothing_of_another_workspace_is_told(cast: Cast) -> None:
    with clock.at(on(FIRST)):
        an_action(cast, "Elders klaar", by="Daan", place=cast.elsewhere, status=Status.DONE)
    assert "Elders klaar" not in texts(reported(cast))
