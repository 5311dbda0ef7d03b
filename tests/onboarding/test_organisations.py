"""Step 3: who stands where, one by one or from a list."""

import pytest

from tests.cast import Cast
from tests.onboarding.wizard import LEAD, PLACE, WAY, Wizard, error_at, page, words


@pytest.fixture
def wizard(cast: Cast) -> Wizard:
    """A draft of Farah's at step 3."""
    wizard = Wizard(cast.client("Farah"))
    wizard.send(1, **PLACE)
    wizard.send(2, **WAY)
    return wizard


def standing(wizard: Wizard, circle: str) -> list[str]:
    """Who stands in a circle, by name."""
    card = wizard.get(3).find("section", attrs={"aria-labelledby": f"cirkel-{circle}"})
    assert card
    return [name.get_text() for name in card.select("li b")]


def test_each_stands_in_the_circle_that_was_chosen(wizard: Wizard) -> None:
    wizard.add("Welzijn Oost")
    wizard.add("Wandelclub", circle="outer", sort="informal")
    wizard.add("Truus Dekker", circle="free", sort="resident")
    assert [standing(wizard, circle) for circle in ("inner", "outer", "free")] == [
        ["Welzijn Oost"], ["Wandelclub"], ["Truus Dekker"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field", "words_at_field"),
    [
        ({"name": ""}, "name", "Vul de naam in"),
        ({"name": "welzijn OOST"}, "name", "staat al in de lijst"),
        ({"name": "a" * 10_000}, "name", "Maak dit korter"),
        ({"name": "Club\x00"}, "name", "een teken"),
        ({"email": "club"}, "email", "@"),
        ({"email": "Welzijn@example.nl"}, "email", "staat al bij ‘Welzijn Oost’"),
        (
            {"email": "club@example.nl", "circle": "free"},
            "email",
            "In de vrije ruimte krijgt niemand een mail",
        ),
        ({"circle": "zeven"}, "circle", "Kies iets uit de lijst"),
        ({"sort": "\x00"}, "sort", "Kies iets uit de lijst"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    wizard: Wizard, change: dict[str, str], field: str, words_at_field: str
) -> None:
    wizard.add("Welzijn Oost", email="welzijn@example.nl")
    answer = wizard.add(**{"name": "Club", **change})
    assert answer.status_code == 422
    assert words_at_field in error_at(page(answer), field)
    assert standing(wizard, "inner") == ["Welzijn Oost"]


def test_without_an_inner_circle_there_is_no_beginning(wizard: Wizard) -> None:
    wizard.add("Wandelclub", circle="outer")
    answer = wizard.send(3)
    assert answer.status_code == 422
    assert "minstens één organisatie in de binnencirkel" in error_at(page(answer), "name")


def test_who_was_typed_and_not_added_goes_along(wizard: Wizard) -> None:
    assert wizard.send(3, name="Welzijn Oost", sort="formal", circle="inner").location == f"{wizard.base}/4"
    assert standing(wizard, "inner") == ["Welzijn Oost"]


def test_taking_out_an_organisation_takes_out_its_guests_and_asks_again_who_leads(wizard: Wizard) -> None:
    wizard.add("Welzijn Oost")
    wizard.add("Buurtkamer", email="kamer@example.nl")
    seat = wizard.organisation("Buurtkamer")
    wizard.send("gasten", guest_email="joop@example.nl", guest_organisation=seat)
    wizard.send(4, **LEAD, lead_organisation=seat)
    for _press in range(2):
        assert wizard.send(f"organisaties/{seat}/weg").status_code == 303
    assert standing(wizard, "inner") == ["Welzijn Oost"]
    soup = wizard.get(4)
    assert "joop@example.nl" not in words(soup)
    assert "kamer@example.nl" not in words(soup)
    lead = soup.find("input", attrs={"name": "lead_name"})
    assert lead
    assert lead["value"] == "Hanneke Vos"
    assert wizard.client.get(f"{wizard.base}/5").location == f"{wizard.base}/4"


def test_a_list_is_taken_line_by_line(wizard: Wizard) -> None:
    lines = (
        "Naam;soort;cirkel;e-mail\n"
        "Welzijn Oost; formeel; binnencirkel; welzijn@example.nl\n"
        "\n"
        "Wandelclub\tinformeel\twandelen@example.nl\n"
        '"Stichting A, B en C", bewonersinitiatief, vrije ruimte\n'
    )
    answer = wizard.send("lijst", lines=lines, otherwise="outer")
    assert answer.status_code == 303
    assert [standing(wizard, circle) for circle in ("inner", "outer", "free")] == [
        ["Welzijn Oost"], ["Wandelclub"], ["Stichting A, B en C"],
    ]  # fmt: skip


def test_a_list_may_be_written_in_english(wizard: Wizard) -> None:
    lines = "Name;kind;circle\nWalking club; informal; outer circle\nRiet; resident; inner circle; riet@example.nl"
    assert wizard.send("lijst", lines=lines, otherwise="free").status_code == 303
    assert [standing(wizard, circle) for circle in ("inner", "outer", "free")] == [
        ["Riet"], ["Walking club"], [],
    ]  # fmt: skip


def test_wrong_lines_stay_each_with_its_reason(wizard: Wizard) -> None:
    lines = (
        "Welzijn Oost; binnencirkel\nBlauw; blauw\nwelzijn oost\nClub; club@\n; binnencirkel\n" + "a" * 200
    )
    soup = page(wizard.send("lijst", lines=lines, otherwise="outer"))
    box = soup.find("textarea", attrs={"name": "lines"})
    assert box
    assert box.get_text().split() == [
        "Blauw;",
        "blauw",
        "welzijn",
        "oost",
        "Club;",
        "club@",
        ";",
        "binnencirkel",
        "a" * 200,
    ]
    reasons = [item.get_text() for item in soup.select("main ol:not(.steps) li")]
    assert len(reasons) == 5
    for reason, expected in zip(
        reasons, ("‘blauw’ niet", "staat al", "@", "Vul de naam in", "korter"), strict=True
    ):
        assert expected in reason
    assert standing(wizard, "inner") == ["Welzijn Oost"]
    kept = wizard.get(3).find("textarea", attrs={"name": "lines"})
    assert kept
    assert "Blauw; blauw" in kept.get_text()


@pytest.mark.parametrize("lines", ["", "\x00", "a" * 70_000, '"' * 10_000])
def test_nonsense_is_no_list(wizard: Wizard, lines: str) -> None:
    answer = wizard.client.post(f"{wizard.base}/lijst", data={"lines": lines, "otherwise": "outer"})
    assert answer.status_code == 422
    assert standing(wizard, "outer") == []


def test_a_very_long_list_is_taken_in_parts(wizard: Wizard) -> None:
    lines = "\n".join(f"Club {number}" for number in range(303))
    soup = page(wizard.send("lijst", lines=lines, otherwise="outer"))
    box = soup.find("textarea", attrs={"name": "lines"})
    assert box
    assert box.get_text().split("\n")[-3:] == ["Club 300", "Club 301", "Club 302"]
    assert len(standing(wizard, "outer")) == 300


def test_the_page_asks_who_is_missing(wizard: Wizard) -> None:
    wizard.add("Welzijn Oost")
    assert "nog geen bewoner" in words(wizard.get(3))
    wizard.add("Truus Dekker", sort="resident")
    assert "nog geen bewoner" not in words(wizard.get(3))
