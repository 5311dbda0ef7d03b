"""The whole way, from an empty installation to a digest that can be stopped: as people go it, on a screen."""

from collections.abc import Callable
from datetime import date, time, timedelta

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.site import Site
from tests.browser.steps import Visitor
from tests.conftest import disconnect
from vitaal import jobs
from vitaal.app import create_app
from vitaal.digests.quiet import is_quiet
from vitaal.kernel import clock
from vitaal.people.operators import make_operator

COALITION = "Thuis in Schothorst"
CHALLENGE = "Veel buren kennen elkaar niet. Wij willen dat niemand een week alleen is."
ACTION = "Elke zaterdag straatkoffie"
BUURTHUIS, WELZIJN, WANDELCLUB = "Buurthuis De Linde", "Welzijn Oost", "Wandelclub"


def test_from_an_empty_installation_to_a_digest_that_can_be_stopped(
    site: Site, browse: Callable[[], Page]
) -> None:
    olga, farah, anna, bram, chaima = (
        Visitor(site, browse(), name) for name in ("Olga", "Farah", "Anna", "Bram", "Chaima")
    )
    make_operator(site.settings.database_url or "", olga.email, olga.name)

    steps.sign_in_with_the_code(olga)
    steps.appoint_an_officer(olga, farah, "Amersfoort")

    steps.sign_in_with_the_button(farah)
    prepare_the_coalition(farah, lead=anna)

    steps.accept_as_someone_new(anna, COALITION, BUURTHUIS)
    steps.invite_into_the_inner_circle(anna, bram, WELZIJN)
    invite_the_wandelclub(anna, chaima)
    steps.accept_as_someone_new(bram, COALITION, WELZIJN)
    steps.accept_as_someone_new(chaima, COALITION, WANDELCLUB)

    the_lead_sees_and_arranges_everything(anna)
    the_inner_circle_sees_what_happens_but_does_not_arrange(bram)
    the_outer_circle_sees_what_is_shared_with_it(chaima)
    the_officer_sees_how_far_it_is_and_nothing_inside(farah, workspace=address_of_workspace(anna))

    steps.put_on_the_agenda(anna, ACTION)
    the_digests_of_next_tuesday_go_out(site)
    the_lead_reads_who_came(anna)
    assert ACTION in bram.letter(f"{COALITION}: ")
    a_member_stops_the_digest(bram, in_another_browser=Visitor(site, browse(), "Bram"))


def prepare_the_coalition(officer: Visitor, lead: Visitor) -> None:
    steps.say_what_it_is_about(officer, CHALLENGE, COALITION)
    steps.choose_a_way(officer, "Al doende leren", "Netwerk")
    steps.put_in_the_circles(
        officer,
        (BUURTHUIS, "Informele organisatie", "Binnencirkel"),
        (WELZIJN, "Formele organisatie", "Binnencirkel"),
        (WANDELCLUB, "Bewonersinitiatief", "Buitencirkel"),
    )
    steps.ask_someone_to_lead(officer, lead, BUURTHUIS)
    steps.start_the_coalition(officer, COALITION, lead)


def invite_the_wandelclub(lead: Visitor, guest: Visitor) -> None:
    lines = [f"{guest.name} <{guest.email}>", "Dirk; nog geen adres"]
    steps.invite_a_list_into_the_outer_circle(lead, lines, WANDELCLUB)
    lead.sees("1 nieuw", "1 ongeldig", "Hier staat geen e-mailadres.")
    lead.press("Verstuur 1 uitnodiging")
    lead.sees("1 uitnodiging is onderweg.", guest.email)


def the_lead_sees_and_arranges_everything(lead: Visitor) -> None:
    lead.go("Cirkels")
    lead.sees("3 partners, 3 mensen", "Anna", "Bram", "Chaima", "Nodig iemand uit", "Verplaats")
    lead.go("Uitnodigingen")
    lead.sees("doet mee")
    lead.sees_not("wacht op antwoord")
    lead.go("Instellingen")
    lead.stands_on("Instellingen")


def the_inner_circle_sees_what_happens_but_does_not_arrange(member: Visitor) -> None:
    workspace = address_of_workspace(member)
    member.go("Cirkels")
    member.sees("3 partners, 3 mensen", "Anna", "Bram", "Chaima")
    member.sees_not("Nodig iemand uit", "Verplaats", "Uitnodigingen", "Instellingen")
    member.go("Geschiedenis")
    member.sees("Anna nodigde Bram uit", "Chaima doet nu mee")
    member.go("Agenda")
    member.sees("Kies één vraag die bewoners zelf noemen.", "Wat gaan we doen?")
    for page in ("uitnodigingen", "instellingen", "cirkels/uitnodigen"):
        member.is_refused(f"{workspace}/{page}", 403)


def the_outer_circle_sees_what_is_shared_with_it(member: Visitor) -> None:
    workspace = address_of_workspace(member)
    member.go("Cirkels")
    member.sees("3 partners", "Anna", "Bram", "Chaima")
    member.sees_not("mensen", "Nodig iemand uit", "Verplaats", "Uitnodigingen", "Instellingen")
    member.go("Geschiedenis")
    member.sees("Bram doet nu mee")
    member.sees_not("nodigde")
    member.go("Agenda")
    member.sees("Kies één vraag die bewoners zelf noemen.", "Deel je idee")
    member.sees_not("Wat gaan we doen?")
    for page in ("uitnodigingen", "instellingen", "cirkels/uitnodigen"):
        member.is_refused(f"{workspace}/{page}", 403)


def the_officer_sees_how_far_it_is_and_nothing_inside(officer: Visitor, workspace: str) -> None:
    officer.page.goto("/")
    officer.sees(COALITION, "3 uitnodigingen", "3 doen mee", "Eerste bijeenkomst: nog niet")
    officer.sees_not("Anna", "Bram", "Chaima", CHALLENGE)
    officer.is_refused(workspace, 404)


def address_of_workspace(member: Visitor) -> str:
    """Where the coalition lives, from the menu of someone who is in it."""
    home = member.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Vandaag")
    return home.get_attribute("href") or ""


def the_digests_of_next_tuesday_go_out(site: Site) -> None:
    """Do what the clock does: today, when their day is reckoned, and as if it were eight that morning.

    On a holiday they come a day later.
    """
    today = clock.today()
    day: date = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
    while is_quiet(day):
        day += timedelta(days=1)
    worker = create_app(site.settings, role="vitaal_worker")
    for moment in (clock.now(), clock.moment_on(day, time(8))):
        with worker.app_context(), clock.at(moment):
            jobs.send_digests()
    disconnect(worker)


def the_lead_reads_who_came(lead: Visitor) -> None:
    digest = " ".join(lead.letter(f"{COALITION}: ").split())
    assert "dit is jouw week" in digest
    for joined in ("Bram (Welzijn Oost)", "Chaima (Wandelclub)", "doen nu mee"):
        assert joined in digest
    lead.follow_link("/w/", about=f"{COALITION}: ")
    lead.stands_on("Wie doet mee?")


def a_member_stops_the_digest(member: Visitor, in_another_browser: Visitor) -> None:
    """Opening the link changes nothing; the button does, without signing in."""
    reader = in_another_browser
    reader.follow_link("/mail/stop/", about=f"{COALITION}: ")
    expects_a_next_mail(member)
    expect(reader.page.get_by_role("radio", name="Nooit")).to_be_checked()
    reader.press("Bewaar")
    reader.stands_on("Bewaard")
    reader.sees("Je krijgt deze mail niet meer.")
    expects_no_more_mail(member)


def expects_a_next_mail(member: Visitor) -> None:
    member.page.goto("/mijn/mail")
    member.sees("Je volgende mail komt op")


def expects_no_more_mail(member: Visitor) -> None:
    member.page.goto("/mijn/mail")
    member.sees_not("Je volgende mail komt op")
    expect(member.page.get_by_role("radio", name="Nooit")).to_be_checked()
