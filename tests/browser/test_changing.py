"""Changing the agenda on a screen: what someone needs stays in sight, and stands where they look."""

from playwright.sync_api import Locator, expect

from tests.browser.test_agenda import Gather, add, line, with_script


def left(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["x"]


@with_script
def test_what_changes_many_at_once_stays_in_sight_and_asks_why_only_of_who_stops(gather: Gather) -> None:
    (anna,) = gather("Anna")
    for number in range(8):
        add(anna, f"Actie {number}")
    anna.click("Pas er meer tegelijk aan")
    form, why = anna.page.locator("#samen"), anna.field("Waarom stoppen we?")
    anna.page.get_by_label("Kies ‘Actie 0’").check()
    expect(form.get_by_role("button", name="Verander ze samen")).to_be_in_viewport(ratio=1)
    expect(why).to_be_hidden()
    anna.choose("Hoe ver?", "Gestopt")
    expect(why).to_be_visible()
    anna.press("Verander ze samen")
    anna.sees("Schrijf op waarom we stoppen.")
    expect(anna.page.get_by_label("Kies ‘Actie 0’")).to_be_checked()

    anna.page.set_viewport_size({"width": 320, "height": 256})  # as large as 1280 by 1024 at 400 %
    expect(form).to_have_css("position", "static")


@with_script
def test_the_first_choice_of_how_far_it_is_stands_under_its_question(gather: Gather) -> None:
    (anna,) = gather("Anna")
    add(anna, "Folder maken")
    line(anna, "Folder maken").get_by_role("link", name="Te doen").click()
    form = line(anna, "Folder maken").get_by_role("form", name="Hoe ver zijn we?")
    assert left(form.get_by_role("button").first) == left(form.get_by_text("Hoe ver zijn we?"))


@with_script
def test_who_moves_a_card_to_stopped_can_write_why_at_once(gather: Gather) -> None:
    (anna,) = gather("Anna")
    add(anna, "Folder maken")
    anna.page.get_by_role("navigation", name="Hoe wil je kijken?").get_by_role("link", name="Bord").click()
    line(anna, "Folder maken").get_by_text("Verplaats").click()
    line(anna, "Folder maken").get_by_role("link", name="Gestopt").click()
    expect(anna.field("Waarom stopt dit?")).to_be_focused()
    anna.page.keyboard.type("De drukker stopt ermee")
    anna.page.keyboard.press("Enter")
    anna.sees("‘Folder maken’ staat nu op ‘Gestopt’.")
