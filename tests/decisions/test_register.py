"""The register: everything that was decided and agreed, newest first, as far as the reader may see it."""

from datetime import date, timedelta

import pytest

from tests.agenda.meetings import planned
from tests.agenda.story import an_action, member
from tests.agenda.test_export import table
from tests.cast import Cast
from tests.counting import statements
from tests.decisions.story import (
    address,
    agreed,
    decided,
    link,
    main_of,
    of_action,
    of_group,
    of_meeting,
    texts,
    the_agreement,
    the_decision,
)
from vitaal.decisions import agreeing, deciding
from vitaal.decisions.models import Agreement, Decision, How, Outcome
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.workspaces.models import Circle

TODAY = clock.today()
HEADS = [
    "Soort", "Tekst", "Datum", "Stand", "Hoe besloten", "Wie besloot", "Wie zag het anders", "Geldt tot en met",
    "Wie let erop", "Kijken op", "Komt uit", "Wie ziet het", "Opgeschreven door",
]  # fmt: skip


@pytest.fixture
def full(cast: Cast) -> Cast:
    """A register with something of every kind."""
    number = an_action(cast, "Vervoer regelen")
    decided(cast, "Wij kochten een busje", on=date(2025, 3, 1), valid_until=TODAY - timedelta(1))
    first = decided(cast, "Wij rijden op dinsdag", on=TODAY - timedelta(9), at=of_action(cast, number))
    with cast.acting_as("Bram"):
        deciding.replace(
            the_decision(first), "Wij rijden op maandag", how=How.MAJORITY, on=TODAY - timedelta(8),
            by=member(cast, "Bram"), minority="De huisarts had liever vrijdag.",
        )  # fmt: skip
        db.session.commit()
    decided(cast, "Wij betalen samen", on=TODAY - timedelta(7), how=How.MANDATE, circle=Circle.INNER)
    decided(cast, "Wij openen in mei", on=TODAY - timedelta(6), at=of_meeting(cast, planned(cast)))
    agreed(cast, "Chauffeurs bellen af", owner="Chaima", at=of_group(cast))
    ended = agreed(cast, "De sleutel ligt bij de buren")
    with cast.acting_as("Bram"):
        agreeing.check(the_agreement(ended), Outcome.DONE, by=member(cast, "Bram"), version=1)
        db.session.commit()
    return cast


ALL = [
    "De sleutel ligt bij de buren", "Chauffeurs bellen af", "Wij openen in mei", "Wij betalen samen",
    "Wij rijden op maandag", "Wij rijden op dinsdag", "Wij kochten een busje",
]  # fmt: skip


def test_it_shows_everything_newest_first_and_the_outer_circle_what_it_may_see(full: Cast) -> None:
    assert texts(full, "Bram") == ALL
    assert texts(full, "Chaima") == [one for one in ALL if one != "Wij betalen samen"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("soort=besluiten", ALL[2:]),
        ("soort=afspraken", ALL[:2]),
        ("stand=geldt", [ALL[1], *ALL[2:5]]),
        ("stand=vervangen", ["Wij rijden op dinsdag"]),
        ("stand=voorbij", ["De sleutel ligt bij de buren", "Wij kochten een busje"]),
        ("hoe=meerderheid", ["Wij rijden op maandag"]),
        ("hoe=mandaat", ["Wij betalen samen"]),
        ("uit=actie", ["Wij rijden op maandag", "Wij rijden op dinsdag"]),
        ("uit=bijeenkomst", ["Wij openen in mei"]),
        ("uit=werkgroep", ["Chauffeurs bellen af"]),
        ("jaar=2025", ["Wij kochten een busje"]),
        ("zoek=bus", ["Wij kochten een busje"]),
        ("zoek=rijd+-maandag", ["Wij rijden op dinsdag"]),
        ("zoek=liever+vrijdagen", ["Wij rijden op maandag"]),
        ("zoek=buur&soort=afspraken", ["De sleutel ligt bij de buren"]),
        ("zoek=zeppelin", []),
        ("soort=taart&hoe=dobbelen&stand=x&uit=y&jaar=1&bij=z&zoek=%00", ALL),
        ("bij=actie:onzin&jaar=20250", ALL),
    ],
)
def test_a_filter_stands_in_the_address_and_shows_what_it_says(
    full: Cast, query: str, found: list[str]
) -> None:
    assert texts(full, "Bram", f"?{query}") == found


def test_it_says_what_no_longer_holds_and_when_to_look(full: Cast) -> None:
    lines = {
        line.find("a").get_text(): line.get_text(" ", strip=True)
        for line in main_of(full.client("Bram").get(address(full, "besluiten"))).select(
            "#register .rows > li"
        )
    }
    assert "Vervangen" in lines["Wij rijden op dinsdag"]
    assert "Vervangen" not in lines["Wij rijden op maandag"]
    assert "Gold tot en met" in lines["Wij kochten een busje"]
    assert "Klaar" in lines["De sleutel ligt bij de buren"]
    assert "Kijken op" in lines["Chauffeurs bellen af"]
    assert "Chaima let erop" in lines["Chauffeurs bellen af"]
    assert "de actie ‘Vervoer regelen’" in lines["Wij rijden op maandag"]


def test_what_one_thing_brought_is_found_by_its_address(full: Cast) -> None:
    at = of_action(full, 1)
    assert texts(full, "Bram", f"?bij={at}") == ["Wij rijden op maandag", "Wij rijden op dinsdag"]
    main = main_of(full.client("Bram").get(address(full, f"besluiten?bij={at}")))
    assert "Bij de actie ‘Vervoer regelen’: 2 gevonden" in main.find(id="gevonden").get_text(" ", strip=True)
    assert main.find("input", attrs={"name": "bij"})["value"] == at


def test_an_empty_register_says_what_it_is_for_and_offers_the_first_step(cast: Cast) -> None:
    inside, outside = (
        main_of(cast.client(name).get(address(cast, "besluiten"))) for name in ("Bram", "Chaima")
    )
    assert link(inside, "Leg het eerste besluit vast")
    assert "Nog geen besluiten of afspraken" in outside.get_text()
    assert not link(outside, "Leg het eerste besluit vast")


def fill(cast: Cast, many: int) -> None:
    """A register with so many entries, from many places, on few days."""
    places = [
        of_action(cast, an_action(cast)), of_meeting(cast, planned(cast)), of_group(cast, "Eten"), of_group(cast),
    ]  # fmt: skip
    with cast.acting_as("Anna"):
        by = member(cast, "Anna")
        columns = {"actie": "action_id", "bijeenkomst": "meeting_id", "werkgroep": "group_id"}
        for number in range(many):
            word, row_id = places[number % 4].split(":")
            shared = {
                "id": new_id(), "text": f"Nummer {number}", "circle": "outer", "by_id": by.id, "by_name": "Anna",
                columns[word]: row_id,
            }  # fmt: skip
            day = TODAY - timedelta(days=number // 10)
            if number % 3:
                db.session.add(Decision(**shared, how=How.CONSENT, decided_on=day))
            else:
                db.session.add(Agreement(**shared, owner_id=by.id, check_on=TODAY, agreed_on=day))
        db.session.commit()


def test_three_hundred_entries_page_by_page_each_once_and_with_few_statements(cast: Cast) -> None:
    fill(cast, 300)
    for name in ("Anna", "Chaima"):
        browser, href, shown = cast.client(name), address(cast, "besluiten"), []
        while href:
            with statements(cast.app) as asked:
                answer = browser.get(href)
            assert len(asked) <= 12, asked
            assert len(answer.data) <= 150 * 1024
            main = main_of(answer)
            shown += [head.get_text() for head in main.select("#register h2 a")]
            next_link = main.find("a", rel="next")
            href = next_link["href"] if next_link else ""
        assert len(shown) == len(set(shown)) == 300
    with statements(cast.app) as asked:
        cast.client("Anna").get(address(cast, "besluiten?soort=besluiten&zoek=nummer&uit=actie&jaar=2026"))
    assert len(asked) <= 12, asked


def test_a_page_before_what_is_not_there_is_empty_and_before_nonsense_unknown(full: Cast) -> None:
    browser = full.client("Bram")
    gone = browser.get(address(full, f"besluiten?voor={new_id()}"))
    assert "Verder terug is er niets" in gone.text
    assert browser.get(address(full, "besluiten?voor=onzin")).status_code == 404


@pytest.mark.parametrize("file_type", ["csv", "xlsx", "ods"])
def test_what_is_shown_comes_along_as_a_table(full: Cast, file_type: str) -> None:
    with full.client("Chaima").get(address(full, "besluiten/export", f"{file_type}?uit=actie")) as answer:
        assert answer.status_code == 200
        heads, newest, replaced = table(answer.data, file_type)
    assert heads == HEADS
    day = TODAY - timedelta(8)
    assert [str(cell) for cell in newest] == [
        "Besluit", "Wij rijden op maandag", str(day), "Geldt nu", "met de meeste stemmen", "",
        "De huisarts had liever vrijdag.", "", "", "", "de actie ‘Vervoer regelen’", "Iedereen die meedoet", "Bram",
    ]  # fmt: skip
    assert replaced[3] == "Vervangen"


def test_an_export_holds_what_its_reader_may_see_and_no_formulas(full: Cast) -> None:
    decided(full, "=HYPERLINK(1)")
    rows = {}
    for name in ("Bram", "Chaima"):
        with full.client(name).get(address(full, "besluiten/export/csv")) as answer:
            rows[name] = table(answer.data, "csv")[1:]
    assert rows["Bram"][0][1] == "'=HYPERLINK(1)"
    assert len(rows["Bram"]) == len(rows["Chaima"]) + 1
    assert "Wij betalen samen" not in [row[1] for row in rows["Chaima"]]


def test_htmx_gets_the_address_without_what_was_left_empty(full: Cast) -> None:
    answer = full.client("Bram").get(
        address(full, "besluiten?zoek=bus&soort=&stand=&hoe=&uit=&jaar="), headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Push-Url"] == address(full, "besluiten?zoek=bus")
