"""Bringing up what does not work, from the first words to what was learnt, with the script and without it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.steps import Visitor
from tests.browser.test_agenda import in_days

HAPPENED = "De datum schoof twee keer op."


def test_from_the_first_words_to_what_was_learnt_and_nobody_else_knows(
    gather: Callable[..., tuple[Visitor, ...]],
) -> None:
    anna, bram, chaima = gather("Anna", "Bram", "Chaima")
    form = chaima.page.url.replace("/agenda", "/spelregels/bespreken")
    chaima.page.goto(form)
    expect(chaima.field("Wie is de ander?")).to_be_hidden()
    chaima.fill_in({"Wat gebeurde er?": HAPPENED, "Wat heb je nodig?": "Dat ik het eerder hoor."})
    chaima.pick("Samen met de ander")
    chaima.press("Verstuur")
    chaima.sees(
        "Kies een spelregel. Weet je het niet? Kies dan ‘Iets anders’.", "Kies met wie je wilt praten."
    )
    expect(chaima.field("Wat gebeurde er?")).to_have_value(HAPPENED)
    chaima.choose("Over welke spelregel gaat het?", "Iets anders")
    chaima.choose("Wie is de ander?", "Bram, Welzijn Oost")
    chaima.press("Verstuur")
    chaima.sees(HAPPENED, "Verder ziet niemand dit.")

    letter = bram.letter("Een gesprek over een spelregel")
    assert not [secret for secret in ("Chaima", HAPPENED) if secret in letter]
    bram.follow_link("/w/", about="Een gesprek over een spelregel")
    bram.sees(HAPPENED, "Chaima")
    anna.is_refused(bram.page.url, 404)

    bram.sees("Spreek eerst samen een moment af")
    expect(bram.field("Wat spreken jullie af?")).to_be_hidden()
    bram.pick("We hebben gepraat")
    bram.press("Schrijf deze stap op")
    bram.pick("Dit spreken we af")
    bram.fill_in(
        {
            "Wat spreken jullie af?": "We bellen dezelfde dag.",
            "Wanneer kijken jullie of het lukt?": in_days(14),
        }
    )
    bram.press("Schrijf deze stap op")
    bram.sees("We bellen dezelfde dag.")

    chaima.page.reload()
    chaima.pick("Afgesloten")
    chaima.fill_in({"Wat leerden jullie?": "Bellen helpt."})
    chaima.press("Schrijf deze stap op")
    chaima.sees("Bellen helpt.", "Dit is afgesloten.")

    chaima.click("Neem dit terug")
    chaima.press("Neem het terug")
    chaima.stands_on("Wat we bespreken")
    bram.page.reload()
    bram.stands_on("Deze pagina")
