"""Pages of proposals in every stage, and as only a mistake brings them."""

from playwright.sync_api import Page

from tests.agenda.story import member
from tests.browser.world import World
from tests.spelregels.story import a_proposal, a_rule, closes, found, says, take_step
from vitaal.kernel.db import db
from vitaal.spelregels import deciding, proposing
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.proposing import Text

_WORRY = "Wie van ver komt, haalt dat niet met de bus."


def _open(world: World, number: int, name: str, *more: str) -> Page:
    slug = world.cast.amersfoort.slug
    path = "/".join([f"/w/{slug}/spelregels/voorstellen/{number}", *more])
    return world.visit(world.site.url + path, name)


def _press(page: Page, button: str) -> Page:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    return page


def a_proposal_without_a_guide(world: World) -> Page:
    return _open(world, a_proposal(world.cast, guide=None), "Bram")


def going_on_too_early(world: World) -> Page:
    return _press(_open(world, a_proposal(world.cast), "Anna"), "Ga nu door naar: reageren")


def a_text_that_changed_with_what_others_offered(world: World) -> Page:
    return _open(world, _offered(world), "Bram")


def leaving_out_without_a_reason(world: World) -> Page:
    page = _open(world, _offered(world), "Bram")
    page.get_by_role("link", name="Neem over of leg uit").first.click()
    return _press(page, "Laat het zoals het was")


def a_round_in_which_the_reader_has_still_to_speak(world: World) -> Page:
    return _open(world, a_proposal(world.cast, stage=Stage.ROUND), "Bram")


def objecting_without_a_reason(world: World) -> Page:
    page = _open(world, a_proposal(world.cast, stage=Stage.ROUND), "Bram")
    page.get_by_text("We hebben een bezwaar").click()
    return _press(page, "Geef je antwoord")


def a_round_in_which_everyone_spoke(world: World) -> Page:
    number = a_proposal(world.cast, stage=Stage.ROUND)
    says(world.cast, "Bram", number, Answer.WORRY, _WORRY)
    says(world.cast, "Anna", number, Answer.AGREE)
    return _open(world, number, "Anna")


def a_round_too_short(world: World) -> Page:
    page = _open(world, a_proposal(world.cast, stage=Stage.ADJUSTING), "Anna", "ronde")
    page.get_by_label("Tot en met welke dag?").fill("2026-01-01")
    return _press(page, "Open de ronde nu")


def a_second_round_after_an_objection(world: World) -> Page:
    number = _objected(world)
    with world.cast.acting_as("Bram"):
        proposal = found(number)
        now = Text.of(proposal.text)
        better = Text("We beginnen om half elf", now.example, now.why, now.review_on)
        proposing.reword(proposal, better, by=member(world.cast, "Bram"), wording=1)
        db.session.commit()
    take_step(world.cast, number, Stage.ROUND)
    return _open(world, number, "Anna", "antwoord", str(world.cast.amersfoort.partners["Anna"]))


def an_objection_to_talk_about(world: World) -> Page:
    number = _objected(world)
    return _press(
        _open(world, number, "Anna", "bezwaren", str(world.cast.amersfoort.partners["Anna"])),
        "Schrijf dit bij het besluit",
    )


def a_decision_to_round_off(world: World) -> Page:
    number = a_proposal(world.cast, stage=Stage.ROUND)
    says(world.cast, "Bram", number, Answer.AGREE)
    says(world.cast, "Anna", number, Answer.AGREE)
    closes(world.cast, number)
    return _press(_open(world, number, "Anna", "afronding"), "Leg dit vast")


def a_proposal_that_was_withdrawn(world: World) -> Page:
    number = a_proposal(world.cast)
    with world.cast.acting_as("Bram"):
        deciding.withdraw(found(number), "Het hoeft niet", by=member(world.cast, "Bram"))
        db.session.commit()
    return _open(world, number, "Anna")


def proposing_nothing_about_a_rule(world: World) -> Page:
    a_rule(world.cast, "We luisteren eerst")
    slug = world.cast.amersfoort.slug
    page = world.visit(f"{world.site.url}/w/{slug}/spelregels/voorstellen/nieuw?thema=choosing", "Bram")
    return _press(page, "Leg je voorstel voor")


def _offered(world: World) -> int:
    number = a_proposal(world.cast, stage=Stage.REACTIONS)
    with world.cast.acting_as("Anna"):
        for title in ("We beginnen om tien uur", "We eindigen op tijd"):
            changes = {"title": title, "example": "De koffie staat klaar.", "why": "Dan weet je het."}
            proposing.offer(found(number), changes, by=member(world.cast, "Anna"))
        db.session.commit()
    take_step(world.cast, number, Stage.ADJUSTING)
    return number


def _objected(world: World) -> int:
    number = a_proposal(world.cast, stage=Stage.ROUND)
    says(world.cast, "Anna", number, Answer.OBJECTION, _WORRY)
    says(world.cast, "Bram", number, Answer.AGREE)
    closes(world.cast, number)
    return number


SCENES = (
    a_proposal_without_a_guide, going_on_too_early, a_text_that_changed_with_what_others_offered,
    leaving_out_without_a_reason, a_round_in_which_the_reader_has_still_to_speak, objecting_without_a_reason,
    a_round_in_which_everyone_spoke, a_round_too_short, a_second_round_after_an_objection,
    an_objection_to_talk_about, a_decision_to_round_off, a_proposal_that_was_withdrawn,
    proposing_nothing_about_a_rule,
)  # fmt: skip
