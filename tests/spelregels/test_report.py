"""What the spelregels say in a report, and the sheet of agreements as a document."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from tests.cast import Cast
from tests.contributed import contributed, entries, keeps_what_it_says, table, texts, texts_of
from tests.counting import statements
from tests.spelregels.story import a_proposal, a_rule
from tests.spelregels.strains import HAPPENED, brought_to_group, brought_up
from tests.spelregels.test_sheet import sign
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.pages.document import Section, Table
from vitaal.spelregels.models import Spelregel
from vitaal.spelregels.report import agreement, contributions
from vitaal.workspaces.models import Circle
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.reporting import Contribution, Part, Period

FIRST = clock.today() + timedelta(days=40)
MONTH = Period(FIRST, FIRST + timedelta(days=29))
NEXT = MONTH.last + timedelta(days=1)
RULES, ENDED = "Onze spelregels", "Deze spelregels gelden niet meer"


def on(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return clock.moment_on(day, time(hour, minute))


def adopted(cast: Cast, title: str, at: datetime, changes: UUID | None = None) -> UUID:
    with clock.at(at):
        return a_rule(cast, title, changes=changes)


def retired(cast: Cast, rule_id: UUID, at: datetime) -> None:
    with cast.acting_as("Anna"):
        rule = here(Spelregel, rule_id)
        assert rule
        rule.retired_at = at
        db.session.commit()


def reported(cast: Cast) -> list[Contribution]:
    with clock.at(on(NEXT)):
        told = contributed(cast, contributions, MONTH)
    assert keeps_what_it_says(told)
    return told


def the_sheet(cast: Cast) -> tuple[Section, ...]:
    with cast.acting_as("Anna"):
        return agreement()


@pytest.mark.parametrize(
    ("at", "remark"),
    [
        (on(FIRST - timedelta(days=1), 23, 59), "Sinds"),
        (on(FIRST, 0), "Nieuw sinds"),
        (on(MONTH.last, 23, 59), "Nieuw sinds"),
        (on(NEXT, 0), None),
    ],
)
def test_a_rule_is_told_with_its_number_and_whether_it_is_new(
    cast: Cast, at: datetime, remark: str | None
) -> None:
    adopted(cast, "We luisteren eerst", at)
    told = [(e.title, e.text, e.remark.rsplit(" ", 3)[0]) for e in entries(reported(cast), RULES)]
    assert told == ([("1. We luisteren eerst", "Wie praat, praat uit.", remark)] if remark else [])


def test_it_tells_each_rule_as_it_held_when_the_period_ended(cast: Cast) -> None:
    rule = adopted(cast, "We luisteren", on(FIRST - timedelta(days=9)))
    adopted(cast, "We luisteren eerst", on(FIRST), rule)
    adopted(cast, "We luisteren altijd", on(NEXT), rule)
    (entry,) = entries(reported(cast), RULES)
    assert entry.title == "1. We luisteren eerst"
    assert entry.remark.startswith("Veranderd op ")


def test_what_ended_in_the_period_no_longer_holds_and_what_ended_later_does(cast: Cast) -> None:
    for title, at in (("Eindigt", on(MONTH.last, 23, 59)), ("Eindigt later", on(NEXT, 0))):
        retired(cast, adopted(cast, title, on(FIRST - timedelta(days=9))), at)
    told = reported(cast)
    assert [entry.title for entry in entries(told, ENDED)] == ["1. Eindigt"]
    assert [entry.title for entry in entries(told, RULES)] == ["2. Eindigt later"]


def test_how_many_partners_signed_everything_and_which_signed_what(cast: Cast) -> None:
    first, second = (adopted(cast, title, on(FIRST)) for title in ("Een", "Twee"))
    sign(cast, "Anna", [first, second], on(FIRST))
    sign(cast, "Chaima", [second], on(MONTH.last, 23, 59))
    sign(cast, "Chaima", [first], on(NEXT, 0))
    told = reported(cast)
    assert "1 van de 3 partners tekende alle spelregels." in texts(told)
    signers = table(told, "signatures")
    assert signers
    assert signers.rows == (
        ("Buurthuis De Kom", "alle spelregels", FIRST),
        ("Wandelclub", "spelregel 2", MONTH.last),
    )
    assert not any(name in texts(told) for name in ("Anna", "Chaima", "Bram"))


def test_a_signature_under_an_earlier_version_does_not_count(cast: Cast) -> None:
    rule = adopted(cast, "Een", on(FIRST))
    sign(cast, "Anna", [rule], on(FIRST))
    adopted(cast, "Eentje", on(FIRST, 15), rule)
    told = reported(cast)
    assert "Nog geen partner tekende alle spelregels." in texts(told)
    assert table(told, "signatures") is None


def test_proposals_on_their_way_are_counted_for_who_may_know_of_them(cast: Cast) -> None:
    a_proposal(cast)
    a_proposal(cast)
    with cast.acting_as("Anna"):
        this_workspace().outer_talks = True
        db.session.commit()
    a_proposal(cast)
    told = {one.circle: texts([one]).splitlines()[-1] for one in reported(cast)}
    assert told == {
        Circle.OUTER: "Er is 1 voorstel onderweg. Daar praten we nog over.",
        Circle.INNER: "De binnencirkel praat nog over 2 voorstellen.",
    }


def test_nothing_of_a_strain_is_told_and_nothing_of_another_workspace(cast: Cast) -> None:
    with clock.at(on(FIRST)):
        a_rule(cast, "Een")
        a_rule(cast, "Regel van elders", by="Daan", place=cast.elsewhere)
        brought_up(cast, by="Chaima", other="Bram", guide="Anna")
        brought_to_group(cast, happened="Het schuurde met iedereen.")
        with cast.acting_as("Anna"):
            before = contributions(MONTH)
    said = texts(reported(cast)) + texts(before) + texts_of(the_sheet(cast))
    assert not any(words in said for words in (HAPPENED, "schuurde", "spanning", "wringt", "elders"))
    assert reported(cast) == before


def test_without_rules_it_says_so_in_one_sentence(cast: Cast) -> None:
    (only,) = reported(cast)
    assert (only.part, texts([only])) == (Part.RULES, "We hebben nog geen spelregels.")
    (section,) = the_sheet(cast)
    assert texts_of([section]) == "Onze spelregels\nWe hebben nog geen spelregels."


def test_it_asks_as_much_of_many_rules_and_signatures(cast: Cast) -> None:
    sign(cast, "Anna", [adopted(cast, "Een", on(FIRST))], on(FIRST))

    def asked() -> int:
        with clock.at(on(NEXT)), cast.acting_as("Anna"), statements(cast.app) as counted:
            contributions(MONTH)
        return len(counted)

    few = asked()
    for number in range(12):
        sign(cast, "Bram", [adopted(cast, f"Regel {number}", on(FIRST))], on(FIRST))
    assert asked() == few == 4


def test_the_sheet_says_what_holds_who_signed_and_who_not_yet(cast: Cast) -> None:
    first, second = a_rule(cast, "Een"), a_rule(cast, "Twee")
    sign(cast, "Anna", [first, second], clock.now())
    sign(cast, "Chaima", [second], clock.now())
    rules, signatures = the_sheet(cast)
    assert "1. Een\nWie praat, praat uit." in texts_of([rules])
    (found_table,) = (block for block in signatures.blocks if isinstance(block, Table))
    today = clock.today()
    assert found_table.rows == (
        ("Buurthuis De Kom", "1 en 2", "Anna", today),
        ("Wandelclub", "2", "", today),
        ("Welzijn Oost", "nog niet getekend", "", None),
    )
    assert "1 van de 3 partners tekende alle spelregels." in texts_of([signatures])
