"""What a workspace says of itself in a report: its challenge, who takes part, and who came, moved and left."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.agenda.story import member
from tests.cast import Cast, Place
from tests.contributed import MARCH, blocks, contributed, entries, keeps_what_it_says, table, texts
from tests.counting import statements
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.pages.document import Figures, Picture
from vitaal.workspaces import partners
from vitaal.workspaces.models import Circle, Partner, PartnerKind
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.report import contributions
from vitaal.workspaces.reporting import REPORTS, Part, Period

TODAY = clock.today()
NOW_ON = Period(TODAY, TODAY + timedelta(days=400))


def welcomed(
    cast: Cast, name: str, at: datetime, circle: Circle = Circle.OUTER, kind: PartnerKind = PartnerKind.INITIATIVE,
    place: Place | None = None, is_formal: bool = False,
) -> UUID:  # fmt: skip
    """Who leads lets a partner in at a moment; its id."""
    by = "Daan" if place else "Anna"
    with clock.at(at), cast.acting_as(by, place):
        partner = partners.welcome(
            name, kind, circle, is_formal=is_formal, sector="", reason="Erbij", by=member(cast, by, place)
        )
        db.session.commit()
        return partner.id


def moved(cast: Cast, partner_id: UUID, circle: Circle, at: datetime, reason: str = "Draagt nu mee") -> None:
    with clock.at(at), cast.acting_as("Anna"):
        partners.move(the(partner_id), circle, reason=reason, by=member(cast, "Anna"))
        db.session.commit()


def left(cast: Cast, partner_id: UUID, at: datetime) -> None:
    with clock.at(at), cast.acting_as("Anna"):
        partners.leave(the(partner_id), reason="Ruzie met de buren", by=member(cast, "Anna"))
        db.session.commit()


def the(partner_id: UUID) -> Partner:
    partner = here(Partner, partner_id)
    assert partner
    return partner


def amsterdam(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.AMSTERDAM)


FIRST = TODAY + timedelta(days=40)
MONTH = Period(FIRST, FIRST + timedelta(days=29))
NEXT = MONTH.last + timedelta(days=1)


def test_a_period_goes_from_midnight_to_midnight_on_dutch_clocks_also_when_the_hour_changes() -> None:
    assert MARCH.begins_at == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert MARCH.ends_before == datetime(2026, 3, 31, 22, tzinfo=UTC)  # summer time began on the 29th
    assert MARCH.contains(datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC))
    assert not MARCH.contains(datetime(2026, 3, 31, 22, tzinfo=UTC))
    assert not MARCH.contains(datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC))
    october = Period(date(2026, 10, 25), date(2026, 10, 25))
    assert october.ends_before - october.begins_at == timedelta(hours=25)
    assert not MARCH.contains(None)
    assert MARCH.has(MARCH.first)
    assert MARCH.has(MARCH.last)
    assert not MARCH.has(date(2026, 4, 1))


def test_every_part_has_a_title_and_a_question_and_some_always_have_room(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        assert all(part.title and part.hint.endswith(("?", ".")) for part in Part)
    assert [part for part in Part if part.always_has_room] == [Part.LESSONS, Part.NEEDS]


def test_the_challenge_the_place_and_who_takes_part(cast: Cast) -> None:
    welcomed(cast, "De Breiclub", amsterdam(FIRST, 12))
    welcomed(cast, "Riet", amsterdam(FIRST, 12), kind=PartnerKind.RESIDENT)
    welcomed(cast, "Bekende", amsterdam(FIRST, 12), circle=Circle.FREE)
    found = contributed(cast, contributions, MONTH)
    said = texts(found)
    assert "Buren kennen elkaar niet." in said
    assert "in Amersfoort" in said
    (figures,) = blocks(found, Part.CHALLENGE, Figures)
    assert [(each.value, each.label) for each in figures.figures] == [
        ("5", "partners doen mee"),
        ("1", "van hen is een bewoner"),
        ("1", "van hen is een initiatief"),
        ("2", "kwamen er in deze periode bij"),
    ]
    assert keeps_what_it_says(found)


@pytest.mark.parametrize(
    ("at", "is_new"),
    [
        (amsterdam(FIRST - timedelta(days=1), 23, 59), False),
        (amsterdam(FIRST), True),
        (amsterdam(MONTH.last, 23, 59), True),
        (amsterdam(NEXT), False),
    ],
)
def test_who_came_on_the_first_or_the_last_day_is_new_in_it(cast: Cast, at: datetime, is_new: bool) -> None:
    welcomed(cast, "De Breiclub", at)
    names = [entry.title for entry in entries(contributed(cast, contributions, MONTH), "Nieuw erbij")]
    assert ("De Breiclub" in names) is is_new


def test_the_circles_are_those_of_the_last_day(cast: Cast) -> None:
    club = welcomed(cast, "De Breiclub", amsterdam(FIRST, 12))
    moved(cast, club, Circle.INNER, amsterdam(MONTH.last, 23, 59))
    late = welcomed(cast, "Te Laat", amsterdam(NEXT))
    moved(cast, late, Circle.INNER, amsterdam(NEXT, 1))
    found = contributed(cast, contributions, MONTH)
    rows = table(found, "partners")
    assert rows
    assert ("De Breiclub", "initiatief", "Binnencirkel", MONTH.last) in rows.rows
    assert "Te Laat" not in texts(found)
    (picture,) = blocks(found, Part.PEOPLE, Picture)
    assert picture.name == "circles"
    inner, outer, free = picture.data["rings"]
    assert {"text": "DB", "kind": "informal"} in inner["marks"]
    assert (len(inner["marks"]), len(outer["marks"]), free["is_free"], free["marks"]) == (3, 1, True, [])
    assert picture.alt.startswith("Binnencirkel: 3 partners.")


def test_who_moved_and_who_left_is_told_with_the_reason_that_all_may_know(cast: Cast) -> None:
    before = amsterdam(FIRST - timedelta(days=5))
    club, riet, gone = (
        welcomed(cast, "De Breiclub", before),
        welcomed(cast, "Riet", before, kind=PartnerKind.RESIDENT),
        welcomed(cast, "Gestopt", before),
    )
    moved(cast, club, Circle.INNER, amsterdam(FIRST, 9))
    moved(cast, riet, Circle.INNER, amsterdam(FIRST, 9), "Voelt zich weer beter")
    left(cast, gone, amsterdam(MONTH.last, 23))
    found = contributed(cast, contributions, MONTH)
    told = {entry.title: entry.text for entry in entries(found, "Wie van plek wisselde")}
    assert told == {
        "De Breiclub": "Staat nu in de binnencirkel. Draagt nu mee",
        "Riet": "Staat nu in de binnencirkel.",
    }
    assert [entry.title for entry in entries(found, "Wie stopte")] == ["Gestopt"]
    assert "Ruzie" not in texts(found)


def test_in_the_period_of_the_start_only_who_came_after_it_is_new(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        founded_at = this_workspace().founded_at
        assert founded_at
    club = welcomed(cast, "De Breiclub", founded_at + timedelta(seconds=1))
    moved(cast, club, Circle.INNER, founded_at + timedelta(seconds=2))
    moved(cast, cast.amersfoort.partners["Bram"], Circle.OUTER, founded_at + timedelta(seconds=2))
    found = contributed(cast, contributions, NOW_ON)
    assert [entry.title for entry in entries(found, "Nieuw erbij")] == ["De Breiclub"]
    assert [entry.title for entry in entries(found, "Wie van plek wisselde")] == ["Welzijn Oost"]


def test_who_goes_to_the_free_space_takes_part_no_more(cast: Cast) -> None:
    club = welcomed(cast, "De Breiclub", amsterdam(FIRST - timedelta(days=5)))
    moved(cast, club, Circle.FREE, amsterdam(FIRST, 9), "Rust")
    found = contributed(cast, contributions, MONTH)
    (stopped,) = entries(found, "Wie stopte")
    assert (stopped.title, stopped.text) == ("De Breiclub", "Staat nu in de vrije ruimte.")


def test_a_resident_of_the_outer_circle_is_not_named(cast: Cast) -> None:
    welcomed(cast, "Riet Bakker", amsterdam(FIRST), kind=PartnerKind.RESIDENT)
    found = contributed(cast, contributions, MONTH)
    said = texts(found)
    assert "Riet" not in said
    assert "Een bewoner" in said
    (picture,) = blocks(found, Part.PEOPLE, Picture)
    assert {"text": "", "kind": "resident"} in picture.data["rings"][1]["marks"]


def test_nobody_is_named_and_nothing_of_another_workspace(cast: Cast) -> None:
    welcomed(cast, "Buiten Beeld", amsterdam(FIRST), place=cast.elsewhere)
    said = texts(contributed(cast, contributions, MONTH))
    assert not any(
        name in said for name in ("Anna", "Bram", "Chaima", "Daan", "Buiten Beeld", "Stichting Elders")
    )


def test_before_anyone_took_part_it_says_so_in_a_few_sentences(cast: Cast) -> None:
    found = contributed(cast, contributions, Period(date(2020, 1, 1), date(2020, 1, 31)))
    assert keeps_what_it_says(found)
    assert "Aan het einde van deze periode deed er niemand mee." in texts(found)
    assert not table(found, "partners")


def test_every_feature_that_has_something_to_say_is_asked(cast: Cast) -> None:
    found = [
        one for contribute in cast.app.extensions[REPORTS] for one in contributed(cast, contribute, MONTH)
    ]
    assert keeps_what_it_says(found)
    assert {one.part for one in found} == {Part.CHALLENGE, Part.DONE, Part.RULES, Part.PEOPLE}


def test_it_asks_as_much_of_two_hundred_partners_as_of_three(cast: Cast) -> None:
    def asked() -> int:
        with cast.acting_as("Anna"), statements(cast.app) as counted:
            contributions(MONTH)
        return len(counted)

    few = asked()
    with clock.at(amsterdam(FIRST)), cast.acting_as("Anna"):
        for number in range(200):
            Partner.welcome(
                f"Partner {number}", PartnerKind.INITIATIVE, Circle.OUTER, is_formal=False, reason="Erbij", decided_by="Anna"
            )  # fmt: skip
        db.session.commit()
    assert asked() == few <= 3
