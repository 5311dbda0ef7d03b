"""What the agenda says of itself on Vandaag and in a digest."""

from datetime import timedelta

from tests.agenda.meetings import address, planned
from tests.agenda.story import an_action, member, page
from tests.cast import Cast
from tests.told import asked, told
from vitaal.agenda import rounds
from vitaal.agenda.queries import actions
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import LastSeen


def today(cast: Cast, name: str) -> str:
    return page(cast, name, f"/w/{cast.amersfoort.slug}").main.get_text(" ", strip=True)


def test_what_is_due_within_a_week_stands_on_vandaag_of_who_leads_it(cast: Cast) -> None:
    day = clock.today()
    for title, due in (
        ("Vandaag klaar", day),
        ("Te laat", day - timedelta(3)),
        ("Veel later", day + timedelta(30)),
    ):
        an_action(cast, title, owner_id=cast.amersfoort.members["Bram"], due_on=due)
    text = today(cast, "Bram").split("Nieuw")[0]
    assert "Te laat 3 dagen later" in text
    assert "Vandaag klaar" in text
    assert "Veel later" not in text
    assert "Te laat" not in today(cast, "Chaima").split("Nieuw")[0]


def test_an_idea_waits_on_vandaag_for_who_arranges(cast: Cast) -> None:
    an_action(cast, "Zingen", by="Chaima", status="idea")
    assert "1 idee wacht op antwoord" in today(cast, "Anna")
    assert "wacht op antwoord" not in today(cast, "Bram")


def test_a_view_to_give_stands_on_vandaag_until_it_is_given(cast: Cast) -> None:
    an_action(cast, "Een")
    an_action(cast, "Twee")
    with cast.acting_as("Anna"):
        rounds.open_round(actions(), closes_on=clock.today() + timedelta(9), why="", by=member(cast, "Anna"))
        db.session.commit()
    assert "Wat doen we eerst?" in today(cast, "Chaima")
    assert any("Wat doen we eerst?" in text for text in asked(cast, "Bram"))


def test_who_gets_an_action_is_asked_and_not_told_twice(cast: Cast) -> None:
    an_action(cast, "Vervoer regelen", owner_id=cast.amersfoort.members["Bram"])
    assert asked(cast, "Bram") == ["Anna vroeg je om ‘Vervoer regelen’ te trekken"]
    assert asked(cast, "Chaima") == []


def test_what_is_due_within_a_week_or_late_is_asked_the_soonest_first(cast: Cast) -> None:
    bram = cast.amersfoort.members["Bram"]
    an_action(cast, "Bijna", by="Bram", owner_id=bram, due_on=clock.today() + timedelta(6))
    an_action(cast, "Voorbij", by="Bram", owner_id=bram, due_on=clock.today() - timedelta(2))
    an_action(cast, "Later", by="Bram", owner_id=bram, due_on=clock.today() + timedelta(8))
    due = [text for text in asked(cast, "Bram") if "Lees en teken" not in text]
    assert [text.split()[0] for text in due] == ["Voorbij", "Bijna"]
    assert due[0] == "Voorbij 2 dagen later"


def test_what_was_seen_on_screen_is_not_asked_again(cast: Cast) -> None:
    an_action(cast, "Vervoer", owner_id=cast.amersfoort.members["Bram"])
    with cast.acting_as("Bram"):
        LastSeen.mark(member(cast, "Bram"), clock.now())
        db.session.commit()
    assert asked(cast, "Bram") == []


def test_a_meeting_to_which_the_reader_comes_stands_among_what_is_coming(cast: Cast) -> None:
    number = planned(cast, "Samen kijken", days=5)
    assert asked(cast, "Bram")[0].startswith("Kom je?")
    cast.client("Bram").post(address(cast, number, "antwoord"), data={"answer": "yes"})
    assert asked(cast, "Bram") == []
    assert [item.text for item in told(cast, "Bram").ahead] == ["Samen kijken"]
