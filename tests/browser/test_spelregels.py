"""The whole life of a spelregel, with the script and without it: talked about, decided, signed, looked at again."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.steps import Visitor
from tests.browser.test_agenda import in_days

Gather = Callable[..., tuple[Visitor, ...]]
TITLE, BETTER = "We beginnen op tijd", "We beginnen om tien uur"


def propose(someone: Visitor) -> str:
    """Start from an idea of others; returns the page of the proposal."""
    someone.go("Spelregels")
    someone.click("Begin met tien ideeën")
    someone.page.get_by_role("link", name="Begin hiermee Voor elke partij geldt hetzelfde.").click()
    someone.sees("Praat eerst hierover")
    someone.fill_in(
        {"De spelregel in één zin": TITLE, "Wanneer kijken jullie of de regel werkt?": in_days(200)}
    )
    someone.press("Leg je voorstel voor")
    someone.sees("Schrijf op waarom deze regel nodig is.")
    expect(someone.field("De spelregel in één zin")).to_have_value(TITLE)
    someone.fill_in({"Waarom is deze regel nodig, juist hier?": "Wie van ver komt, wacht nu."})
    someone.page.get_by_label("Wie begeleidt het gesprek?").select_option(label="Anna (trekker)")
    someone.press("Leg je voorstel voor")
    someone.sees("Vragen stellen", "Wie van ver komt, wacht nu.")
    return someone.page.url


def go_on(guide: Visitor, button: str) -> None:
    guide.page.get_by_label("We deden dit in een bijeenkomst waar alle partners bij waren").check()
    guide.press(button)


def answer(someone: Visitor, page: str, said: str, **typed: str) -> None:
    someone.page.goto(page)
    someone.pick(said)
    someone.fill_in(typed)
    someone.press("Geef je antwoord")
    someone.sees("Je antwoord telt mee.")


def test_the_whole_life_of_a_rule(gather: Gather) -> None:
    anna, bram, chaima = gather("Anna", "Bram", "Chaima")
    page = propose(bram)
    chaima.is_refused(page, 404)

    anna.page.goto(page)
    go_on(anna, "Ga nu door naar: reageren")
    anna.click("Stel een andere tekst voor")
    anna.fill_in({"De spelregel in één zin": BETTER, "Waarom is dit beter?": "Dan weet je hoe laat."})
    anna.press("Stel deze tekst voor")
    anna.sees("wacht op antwoord")
    go_on(anna, "Ga nu door naar: de tekst beter maken")

    bram.page.goto(page)
    bram.page.get_by_role("link", name="Neem over of leg uit").click()
    bram.press("Neem de tekst over")
    bram.sees("overgenomen")
    expect(bram.page.get_by_role("main").locator("ins").first).to_be_visible()

    anna.page.goto(page)
    anna.click("Open de ronde")
    anna.press("Open de ronde nu")
    anna.sees("0 van de 2 partners gaven antwoord.")
    bram.follow_link("/w/", about=f"Wat vinden jullie?: {BETTER}")
    expect(bram.field("Wat gaat er mis?")).to_be_hidden()
    answer(bram, page, "We hebben een bezwaar", **{"Wat gaat er mis?": "De bus komt om kwart over."})
    answer(anna, page, "We kunnen hiermee leven Het")
    anna.sees("De bus komt om kwart over.")
    anna.press("Iedereen antwoordde: sluit de ronde")
    anna.sees("Praten over een bezwaar")

    bram.page.goto(page)
    bram.click("Maak de tekst beter")
    bram.fill_in({"De spelregel in één zin": "We beginnen om half elf"})
    bram.press("Bewaar de nieuwe tekst")
    anna.page.goto(page)
    anna.click("Open de ronde")
    anna.press("Open de ronde nu")
    answer(bram, page, "We kunnen hiermee leven Het")
    answer(anna, page, "We kunnen hiermee leven, met een zorg", **{"Wat is de zorg?": "Het is laat."})
    anna.press("Iedereen antwoordde: sluit de ronde")
    anna.sees("Besloten")

    chaima.page.goto(page.split("/voorstellen")[0])
    chaima.sees("We beginnen om half elf")
    chaima.click("Lees en teken")
    chaima.press("Teken voor Wandelclub")
    chaima.sees("Zet een vinkje bij elke spelregel die je tekent.")
    chaima.page.get_by_role("checkbox").first.check()
    chaima.press("Teken voor Wandelclub")
    anna.go("Spelregels")
    anna.click("Bekijk wie wat tekende")
    anna.sees("Wandelclub")

    anna.go("Spelregels")
    anna.click("We beginnen om half elf")
    anna.sees("Het is laat.")
