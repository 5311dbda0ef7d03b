"""What municipalities and programmes read of reports: a few, more than a page, and none any more."""

from playwright.sync_api import Page

from tests.browser.world import World
from tests.reports.handing import many_handed
from vitaal.reports import handed

OFFICE, PROGRAMME = "/gemeente/amersfoort", "/programma/vitaal-ouder"


def a_municipality_with_reports(world: World) -> Page:
    many_handed(world.cast, 3)
    return world.visit(f"{world.site.url}{OFFICE}", "Farah")


def a_programme_with_more_reports_than_a_page(world: World) -> Page:
    many_handed(world.cast, handed.PAGE + 1, programme=True)
    return world.visit(f"{world.site.url}{PROGRAMME}/rapporten", "Els")


def the_end_of_the_reports(world: World) -> Page:
    page = a_programme_with_more_reports_than_a_page(world)
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
        page.wait_for_load_state()
    return page


SCENES = (a_municipality_with_reports, a_programme_with_more_reports_than_a_page, the_end_of_the_reports)
