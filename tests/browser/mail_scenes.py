"""One's own mail as it is for someone with many places, with a mistake, during a pause, and when it was stopped."""

from datetime import timedelta

from playwright.sync_api import Page

from tests.browser.world import World
from tests.digests.preferring import takes_part_in
from vitaal.digests.unsubscribing import secret_for
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.post import bounces


def my_mail_of_many_places(world: World) -> Page:
    for number in range(5):
        takes_part_in(world.cast, "Bram", f"Samen aan tafel in wijk {number}")
    page = world.visit(f"{world.site.url}/mijn/mail", "Bram")
    page.locator("summary", has_text="wijk 2").click()
    return page


def my_mail_with_a_mistake(world: World) -> Page:
    page = world.visit(f"{world.site.url}/mijn/mail", "Anna")
    page.get_by_role("button", name="Ik ben er even niet").click()
    page.locator("#until-e").wait_for()
    return page


def my_mail_while_i_am_away(world: World) -> Page:
    page = world.visit(f"{world.site.url}/mijn/mail", "Chaima")
    page.get_by_label("Geen mail tot en met").fill((clock.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Ik ben er even niet").click()
    page.get_by_role("button", name="Ik ben er weer").wait_for()
    return page


def my_mail_that_does_not_arrive(world: World) -> Page:
    with world.app.app_context():
        bounces.remember("daan@example.nl", "550 Unknown user")
        db.session.commit()
    return world.visit(f"{world.site.url}/mijn/mail", "Daan")


def my_mail_without_a_place(world: World) -> Page:
    return world.visit(f"{world.site.url}/mijn/mail", "Els")


def stopping_what_is_told_at_once(world: World) -> Page:
    return world.visit(_stop(world, "Bram", at_once=True), None)


def what_was_told_at_once_is_stopped(world: World) -> Page:
    page = world.visit(_stop(world, "Chaima", at_once=True), None)
    page.get_by_role("button", name="Stop met deze mail").click()
    page.get_by_role("heading", name="Bewaard").wait_for()
    return page


def the_digest_is_stopped(world: World) -> Page:
    page = world.visit(_stop(world, "Chaima", at_once=False), None)
    page.get_by_role("main").get_by_role("button", name="Bewaar").click()
    page.get_by_role("heading", name="Bewaard").wait_for()
    return page


def _stop(world: World, who: str, *, at_once: bool) -> str:
    place = world.cast.amersfoort.id if at_once else None
    with world.app.app_context():
        secret = secret_for(world.cast.people[who], workspace_id=place, at_once=at_once)
    return f"{world.site.url}/mail/stop/{secret}"


SCENES = (
    my_mail_of_many_places, my_mail_with_a_mistake, my_mail_while_i_am_away, my_mail_that_does_not_arrive,
    my_mail_without_a_place, stopping_what_is_told_at_once, what_was_told_at_once_is_stopped, the_digest_is_stopped,
)  # fmt: skip
