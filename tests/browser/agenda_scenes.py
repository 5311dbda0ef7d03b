"""Pages of the agenda as they are with much on it, and what only a click or a mistake brings."""

from datetime import timedelta

from playwright.sync_api import Page

from tests.agenda.story import an_action, found, member
from tests.browser.world import World
from tests.cast import Cast
from vitaal.agenda import rounds
from vitaal.agenda.round_queries import newest_round
from vitaal.demo import agendas
from vitaal.demo.plan import Locality
from vitaal.demo.stock import CHALLENGES
from vitaal.kernel import clock
from vitaal.kernel.db import db

_WRONG = (
    "Actie;Doel;Wie;Klaar op;Kleur\nSoep;Eten;Bram;24-11-2030;\nBrood;;Niemand;31-02-2030;\nBrood;;;;groen\n"
)
_PASTED = "https://buurtkamer.example/".ljust(196, "a")


def fill_the_agenda(cast: Cast) -> None:
    """Goals and actions in every state, as in the demo."""
    with cast.acting_as("Anna"):
        agendas.fill(Locality(0, "Amersfoort", CHALLENGES[0]), clock.today())
        db.session.commit()


def _open(world: World, query: str = "", name: str = "Anna") -> Page:
    return world.visit(f"{world.site.url}/w/{world.cast.amersfoort.slug}/agenda{query}", name)


def the_agenda_as_a_list(world: World) -> Page:
    return _open(world)


def the_agenda_by_person(world: World) -> Page:
    return _open(world, "?groep=persoon")


def the_agenda_of_the_outer_circle(world: World) -> Page:
    return _open(world, name="Chaima")


def the_board(world: World) -> Page:
    page = _open(world, "?weergave=bord")
    page.get_by_text("Verplaats").first.click()
    return page


def the_timeline(world: World) -> Page:
    return _open(world, "?weergave=tijdlijn")


def the_calendar(world: World) -> Page:
    return _open(world, "?weergave=kalender")


def changing_many_at_once(world: World) -> Page:
    return _open(world, "?aanpassen=1")


def changing_a_status_in_its_place(world: World) -> Page:
    page = _open(world)
    page.get_by_role("link", name="Bezig").first.click()
    page.get_by_role("button", name="Klaar", exact=True).wait_for()
    return page


def adding_under_a_goal(world: World) -> Page:
    page = _open(world)
    page.get_by_role("link", name="Voeg een actie toe aan dit doel").first.click()
    page.get_by_role("link", name="Laat zo", exact=True).wait_for()
    return page


def a_search_that_finds_nothing(world: World) -> Page:
    return _open(world, "?zoek=zeppelin")


def an_action_with_a_long_word(world: World) -> Page:
    return _open(world, f"/{_with_a_long_word(world)}")


def a_long_word_in_the_list(world: World) -> Page:
    _with_a_long_word(world)
    return _open(world, "?zoek=buurtkamer.example")


def a_long_word_on_the_board(world: World) -> Page:
    _with_a_long_word(world)
    return _open(world, "?weergave=bord")


def a_long_word_in_the_calendar(world: World) -> Page:
    _with_a_long_word(world)
    return _open(world, "?weergave=kalender")


def _with_a_long_word(world: World) -> int:
    return an_action(world.cast, _PASTED, reason=_PASTED, serves=_PASTED, due_on=clock.today())


def an_action_without_a_title(world: World) -> Page:
    page = _open(world, "/nieuw/uitgebreid")
    page.get_by_label("Wanneer is het klaar?").fill("2020-01-01")
    page.get_by_label("Wanneer begint het?").fill("2021-01-01")
    page.get_by_role("main").get_by_role("button", name="Zet op de agenda").click()
    return page


def an_action_that_two_changed(world: World) -> Page:
    number = an_action(world.cast, "Stoelen lenen")
    page = _open(world, f"/{number}/aanpassen")
    with world.cast.acting_as("Anna"):
        found(number).change(by=member(world.cast, "Anna"), title="Stoelen kopen")
        db.session.commit()
    page.get_by_label("Wat gaan we doen?").fill("Stoelen maken")
    page.get_by_role("main").get_by_role("button", name="Bewaar", exact=True).first.click()
    return page


def a_list_to_bring_in(world: World) -> Page:
    page = _open(world, "/import")
    page.get_by_label("Je lijst", exact=True).set_input_files(
        {"name": "lijst.csv", "mimeType": "text/csv", "buffer": _WRONG.encode()}
    )
    page.get_by_role("main").get_by_role("button", name="Bekijk de lijst").click()
    return page


def the_order_after_a_round(world: World) -> Page:
    cast = world.cast
    with cast.acting_as("Anna"):
        by = member(cast, "Anna")
        before = newest_round()
        if before and before.is_open:
            rounds.close(before, by=by)
        chosen = [found(an_number) for an_number in (1, 2)]
        opened = rounds.open_round(chosen, closes_on=clock.today() + timedelta(7), why="", by=by)
        rounds.close(opened, by=by)
        round_id = opened.id
        db.session.commit()
    return _open(world, f"/kiezen/{round_id}/volgorde")


SCENES = (
    the_agenda_as_a_list, the_agenda_by_person, the_agenda_of_the_outer_circle, the_board, the_timeline, the_calendar,
    changing_many_at_once, changing_a_status_in_its_place, adding_under_a_goal, a_search_that_finds_nothing,
    an_action_without_a_title, an_action_that_two_changed, a_list_to_bring_in, the_order_after_a_round,
    an_action_with_a_long_word, a_long_word_in_the_list, a_long_word_on_the_board, a_long_word_in_the_calendar,
)  # fmt: skip
