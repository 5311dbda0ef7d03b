"""Working with the agenda as people do on a screen, with the script and without it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.steps import Visitor
from vitaal.kernel import clock

# What the script adds is looked at with it; what stands on plain forms, and in no other test, without it.
with_script = pytest.mark.parametrize("has_script", [True], ids=["with JavaScript"])
without_script = pytest.mark.parametrize("has_script", [False], ids=["without JavaScript"])
Gather = Callable[..., tuple[Visitor, ...]]


def line(someone: Visitor, title: str) -> Locator:
    """The line of an action in the list."""
    main = someone.page.get_by_role("main")
    return (
        main.get_by_role("listitem").filter(has=someone.page.get_by_role("link", name=title, exact=True)).last
    )


def add(someone: Visitor, typed: str, field: str = "Wat gaan we doen?") -> None:
    someone.go("Agenda")
    someone.field(field).fill(typed)
    with someone.page.expect_response(lambda answer: answer.request.redirected_from or answer.status == 422):
        someone.field(field).press("Enter")


def in_days(days: int) -> str:
    day: date = clock.today() + timedelta(days=days)
    return day.isoformat()


def test_one_line_and_enter_put_an_action_on_the_agenda_and_its_parts_change_in_their_place(
    gather: Gather,
) -> None:
    (anna,) = gather("Anna")
    add(anna, "Folder maken @Bram morgen")
    expect(line(anna, "Folder maken")).to_contain_text("Bram")
    expect(line(anna, "Folder maken")).to_contain_text("Klaar op")

    line(anna, "Folder maken").get_by_role("link", name="Te doen").click()
    anna.page.get_by_role("main").get_by_role("button", name="Bezig", exact=True).click()
    expect(line(anna, "Folder maken").get_by_role("link", name="Bezig")).to_be_visible()

    line(anna, "Folder maken").get_by_role("link", name="Bram").click()
    anna.page.get_by_role("main").get_by_role("button", name="Ik trek dit").click()
    expect(line(anna, "Folder maken").get_by_role("link", name="Anna")).to_be_visible()


@with_script
def test_one_after_the_other_is_typed_without_looking_for_the_field_again(gather: Gather) -> None:
    (anna,) = gather("Anna")
    add(anna, "Soep koken")
    expect(line(anna, "Soep koken")).to_be_visible()
    for title in ("Brood halen", "Tafels zetten"):
        types_on(anna, "Wat gaan we doen?", title)
        expect(line(anna, title)).to_be_visible()

    anna.click("Soep koken")
    anna.field("Nieuwe stap").focus()
    for step in ("Pan lenen", "Soep proeven"):
        types_on(anna, "Nieuwe stap", step)
        anna.sees(step)
    anna.sees("0 van 2 klaar")
    types_on(anna, "Nieuwe stap", "x" * 300)
    expect(anna.page.get_by_role("alert")).to_contain_text("Maak dit korter")


def types_on(someone: Visitor, field: str, text: str) -> None:
    """Type where the focus is, which is in this field, and press Enter."""
    expect(someone.field(field)).to_be_focused()
    expect(someone.field(field)).to_have_value("")
    someone.page.keyboard.type(text)
    someone.page.keyboard.press("Enter")


def plan_a_meeting_with_three_points(lead: Visitor) -> None:
    """Each point is typed in the field that has the focus after the one before."""
    plan_a_meeting(lead)
    lead.field("Waar gaat dit punt over?").focus()
    for title in ("Opening", "Soep", "Rondje"):
        types_on(lead, "Waar gaat dit punt over?", title)
        expect(points(lead).last).to_contain_text(title)


@with_script
def test_the_points_of_a_meeting_are_typed_one_after_the_other(gather: Gather) -> None:
    (anna,) = gather("Anna")
    plan_a_meeting_with_three_points(anna)
    types_on(anna, "Waar gaat dit punt over?", "x" * 300)
    expect(anna.page.get_by_role("alert")).to_contain_text("Maak dit korter")


@with_script
def test_a_point_is_moved_on_with_the_same_key(gather: Gather) -> None:
    (anna,) = gather("Anna")
    plan_a_meeting_with_three_points(anna)
    anna.page.get_by_role("button", name="Zet Rondje eerder").focus()
    for place in (1, 0):
        anna.page.keyboard.press("Enter")
        expect(points(anna).nth(place)).to_contain_text("Rondje")
        expect(anna.page.get_by_role("button", name="Zet Rondje eerder")).to_be_focused()


def points(someone: Visitor) -> Locator:
    return someone.page.locator(".points > li")


def test_what_cannot_be_is_said_at_its_place_and_what_was_typed_stays(gather: Gather) -> None:
    (anna,) = gather("Anna")
    too_long = "Folder maken " * 20
    add(anna, too_long)
    expect(anna.page.get_by_role("alert")).to_contain_text("Maak dit korter")
    expect(anna.field("Wat gaan we doen?")).to_have_value(too_long.strip())


def test_a_card_moves_over_the_board_with_its_buttons(gather: Gather) -> None:
    (anna,) = gather("Anna")
    add(anna, "Folder maken")
    anna.page.get_by_role("navigation", name="Hoe wil je kijken?").get_by_role("link", name="Bord").click()
    line(anna, "Folder maken").get_by_text("Verplaats").click()
    line(anna, "Folder maken").get_by_role("button", name="Klaar").click()
    expect(lane(anna, "Klaar").get_by_role("link", name="Folder maken")).to_be_visible()


@with_script
def test_a_card_is_dragged_to_another_lane(gather: Gather) -> None:
    (anna,) = gather("Anna")
    add(anna, "Folder maken")
    anna.page.get_by_role("navigation", name="Hoe wil je kijken?").get_by_role("link", name="Bord").click()
    line(anna, "Folder maken").drag_to(lane(anna, "Wacht"))
    expect(lane(anna, "Wacht").get_by_role("link", name="Folder maken")).to_be_visible()
    expect(lane(anna, "Te doen")).not_to_contain_text("Folder maken")


def lane(someone: Visitor, name: str) -> Locator:
    return someone.page.get_by_role("region", name=re.compile(f"^{name}"))


def test_the_outer_circle_talks_helps_and_proposes_and_the_inner_circle_answers(gather: Gather) -> None:
    anna, chaima = gather("Anna", "Chaima")
    add(anna, "Samen eten")

    chaima.go("Agenda")
    chaima.click("Samen eten")
    chaima.press("Ik help mee")
    chaima.fill_in({"Jouw reactie": "Ik neem een pan mee."})
    chaima.press("Plaats je reactie")
    chaima.sees("Ik neem een pan mee.")
    add(chaima, "Samen zingen", field="Heb je een idee?")
    chaima.sees("Samen zingen")

    anna.go("Vandaag")
    anna.sees("1 idee wacht op antwoord")
    anna.click("Bekijk de ideeën")
    anna.click("Samen zingen")
    anna.press("Maak er een actie van")
    anna.sees("Te doen")
    anna.go("Agenda")
    anna.click("Samen eten")
    anna.sees("Ik neem een pan mee.", "Chaima")


@with_script
def test_a_search_stands_in_the_address_and_can_be_kept_under_a_name(gather: Gather) -> None:
    (anna,) = gather("Anna")
    for title in ("Soep koken", "Bankje verven"):
        add(anna, title)
    anna.page.get_by_role("searchbox").fill("soepen")
    anna.page.get_by_role("searchbox").press("Enter")
    expect(line(anna, "Soep koken")).to_be_visible()
    expect(anna.page.get_by_role("link", name="Bankje verven")).to_have_count(0)
    expect(anna.page).to_have_url(re.compile("zoek=soepen"))
    expect(anna.page.get_by_role("status").filter(has_text="1 actie gevonden")).to_be_visible()
    anna.click("Toon weer alles")
    expect(line(anna, "Bankje verven")).to_be_visible()
    anna.page.go_back()

    anna.page.get_by_text("Bewaarde weergaven").click()
    anna.page.get_by_label("Bewaar wat je nu ziet als").fill("Alles met soep")
    anna.page.get_by_role("main").get_by_role("button", name="Bewaar", exact=True).click()
    anna.go("Agenda")
    anna.page.get_by_text("Bewaarde weergaven").click()
    anna.click("Alles met soep")
    expect(anna.page).to_have_url(re.compile("zoek=soepen"))
    expect(anna.page.get_by_role("link", name="Bankje verven")).to_have_count(0)


@without_script
def test_many_actions_change_at_once(gather: Gather) -> None:
    (anna,) = gather("Anna")
    for title in ("Soep koken", "Brood halen"):
        add(anna, title)
    anna.click("Pas er meer tegelijk aan")
    for title in ("Soep koken", "Brood halen"):
        anna.page.get_by_label(f"Kies ‘{title}’").check()
    anna.choose("Hoe ver?", "Bezig")
    anna.press("Verander ze samen")
    anna.sees("2 acties zijn veranderd.")
    for title in ("Soep koken", "Brood halen"):
        expect(line(anna, title)).to_contain_text("Bezig")


def test_a_list_is_brought_in_after_a_look_and_taken_back_as_a_whole(gather: Gather) -> None:
    (anna,) = gather("Anna")
    anna.click("Heb je al een lijst?")
    content = "Actie;Wie;Klaar op\nSoep koken;Bram;24-11-2030\nBrood halen;Sinterklaas;\nTafels zetten;;31-02-2030\n"
    anna.page.get_by_label("Je lijst", exact=True).set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    anna.press("Bekijk de lijst")
    anna.sees(
        "1 nieuwe actie",
        "2 kloppen niet",
        "Sinterklaas doet hier niet mee.",
        "De dag 31-02-2030 bestaat niet.",
    )
    anna.press("Zet ze op de agenda")
    until_it_shows(anna, "Er staat 1 actie meer op de agenda.")
    anna.click("Bekijk de agenda")
    expect(line(anna, "Soep koken")).to_contain_text("Bram")
    anna.page.go_back()
    anna.press("Neem alles terug")
    anna.sees("1 actie ligt in de prullenbak.")
    anna.go("Agenda")
    expect(anna.page.get_by_role("link", name="Soep koken")).to_have_count(0)


def until_it_shows(someone: Visitor, text: str) -> None:
    """The page tells by itself when a worker is done; without the script, someone looks again."""
    for _ in range(50):
        if someone.page.get_by_text(text).count():
            return
        again = someone.page.get_by_role("link", name="Kijk hoe ver het is")
        if again.count():
            again.click()
        someone.page.wait_for_timeout(200)
    someone.sees(text)


def test_a_meeting_from_the_first_plan_to_the_minutes(gather: Gather) -> None:
    anna, bram = gather("Anna", "Bram")
    plan_a_meeting(anna)
    bram.follow_link("/w/", about="Kom je ook?")
    bram.press("Ik kom")
    bram.sees("Je komt.")

    anna.page.reload()
    anna.fill_in({"Waar gaat dit punt over?": "Hoe gaat het?"})
    anna.press("Voeg toe")
    anna.click("Maak het verslag")
    anna.click("Begin bij het eerste punt")
    take_minutes(anna)
    anna.click("Alle punten")
    anna.press("Stuur het verslag")
    minutes = bram.letter("Verslag: Bijpraten")
    for told in ("Het gaat goed.", "Wij beginnen in mei.", "Zaal regelen"):
        assert told in minutes
    bram.go("Agenda")
    bram.sees("Zaal regelen")


def plan_a_meeting(lead: Visitor) -> None:
    lead.page.get_by_role("navigation", name="In de agenda").get_by_role("link", name="Bijeenkomsten").click()
    lead.page.get_by_role("main").get_by_role("link", name="Plan een bijeenkomst").first.click()
    lead.fill_in({"Waar komen jullie voor bij elkaar?": "Bijpraten", "Op welke dag?": in_days(7), "Hoe laat begint het?": "14:00",
                  "Hoe laat is het klaar?": "16:00", "Waar?": "De Kom"})  # fmt: skip
    lead.page.get_by_label("Binnencirkel", exact=False).first.check()
    lead.press("Bewaar")
    lead.press("Nodig 2 mensen uit")
    lead.sees("Bram")


def take_minutes(lead: Visitor) -> None:
    lead.page.get_by_role("main").get_by_role("textbox").first.fill("Het gaat goed.")
    lead.page.get_by_role("main").get_by_role("button", name="Bewaar", exact=True).first.click()
    lead.page.get_by_text("Schrijf een besluit op").click()
    lead.fill_in({"Wat is besloten?": "Wij beginnen in mei."})
    lead.pick("Iedereen kan ermee leven")
    lead.press("Leg vast")
    lead.page.get_by_text("Maak een actie").click()
    lead.fill_in({"Wat gaan we doen?": "Zaal regelen"})
    lead.press("Zet op de actieagenda")
    lead.sees("Zaal regelen", "Wij beginnen in mei.")


def test_partners_weigh_alone_and_choose_together(gather: Gather) -> None:
    anna, bram = gather("Anna", "Bram")
    for title in ("Soep koken", "Bankje verven"):
        add(anna, title)
    anna.page.get_by_role("navigation", name="In de agenda").get_by_role("link", name="Samen kiezen").click()
    anna.page.get_by_role("main").get_by_role("link", name="Begin een ronde").first.click()
    anna.press("Vraag om hun mening")

    weigh(anna, (5, 5), (1, 1))
    bram.go("Vandaag")
    bram.page.get_by_role("main").get_by_role("link", name=re.compile("mening")).first.click()
    weigh(bram, (1, 1), (5, 5))

    anna.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Agenda").click()
    anna.page.get_by_role("navigation", name="In de agenda").get_by_role("link", name="Samen kiezen").click()
    anna.page.get_by_role("link", name=re.compile("^Ronde van")).click()
    anna.page.get_by_text("Sluit de ronde", exact=False).first.click()
    anna.sees("Bespreek deze 2 eerst")
    anna.click("Leg de volgorde vast")
    anna.press("Leg vast")
    anna.sees("Dit spraken jullie af")


def weigh(someone: Visitor, *weights: tuple[int, int]) -> None:
    """Give these views (importance, urgency) on one action after the other."""
    begin = someone.page.get_by_role("main").get_by_role("link", name=re.compile("^Geef je mening"))
    if begin.count():
        begin.first.click()
    for importance, urgency in weights:
        someone.stands_on("Wat vind jij van deze actie?")
        for name, weight in (("importance", importance), ("urgency", urgency)):
            someone.page.locator(f"input[name={name}][value='{weight}']").check()
        someone.press("Bewaar en ga verder")
