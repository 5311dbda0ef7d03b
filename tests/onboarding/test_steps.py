"""The five steps: kept as you go, wrong answers explained at the field, and nothing that was typed gets lost."""

import pytest

from tests.cast import Cast
from tests.onboarding.wizard import HOME, LEAD, PLACE, WAY, Wizard, error_at, page, words


@pytest.fixture
def wizard(cast: Cast) -> Wizard:
    """A fresh draft of Farah's."""
    return Wizard(cast.client("Farah"))


def typed(wizard: Wizard, step: int, name: str) -> str:
    """What stands in a field of a step."""
    box = wizard.get(step).find(attrs={"name": name})
    assert box
    if box.name == "textarea":
        return box.get_text().removeprefix("\r\n").removeprefix("\n")
    return str(box.get("value", ""))


def test_the_whole_way_in_five_steps(wizard: Wizard) -> None:
    for step, sent in ((1, PLACE), (2, WAY)):
        answer = wizard.send(step, **sent)
        assert (answer.status_code, answer.location) == (303, f"{wizard.base}/{step + 1}")
    assert wizard.add("Welzijn Oost").location.startswith(f"{wizard.base}/3")
    assert wizard.send(3).location == f"{wizard.base}/4"
    answer = wizard.send(4, **LEAD, lead_organisation=wizard.organisation("Welzijn Oost"))
    assert answer.location == f"{wizard.base}/5"
    shown = words(wizard.get(5))
    for text in ("Thuis in het Soesterkwartier", "Al doende leren", "Netwerk", "Hanneke Vos, Welzijn Oost"):
        assert text in shown
    assert "krijgt 1 mens een uitnodiging" in shown
    assert "Hanneke, doe je mee?" in shown


def test_a_draft_is_resumed_where_it_was_left(wizard: Wizard) -> None:
    wizard.send(1, **PLACE)
    assert wizard.send(2, route="challenge-based", naar="later").location == HOME
    overview = page(wizard.client.get(HOME))
    link = overview.find("a", string=lambda text: bool(text) and "Ga verder" in text) or overview.select_one(
        "main a.btn"
    )
    assert link
    back = wizard.client.get(str(link["href"]))
    assert (back.status_code, back.location) == (303, f"{wizard.base}/2")
    chosen = wizard.get(2).find("input", attrs={"value": "challenge-based"})
    assert chosen
    assert chosen.has_attr("checked")


def test_starting_twice_goes_on_with_the_empty_draft(wizard: Wizard) -> None:
    assert Wizard(wizard.client).base == wizard.base
    wizard.send(1, **PLACE)
    assert Wizard(wizard.client).base != wizard.base


@pytest.mark.parametrize("step", [2, 3, 4, 5])
def test_a_step_out_of_order_leads_to_the_first_open_one(wizard: Wizard, step: int) -> None:
    for answer in (wizard.client.get(f"{wizard.base}/{step}"), wizard.send(step, route="challenge-based")):
        assert (answer.status_code, answer.location) == (303, f"{wizard.base}/1")


@pytest.mark.parametrize("step", [0, 6, 99999999999999999999])
def test_there_are_five_steps(wizard: Wizard, step: int) -> None:
    assert wizard.client.get(f"{wizard.base}/{step}").status_code == 404
    assert wizard.send(step).status_code == 404


def test_going_back_keeps_what_is_wrong_too(wizard: Wizard) -> None:
    wizard.fill()
    answer = wizard.send(4, lead_name="Hanneke", lead_email="hanneke zonder apenstaartje", naar="3")
    assert (answer.status_code, answer.location) == (303, f"{wizard.base}/3")
    assert typed(wizard, 4, "lead_email") == "hanneke zonder apenstaartje"
    assert wizard.client.get(f"{wizard.base}/5").location == f"{wizard.base}/4"


def test_a_half_typed_organisation_survives_going_back(wizard: Wizard) -> None:
    wizard.send(1, **PLACE)
    wizard.send(2, **WAY)
    wizard.send(3, name="Wandelcl", naar="2")
    assert typed(wizard, 3, "name") == "Wandelcl"


def test_any_earlier_step_can_be_changed_and_the_way_back_is_short(wizard: Wizard) -> None:
    wizard.fill()
    assert wizard.send(5, message="Kom je?", naar="1").location == f"{wizard.base}/1"
    assert wizard.send(1, **PLACE, naar="5").location == f"{wizard.base}/5"
    assert typed(wizard, 5, "message") == "Kom je?"


@pytest.mark.parametrize(
    ("change", "field", "words_at_field"),
    [
        ({"challenge": ""}, "challenge", "Schrijf in een paar zinnen"),
        ({"name": "  "}, "name", "Geef de coalitie een naam"),
        ({"name": "a" * 10_000}, "name", "Maak dit korter"),
        ({"challenge": "a" * 10_000}, "challenge", "Maak dit korter"),
        ({"name": "Thuis\x00"}, "name", "een teken"),
        ({"municipalities-0": "Lindewaard"}, "municipalities", "We kennen geen gemeente ‘Lindewaard’"),
        ({"municipalities-0": "a" * 10_000}, "municipalities", "Maak dit korter"),
        ({"kind": "staat"}, "kind", "Kies iets uit de lijst"),
        ({"kind": "municipality", "municipalities-0": "Leusden"}, "municipalities", "hoort bij één gemeente"),
    ],
)
def test_what_is_wrong_at_step_1_is_said_at_the_field(
    wizard: Wizard, change: dict[str, str], field: str, words_at_field: str
) -> None:
    answer = wizard.send(1, **{**PLACE, **change})
    assert answer.status_code == 422
    soup = page(answer)
    assert words_at_field in error_at(soup, field)
    assert soup.title
    assert soup.title.get_text().startswith("Fout:")
    assert PLACE["area"] in answer.text


@pytest.mark.parametrize("name", ["Den Haag", "'s-gravenhage", "SUDWEST-FRYSLAN"])
def test_a_municipality_is_found_however_it_is_written(wizard: Wizard, name: str) -> None:
    assert wizard.send(1, **PLACE, **{"municipalities-0": name}).location == f"{wizard.base}/2"


def test_another_municipality_gets_an_empty_line(wizard: Wizard) -> None:
    answer = wizard.send(1, **PLACE, **{"municipalities-0": "Leusden"}, naar="meer")
    assert answer.location == f"{wizard.base}/1#municipalities"
    boxes = wizard.get(1).find_all("input", attrs={"list": "gemeenten"})
    assert [box.get("value") for box in boxes] == ["Leusden", ""]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"route": "challenge-based"}, "shape"), ({"shape": "network"}, "route"), ({"route": "\x00"}, "route")],
)
def test_a_route_and_a_form_are_needed(wizard: Wizard, sent: dict[str, str], field: str) -> None:
    wizard.send(1, **PLACE)
    answer = wizard.send(2, **sent)
    assert answer.status_code == 422
    assert error_at(page(answer), field)


def test_a_lead_is_needed(wizard: Wizard) -> None:
    wizard.fill()
    soup = page(wizard.send(4, lead_email="hanneke", facilitation="same", lead_organisation="nergens"))
    assert "naam van de trekker" in error_at(soup, "lead_name")
    assert "@" in error_at(soup, "lead_email")
    assert "Kies iets uit de lijst" in error_at(soup, "lead_organisation")


def test_someone_in_the_free_space_cannot_lead_yet(wizard: Wizard) -> None:
    wizard.fill()
    assert wizard.get(4).find("option", string="Bibliotheek") is None


def test_another_facilitator_has_a_name_and_an_address_of_their_own(wizard: Wizard) -> None:
    wizard.fill()
    seat = wizard.organisation("Welzijn Oost")
    other = {**LEAD, "lead_organisation": seat, "facilitation": "other"}
    soup = page(
        wizard.send(4, **other, facilitator_email="Hanneke@example.nl", facilitator_organisation=seat)
    )
    assert "naam van de procesbegeleider" in error_at(soup, "facilitator_name")
    assert "ook het adres van de trekker" in error_at(soup, "facilitator_email")
    right = {
        "facilitator_name": "Samir",
        "facilitator_email": "samir@example.nl",
        "facilitator_organisation": seat,
    }
    assert wizard.send(4, **other, **right).location == f"{wizard.base}/5"
    assert "krijgen 3 mensen een uitnodiging" in words(wizard.get(5))


def test_what_was_typed_for_a_facilitator_does_not_count_when_the_lead_does_it(wizard: Wizard) -> None:
    wizard.fill(facilitator_email="half ingevuld")
    assert wizard.client.get(f"{wizard.base}/5").status_code == 200


def test_guests_are_asked_for_an_organisation_and_each_address_once(wizard: Wizard) -> None:
    wizard.fill()
    seat = wizard.organisation("Welzijn Oost")
    assert wizard.send("gasten", guest_email="truus@example.nl", guest_organisation=seat).status_code == 303
    again = wizard.send("gasten", guest_name="Truus", guest_email="Truus@Example.nl", guest_organisation=seat)
    assert "krijgt al een uitnodiging" in error_at(page(again), "guest_email")
    assert "Kies een organisatie" in error_at(
        page(wizard.send("gasten", guest_email="joop@example.nl")), "guest_organisation"
    )
    soup = wizard.get(4)
    assert "truus@example.nl" in words(soup)
    remove = soup.find("button", attrs={"formaction": lambda value: bool(value) and "/gasten/" in value})
    assert remove
    assert wizard.client.post(str(remove["formaction"])).status_code == 303
    assert "wandelen@example.nl" not in words(wizard.get(4))
    assert "Wandelclub" in words(wizard.get(3))


def test_a_guest_who_was_typed_and_not_added_goes_along(wizard: Wizard) -> None:
    wizard.fill()
    seat = wizard.organisation("Wandelclub")
    lead = {**LEAD, "lead_organisation": wizard.organisation("Welzijn Oost")}
    assert wizard.send(4, **lead, guest_email="joop@example.nl", guest_organisation=seat).status_code == 303
    assert "joop@example.nl" in words(wizard.get(5))


def test_the_letter_is_shown_before_anyone_gets_it(wizard: Wizard) -> None:
    wizard.fill()
    soup = page(wizard.send(5, message="We rekenen op je.", naar="brief"))
    letter = soup.find(id="brief")
    assert letter
    opened = letter.find_parent("details")
    assert opened
    assert opened.has_attr("open")
    assert "We rekenen op je." in letter.get_text()
