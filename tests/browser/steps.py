"""What people do at a screen, step by step: each step is what they would say they did."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site


@dataclass(frozen=True)
class Visitor:
    """Someone with a browser and a mailbox."""

    site: Site
    page: Page
    name: str

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.nl"

    def letter(self, about: str) -> str:
        """The text of the newest letter about something."""
        return str(self.site.letter(self.email, about)["text"])

    def link(self, path: str, about: str) -> str:
        """The first link to an address that starts with `path`, in the newest letter about something."""
        link = re.search(rf"{re.escape(self.site.url)}{path}\S+", self.letter(about))
        assert link, f"No link to {path} in: {self.letter(about)}"
        return link[0]

    def follow_link(self, path: str, about: str) -> None:
        self.page.goto(self.link(path, about))

    def go(self, menu_item: str) -> None:
        """Choose something in the main menu."""
        self.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=menu_item).click()

    def press(self, button: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    def click(self, link: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=link).first.click()

    def fill_in(self, typed: Mapping[str, str]) -> None:
        """Fill in fields, by the words of their labels."""
        for label, text in typed.items():
            self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(option)

    def pick(self, option: str) -> None:
        """Choose one of the cards."""
        self.page.get_by_role("radio", name=re.compile(f"^{re.escape(option)}")).check()

    def field(self, label: str) -> Locator:
        """The field with this label, with or without "(mag je overslaan)"."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(mag je overslaan\))?$"))

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def stands_on(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def is_refused(self, path: str, status: int) -> None:
        """Find a door closed, without knowing from the answer what is behind it."""
        answer = self.page.goto(path)
        assert answer
        assert answer.status == status, f"{path} answered {answer.status}"


def ask_for_a_letter(someone: Visitor) -> None:
    someone.page.goto("/")
    someone.click("Log in")
    someone.fill_in({"Wat is je e-mailadres?": someone.email})
    someone.press("Stuur mij de knop")
    someone.stands_on("Kijk in je mail")


def sign_in_with_the_button(someone: Visitor) -> None:
    ask_for_a_letter(someone)
    someone.follow_link("/inloggen/", about="Log in")
    someone.page.get_by_role("button", name="Log in als").click()


def sign_in_with_the_code(someone: Visitor) -> None:
    ask_for_a_letter(someone)
    code = re.search(r"^\d{6}$", someone.letter("Log in"), re.MULTILINE)
    assert code
    someone.fill_in({"Of typ de code uit de mail": f"{code[0][:3]} {code[0][3:]}"})
    someone.press("Ga verder")


def appoint_an_officer(operator: Visitor, officer: Visitor, municipality: str) -> None:
    operator.go("Beheer")
    card = operator.page.get_by_role("region", name="Voeg iemand van een gemeente toe")
    card.get_by_label("Gemeente").fill(municipality)
    card.get_by_label("Naam").fill(officer.name)
    card.get_by_label("E-mail").fill(officer.email)
    card.get_by_role("button").click()
    operator.sees(officer.name, officer.email)


def say_what_it_is_about(officer: Visitor, challenge: str, name: str) -> None:
    """Step 1, at first without a name: what was typed is still there."""
    officer.press("Start een coalitie")
    officer.fill_in({"Wat is er aan de hand, en voor wie?": challenge})
    _on(officer)
    officer.sees("Dat lukte nog niet. Wat je invulde, staat er nog.")
    expect(officer.field("Wat is er aan de hand, en voor wie?")).to_have_value(challenge)
    officer.fill_in({"Hoe heet de coalitie?": name})
    _on(officer)


def choose_a_way(officer: Visitor, route: str, shape: str) -> None:
    """Step 2."""
    officer.pick(route)
    officer.pick(shape)
    _on(officer)


def put_in_the_circles(officer: Visitor, *organisations: tuple[str, str, str]) -> None:
    """Step 3: name, kind and circle of each."""
    for name, kind, circle in organisations:
        officer.fill_in({"Naam": name})
        officer.choose("Soort", kind)
        officer.choose("Cirkel", circle)
        officer.press("Voeg toe")
        expect(officer.page.get_by_role("region", name=circle)).to_contain_text(name)
    _on(officer)


def ask_someone_to_lead(officer: Visitor, lead: Visitor, organisation: str) -> None:
    """Step 4."""
    card = officer.page.get_by_role("region", name="De trekker")
    card.get_by_label("Naam").fill(lead.name)
    card.get_by_label("E-mail").fill(lead.email)
    card.get_by_label("Van welke organisatie?").select_option(organisation)
    _on(officer)


def start_the_coalition(officer: Visitor, name: str, lead: Visitor) -> None:
    """Step 5: read the letter that will go out, and let it go."""
    officer.fill_in({"Een persoonlijk woord bij de uitnodiging": "Jij kent iedereen."})
    officer.press("Bewaar en bekijk de brief")
    expect(officer.page.locator("#brief")).to_contain_text("Jij kent iedereen.")
    officer.sees(lead.email)
    officer.press("Start de coalitie en verstuur de uitnodigingen")
    officer.sees(f"{name} is gestart.", "1 uitnodiging", "Nog niemand doet mee")


def accept_as_someone_new(guest: Visitor, workspace: str, organisation: str) -> None:
    """Open the link in the letter and say yes; only a name is asked."""
    guest.follow_link("/uitnodiging/", about=workspace)
    guest.sees(f"Je doet mee namens {organisation}")
    guest.fill_in({"Hoe heet je?": guest.name})
    guest.press("Ik doe mee")
    guest.stands_on(f", {guest.name}")


def invite_into_the_inner_circle(lead: Visitor, guest: Visitor, organisation: str) -> None:
    lead.go("Uitnodigingen")
    lead.click("Nodig iemand uit")
    lead.fill_in({"Naam": guest.name, "E-mail": guest.email})
    lead.choose("Namens welke organisatie of groep?", organisation)
    lead.pick("Binnencirkel")
    lead.fill_in({"Persoonlijk bericht": "Met jou erbij wordt het beter."})
    lead.press("Verstuur de uitnodiging")
    lead.stands_on("Uitnodigingen")
    lead.sees(guest.email, "wacht op antwoord")


def invite_a_list_into_the_outer_circle(lead: Visitor, lines: list[str], organisation: str) -> None:
    """Look first at what will happen with each line; nothing goes out before that."""
    lead.go("Uitnodigingen")
    lead.click("Nodig iemand uit")
    lead.click("Een lijst")
    lead.field("Plak hier je lijst").fill("\n".join(lines))
    lead.choose("Namens welke organisatie of groep?", organisation)
    lead.press("Bekijk wat er gebeurt")
    lead.sees("Er is nog niets verstuurd.")


def put_on_the_agenda(lead: Visitor, action: str) -> None:
    lead.go("Agenda")
    lead.fill_in({"Wat gaan we doen?": action})
    lead.press("Voeg toe")
    lead.sees(action)


def _on(officer: Visitor) -> None:
    officer.page.get_by_role("main").locator("button.primary").click()
