"""What decisions say in a report: decided, agreed, how that goes, and what was learned."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.agenda.meetings import planned, the
from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from tests.contributed import contributed, entries, keeps_what_it_says, texts
from tests.counting import statements
from tests.decisions.story import agreed, decided, of_action, of_meeting, the_agreement, the_decision
from tests.spelregels.story import adopt_now
from vitaal.agenda import minutes
from vitaal.decisions import agreeing, deciding
from vitaal.decisions.models import How, Outcome
from vitaal.decisions.origins import Origin
from vitaal.decisions.report import MOST_TOLD, contributions
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle
from vitaal.workspaces.reporting import Contribution, Part, Period

FIRST = clock.today() + timedelta(days=40)
MONTH = Period(FIRST, FIRST + timedelta(days=29))
NEXT = MONTH.last + timedelta(days=1)
DECIDED, AGREED = "Wat we besloten", "Wat we afspraken, en hoe het daarmee gaat"
LEARNED = "Wat onze afspraken ons leerden"


def on(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return clock.moment_on(day, time(hour, minute))


def reported(cast: Cast) -> list[Contribution]:
    with clock.at(on(NEXT)):
        told = contributed(cast, contributions, MONTH)
    assert keeps_what_it_says(told)
    return told


def known_to(told: list[Contribution], circle: Circle) -> str:
    return texts(one for one in told if one.circle is circle)


def test_what_was_decided_is_told_with_how_when_and_who_saw_it_otherwise(cast: Cast) -> None:
    decided(cast, "Wij koken op dinsdag.", on=MONTH.first, minority="De Kom kan dan niet.")
    (entry,) = entries(reported(cast), DECIDED)
    assert entry.title == "Wij koken op dinsdag."
    assert "door de binnencirkel: iedereen kon ermee leven." in entry.text
    assert "Wie het anders zag: De Kom kan dan niet." in entry.text


@pytest.mark.parametrize(
    ("day", "is_told"),
    [(FIRST - timedelta(days=1), False), (FIRST, True), (MONTH.last, True), (NEXT, False)],
)
def test_the_first_and_the_last_day_count(cast: Cast, day: date, is_told: bool) -> None:
    decided(cast, on=day)
    assert bool(entries(reported(cast), DECIDED)) is is_told


def test_what_gave_way_to_another_in_the_same_period_is_left_out(cast: Cast) -> None:
    first, second = decided(cast, "Eerst zo.", on=FIRST), decided(cast, "Dit ook.", on=FIRST)
    with cast.acting_as("Anna"):
        by = member(cast, "Anna")
        deciding.replace(the_decision(first), "Nu zo.", how=How.MAJORITY, on=MONTH.last, by=by)
        deciding.replace(the_decision(second), "Veel later.", how=How.MAJORITY, on=NEXT, by=by)
        db.session.commit()
    assert [entry.title for entry in entries(reported(cast), DECIDED)] == ["Nu zo.", "Dit ook."]


def test_what_was_agreed_says_which_partner_keeps_it_and_how_it_goes(cast: Cast) -> None:
    with clock.at(on(FIRST)):
        agreed(cast, "Wie kookt, wast niet af.", owner="Bram", check_on=NEXT)
        looked_at = agreed(cast, "Om tien uur open.", owner="Chaima", check_on=MONTH.last)
    with clock.at(on(MONTH.last, 23, 59)), cast.acting_as("Anna"):
        row = the_agreement(looked_at)
        agreeing.check(row, Outcome.STOP, by=member(cast, "Anna"), version=row.version, lesson="Te vroeg.")
        db.session.commit()
    told = reported(cast)
    goes = {entry.title: (entry.text[:9], entry.remark) for entry in entries(told, AGREED)}
    assert goes == {
        "Wie kookt, wast niet af.": ("We kijken", "Welzijn Oost let erop"),
        "Om tien uur open.": ("Gestopt o", "Wandelclub let erop"),
    }
    (lesson,) = entries(told, LEARNED)
    assert (lesson.title, lesson.text) == ("Om tien uur open.", "Te vroeg.")
    assert [one.part for one in told] == [Part.RULES, Part.LESSONS]
    assert not any(name in texts(told) for name in ("Bram", "Chaima"))


def test_an_agreement_of_which_the_day_to_look_passed_says_so(cast: Cast) -> None:
    with clock.at(on(FIRST)):
        agreed(cast, check_on=MONTH.last)
    (entry,) = entries(reported(cast), AGREED)
    assert entry.text.startswith("We zouden op ")


def test_what_people_saw_after_the_period_is_not_told_yet(cast: Cast) -> None:
    with clock.at(on(FIRST)):
        agreement = agreed(cast, check_on=MONTH.last)
    with clock.at(on(NEXT, 0)), cast.acting_as("Anna"):
        row = the_agreement(agreement)
        agreeing.check(
            row, Outcome.DONE, by=member(cast, "Anna"), version=row.version, lesson="Later geleerd."
        )
        db.session.commit()
    told = reported(cast)
    assert "Later geleerd." not in texts(told)
    (entry,) = entries(told, AGREED)
    assert entry.text.startswith("We zouden op ")


def test_what_came_of_a_proposal_is_told_with_the_rules_unless_someone_saw_it_otherwise(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        for number, minority in ((1, ""), (2, "De Kom ziet het anders.")):
            rule = adopt_now(f"Regel {number}", by=member(cast, "Anna"))
            db.session.refresh(rule, ["current"])
            origin = Origin({"proposal_id": rule.current.proposal_id}, Circle.OUTER)
            deciding.decide(
                f"Nieuwe spelregel {number}", how=How.CONSENT, on=FIRST, by=member(cast, "Anna"), origin=origin,
                decided_by="2 van de 2 partners gaven antwoord", minority=minority,
            )  # fmt: skip
        db.session.commit()
    (entry,) = entries(reported(cast), f"{DECIDED} (binnencirkel)")
    assert entry.title == "Nieuwe spelregel 2"
    assert "iedereen kon ermee leven. 2 van de 2 partners gaven antwoord." in entry.text


def test_what_only_the_inner_circle_may_know_stands_apart(cast: Cast) -> None:
    decided(cast, "Voor ons.", on=FIRST, circle=Circle.INNER)
    number = an_action(cast, "Stil", circle=Circle.INNER)
    decided(cast, "Over een stille actie.", on=FIRST, at=of_action(cast, number))
    open_action = an_action(cast, "Was open")
    decided(cast, "Over wat later stil werd.", on=FIRST, at=of_action(cast, open_action))
    becomes_inner(cast, open_action)
    decided(cast, "In een plan.", on=FIRST, at=of_meeting(cast, planned(cast, is_sent=False)))
    decided(cast, "Voor allen.", on=FIRST)
    told = reported(cast)
    assert [entry.title for entry in entries(told, DECIDED)] == ["Voor allen."]
    inner = known_to(told, Circle.INNER)
    assert all(text in inner for text in ("Voor ons.", "Over een stille", "Over wat later", "In een plan."))
    assert "Voor ons" not in known_to(told, Circle.OUTER)


def becomes_inner(cast: Cast, number: int) -> None:
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), circle=Circle.INNER)
        db.session.commit()


def test_what_was_decided_at_a_point_is_known_to_who_knows_of_the_point(cast: Cast) -> None:
    shared, hidden = an_action(cast, "Open"), an_action(cast, "Wordt stil")
    meeting = planned(cast)
    with cast.acting_as("Anna"):
        by = member(cast, "Anna")
        points = minutes.add_points(the(meeting), minutes.from_actions([found(shared), found(hidden)]))
        for point, text in zip(points, ("Bij het open punt.", "Bij het stille punt."), strict=True):
            minutes.decide(the(meeting), point, text, how=How.CONSENT, on=FIRST, by=by)
        db.session.commit()
    becomes_inner(cast, hidden)
    told = reported(cast)
    assert "Bij het open punt." in known_to(told, Circle.OUTER)
    assert "Bij het stille punt." in known_to(told, Circle.INNER)
    assert "Bij het stille punt." not in known_to(told, Circle.OUTER)


def test_what_came_from_something_that_was_thrown_away_stays_inside(cast: Cast) -> None:
    number = an_action(cast)
    decided(cast, "Hierover.", on=FIRST, at=of_action(cast, number))
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), deleted_at=clock.now())
        db.session.commit()
    told = reported(cast)
    assert "Hierover." in known_to(told, Circle.INNER)
    assert "Hierover." not in known_to(told, Circle.OUTER)


def test_without_decisions_it_says_so_in_one_sentence(cast: Cast) -> None:
    told = reported(cast)
    assert texts(told) == "In deze periode legden we geen besluiten of afspraken vast."


def test_many_decisions_ask_no_more_and_the_rest_is_counted(cast: Cast) -> None:
    decided(cast, on=FIRST, at=of_action(cast, an_action(cast)))

    def asked() -> int:
        with clock.at(on(NEXT)), cast.acting_as("Anna"), statements(cast.app) as counted:
            contributions(MONTH)
        return len(counted)

    few = asked()
    at = of_action(cast, an_action(cast))
    for number in range(MOST_TOLD + 4):
        decided(cast, f"Besluit {number}", on=FIRST, at=at)
    assert asked() == few <= 5
    told = reported(cast)
    assert len(entries(told, DECIDED)) == MOST_TOLD
    assert "Er zijn nog 5 andere besluiten." in texts(told)
