"""Without a mouse: everything is reached with Tab, shows that it has the focus, and answers to Enter and Space."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.browser.world import World
from tests.cast import play
from tests.conftest import disconnect
from vitaal.app import create_app

FAR = 120  # more stops than any page has
HAS_A_RING = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
}"""
NAME = """() => {
  const at = document.activeElement;
  return (at.labels?.[0]?.innerText || at.getAttribute("aria-label") || at.innerText || at.value || "").trim();
}"""


@pytest.fixture
def world(site: Site, chromium: Browser) -> Iterator[World]:
    """The cast on a running site."""
    app = create_app(site.settings)
    world = World(site, play(app), chromium)
    yield world
    world.close()
    disconnect(app)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus; every stop on the way can be seen."""
    for _stop in range(FAR):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_A_RING), f"It can't be seen that {page.evaluate(NAME)!r} has the focus."
        if str(page.evaluate(NAME)).startswith(name):
            return
    raise AssertionError(f"Tab never comes to {name!r} on {page.url}.")


def follow(page: Page, name: str) -> None:
    """Tab to a link or a button, press Enter, and arrive."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_stop_skips_to_the_content(world: World) -> None:
    page = world.open("workspaces.circles")
    page.keyboard.press("Tab")
    assert "inhoud" in str(page.evaluate(NAME)).lower()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash").endswith("inhoud")


def test_someone_signs_in_with_the_keyboard_only(world: World) -> None:
    page = world.open("people.sign_in")
    tab_to(page, "Wat is je e-mailadres?")
    page.keyboard.type("geen adres")
    page.keyboard.press("Enter")
    summary = page.locator("[role=alert]").first
    expect(summary).to_be_visible()
    assert summary.evaluate("(box) => box.contains(document.activeElement)")
    tab_to(page, "Vul een e-mailadres in")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("chaima@example.nl")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kijk in je mail")


def test_a_lead_invites_someone_with_the_keyboard_only(world: World) -> None:
    page = world.open("workspaces.today")
    follow(page, "Uitnodigingen")
    follow(page, "Nodig iemand uit")
    tab_to(page, "E-mail")
    page.keyboard.type("greet@example.nl")
    tab_to(page, "Namens welke organisatie of groep?")
    page.keyboard.type("Wandel")
    follow(page, "Verstuur de uitnodiging")
    expect(page.get_by_role("main")).to_contain_text("greet@example.nl")
    expect(page.get_by_role("main")).to_contain_text("wacht op antwoord")


def test_someone_chooses_their_mail_with_the_keyboard_only_and_without_a_script(
    site: Site, chromium: Browser, world: World
) -> None:
    page = world.page_of("Bram")
    context = chromium.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{site.url}/mijn/mail")
    plain.get_by_role("radio", name="Zoals het past bij mijn cirkel").focus()
    plain.keyboard.press("ArrowDown")
    expect(plain.get_by_role("radio", name="Eén keer per dag")).to_be_checked()
    for stop in ("Op welke dag?", "Hoe vaak?", "Meteen een mail", "Bewaar"):
        plain.keyboard.press("Tab")
        expect(plain.locator("*:focus")).to_have_accessible_name(re.compile(f"^{re.escape(stop)}"))
    plain.keyboard.press("Enter")
    expect(plain.locator("#meldingen")).to_contain_text("Bewaard.")
    expect(plain.get_by_role("radio", name="Eén keer per dag")).to_be_checked()
    context.close()
