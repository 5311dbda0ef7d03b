"""Every page of the product, found in its own map of addresses, so that a new page is looked at by itself.

Each is opened once, by someone of the cast who may see it. Pages that only a POST or a person's history brings
stand below as scenes.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.architecture.routes import every_route, the_app
from tests.architecture.samples import a_request
from tests.browser import agenda_scenes, handed_scenes, mail_scenes, spelregel_scenes, strain_scenes
from tests.browser.looking import faults
from tests.browser.site import Site
from tests.browser.world import World
from tests.cast import play
from tests.conftest import disconnect
from tests.onboarding.wizard import Wizard
from vitaal.app import create_app
from vitaal.kernel.web import guard_of

NO_PAGES = {
    "activity.go_to",  # the way to a page
    "agenda.ask_order",  # after a round; a scene
    "agenda.download_meeting",  # a file
    "agenda.empty_list",  # a file
    "agenda.export",  # a file
    "agenda.new_action",  # a part of a page
    "agenda.rate_next",  # the way to a page
    "agenda.read_calendar",  # for programs
    "agenda.show_line",  # a part of a page
    "agenda.talk_attachment",  # a file
    "agenda.talk_preview",  # a picture
    "decisions.export",  # a file
    "digests.preview_as_it_looks",  # a letter
    "invitations.list_template",  # a file
    "onboarding.report_as_pdf",  # a file
    "post.list_letters",  # for programs
    "post.show_letter",  # a letter
    "programme.report_as_pdf",  # a file
    "reports.take",  # a file
    "spelregels.talk_attachment",  # a file
    "spelregels.talk_preview",  # a picture
    "spelregels.ask_outcome",  # after a round; a scene
    "spelregels.ask_answer",  # during a round; a scene
    "spelregels.ask_round",  # after the reactions; a scene
    "spelregels.edit_wording",  # after the reactions
    "spelregels.sheet",  # a file
}


def pages() -> Iterator[str]:
    """The views that show people a page."""
    for endpoint, _path, method in every_route():
        guard = guard_of(the_app().view_functions[endpoint])
        if method == "GET" and guard and guard.kind != "machine" and endpoint not in NO_PAGES:
            yield endpoint


@pytest.fixture(scope="module")
def world(one_site: Site, chromium: Browser) -> Iterator[World]:
    """The cast on the running site; the coalition in Amersfoort has an open door and someone knocks."""
    app = create_app(one_site.settings)
    cast = play(app)
    a_request(cast, cast.amersfoort)
    agenda_scenes.fill_the_agenda(cast)
    world = World(one_site, cast, chromium)
    yield world
    world.close()
    disconnect(app)
    one_site.start_afresh()


@pytest.mark.parametrize("endpoint", list(pages()))
def test_a_page_is_well_made(world: World, endpoint: str) -> None:
    found = faults(world.open(endpoint)) + world.complaints
    assert not found, "\n".join(found)


def a_place_that_is_not_there(world: World) -> Page:
    return world.visit("/w/nergens", "Anna")


def a_place_that_is_closed(world: World) -> Page:
    return world.visit(world.address_of("workspaces.settings"), "Chaima")


def vandaag_in_the_outer_circle(world: World) -> Page:
    return world.visit(world.address_of("workspaces.today"), "Chaima")


def the_circles_in_the_outer_circle(world: World) -> Page:
    return world.visit(world.address_of("workspaces.circles"), "Chaima")


def the_places_of_someone_with_several(world: World) -> Page:
    return world.visit("/", "Olga")


def signing_in_with_a_typing_error(world: World) -> Page:
    page = world.open("people.sign_in")
    return press(page, "Stuur mij de knop")


def a_wrong_code(world: World) -> Page:
    page = world.open("people.enter_code")
    page.get_by_label("Of typ de code uit de mail").fill("12")
    return press(page, "Ga verder")


def a_link_that_is_over(world: World) -> Page:
    return world.visit("/inloggen/een-link-van-gisteren", None)


def inviting_nobody(world: World) -> Page:
    return press(world.open("invitations.invite"), "Verstuur de uitnodiging")


def a_letter_to_look_at_first(world: World) -> Page:
    page = world.open("invitations.invite")
    page.get_by_label("E-mail", exact=True).fill("greet@example.nl")
    page.get_by_label("Namens welke organisatie of groep?").select_option("Wandelclub")
    return press(page, "Bekijk eerst de brief")


def a_list_to_look_at_first(world: World) -> Page:
    page = world.open("invitations.invite_many")
    lines = "Greet <greet@example.nl>\nbram@example.nl\ngeen adres\nPiet; piet@example.nl; Breiclub"
    page.get_by_label("Plak hier je lijst").fill(lines)
    page.get_by_label("Namens welke organisatie of groep?").select_option("Wandelclub")
    return press(page, "Bekijk wat er gebeurt")


def an_invitation_for_someone_we_know(world: World) -> Page:
    return world.visit(world.address_of("invitations.show_invitation"), "Chaima")


def an_invitation_that_nobody_knows(world: World) -> Page:
    return world.visit("/uitnodiging/onzin", None)


def a_municipality_with_coalitions(world: World) -> Page:
    Wizard(world.cast.client("Farah")).fill()
    return world.open("onboarding.municipality")


def the_wizard(step: int) -> Callable[[World], Page]:
    def scene(world: World) -> Page:
        wizard = Wizard(world.cast.client("Farah")).fill()
        return world.visit(f"{wizard.base}/{step}", "Farah")

    scene.__name__ = f"the_wizard_at_step_{step}"
    return scene


def the_wizard_with_nothing_filled_in(world: World) -> Page:
    wizard = Wizard(world.cast.client("Farah"))
    page = world.visit(f"{wizard.base}/1", "Farah")
    page.locator("main button.primary").click()
    return page


SCENES = (
    a_place_that_is_not_there, a_place_that_is_closed, vandaag_in_the_outer_circle, the_circles_in_the_outer_circle,
    the_places_of_someone_with_several, signing_in_with_a_typing_error, a_wrong_code, a_link_that_is_over,
    inviting_nobody, a_letter_to_look_at_first, a_list_to_look_at_first, an_invitation_for_someone_we_know,
    an_invitation_that_nobody_knows, a_municipality_with_coalitions, the_wizard_with_nothing_filled_in,
    *(the_wizard(step) for step in range(1, 6)), *agenda_scenes.SCENES, *strain_scenes.SCENES, *spelregel_scenes.SCENES, *mail_scenes.SCENES, *handed_scenes.SCENES,
)  # fmt: skip


@pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])
def test_a_scene_is_well_made(world: World, scene: Callable[[World], Page]) -> None:
    found = faults(scene(world)) + world.complaints
    assert not found, "\n".join(found)


def press(page: Page, button: str) -> Page:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    return page
