"""Pages about a strain as only a mistake, or what people wrote before, brings them."""

from datetime import date, timedelta
from uuid import UUID

from playwright.sync_api import Page

from tests.browser.world import World
from tests.spelregels.story import a_rule
from tests.spelregels.strains import address, brought_to_group, brought_up, the
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels import strains
from vitaal.spelregels.models import StrainStage

_HAPPENED = "De datum van het vervoer is twee keer opgeschoven.\nIk hoorde het pas bij de eetmiddag."
_NEEDED = "Dat we elkaar bellen zodra er iets verandert."


def bringing_up_nothing(world: World) -> Page:
    page = world.visit(world.site.url + address(world.cast), "Chaima")
    page.get_by_label("Wat gebeurde er?").fill(_HAPPENED)
    page.get_by_text("Samen met de ander").click()
    return _press(page, "Verstuur")


def a_talk_of_three(world: World) -> Page:
    return _open(world, _of_three(world), "Bram")


def an_agreement_of_two_at_once(world: World) -> Page:
    strain_id = _of_three(world)
    page = _open(world, strain_id, "Bram")
    _go_on(world, strain_id, StrainStage.AGREED, agreed="Wie iets verschuift, belt dezelfde dag.")
    page.get_by_text("Dit spreken we af").click()
    page.get_by_label("Wat spreken jullie af?").fill("We mailen elkaar elke vrijdag.")
    page.get_by_label("Wanneer kijken jullie of het lukt?").fill(_next_week().isoformat())
    return _press(page, "Schrijf deze stap op")


def a_talk_that_is_over(world: World) -> Page:
    strain_id = _of_three(world)
    _go_on(world, strain_id, StrainStage.CLOSED, lesson="Bellen is sneller dan een mail aan iedereen.")
    return _open(world, strain_id, "Bram")


def what_is_for_the_group(world: World) -> Page:
    return _open(world, brought_to_group(world.cast, by="Chaima", happened=_HAPPENED, needed=_NEEDED), "Bram")


def what_i_talk_about(world: World) -> Page:
    _go_on(world, _of_three(world), StrainStage.CLOSED)
    return world.visit(world.site.url + address(world.cast, "lopend"), "Bram")


SCENES = (
    bringing_up_nothing, a_talk_of_three, an_agreement_of_two_at_once, a_talk_that_is_over, what_is_for_the_group,
    what_i_talk_about,
)  # fmt: skip


def _of_three(world: World) -> UUID:
    rule_id = a_rule(world.cast, "Lukt het niet? Dan zeg je het op tijd")
    return brought_up(
        world.cast, by="Chaima", other="Bram", guide="Anna", happened=_HAPPENED, needed=_NEEDED, rule_id=rule_id
    )  # fmt: skip


def _go_on(
    world: World, strain_id: UUID, step: StrainStage, *, agreed: str = "", lesson: str = ""
) -> None:  # fmt: skip
    with world.cast.acting_as("Chaima"):
        strains.follow_up(
            the(strain_id), step, version=1, agreed=agreed, check_on=_next_week() if agreed else None, lesson=lesson
        )  # fmt: skip
        db.session.commit()


def _next_week() -> date:
    return clock.today() + timedelta(days=7)


def _open(world: World, strain_id: UUID, name: str) -> Page:
    return world.visit(world.site.url + address(world.cast, strain_id), name)


def _press(page: Page, button: str) -> Page:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    return page
