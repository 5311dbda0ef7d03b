"""What the agenda says of itself on Vandaag and in a digest."""

from datetime import timedelta

from tests.agenda.story import an_action, member, page
from tests.cast import Cast
from vitaal.agenda import digest, rounds
from vitaal.agenda.queries import actions
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import LastSeen


def today(cast: Cast, name: str) -> str:
    return page(cast, name, f"/w/{cast.amersfoort.slug}").main.get_text(" ", strip=True)


def told(cast: Cast, name: str, days: int = 7) -> list[str]:
    """What the digest asks of someone, who was last told so many days ago."""
    with cast.acting_as(name):
        since = clock.now() - timedelta(days=days)
        return [item.text for section in digest.sections(member(cast, name), since) for item in section.items]


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
    assert any("Geef je mening" in text for text in told(cast, "Bram"))


def test_who_gets_an_action_is_asked_and_not_told_twice(cast: Cast) -> None:
    an_action(cast, "Vervoer regelen", owner_id=cast.amersfoort.members["Bram"])
    assert told(cast, "Bram") == ["Anna vroeg je om ‘Vervoer regelen’ te trekken"]
    assert told(cast, "Chaima") == []


def test_a_day_that_comes_near_and_one_that_passed_are_each_told_once(cast: Cast) -> None:
    bram = cast.amersfoort.members["Bram"]
    an_action(cast, "Bijna", by="Bram", owner_id=bram, due_on=clock.today() + timedelta(6))
    an_action(cast, "Voorbij", by="Bram", owner_id=bram, due_on=clock.today() - timedelta(2))
    an_action(cast, "Al verteld", by="Bram", owner_id=bram, due_on=clock.today() + timedelta(1))
    texts = told(cast, "Bram", days=3)
    assert len(texts) == 2
    assert texts[0].startswith("‘Voorbij’ stond voor")
    assert texts[1].startswith("‘Bijna’ is bijna aan de beurt")


def test_what_was_seen_on_screen_is_not_asked_again(cast: Cast) -> None:
    an_action(cast, "Vervoer", owner_id=cast.amersfoort.members["Bram"])
    with cast.acting_as("Bram"):
        LastSeen.mark(member(cast, "Bram"), clock.now())
        db.session.commit()
    assert told(cast, "Bram") == []
