"""The page of one action: everyone who may see it reads it, the inner circle keeps it up to date."""

import pytest

from tests.agenda.story import address, an_action, found, member, page
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda import helping, steps
from vitaal.agenda.models import Action
from vitaal.kernel.db import db


def with_everything(cast: Cast) -> int:
    number = an_action(cast, "Vervoer regelen", reason="Tien **chauffeurs**", serves="mensen die slecht lopen",
                       labels=["vervoer"], owner_id=cast.amersfoort.members["Bram"])  # fmt: skip
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        steps.add(found(number), "Bellen", "Rijden", by=anna)
        helping.help_with(found(number), member(cast, "Chaima"), by=anna)
        db.session.commit()
    return number


def test_everyone_reads_what_why_who_and_how_far(cast: Cast) -> None:
    number = with_everything(cast)
    for name in ("Bram", "Chaima"):
        text = page(cast, name, address(cast, number)).main.get_text(" ")
        for word in (
            "Vervoer regelen",
            "Tien",
            "chauffeurs",
            "mensen die slecht lopen",
            "Bram",
            "Bellen",
            "Te doen",
        ):
            assert word in text, f"{name} does not read {word}"
    assert page(cast, "Bram", address(cast, number)).main.find("strong").get_text() == "chauffeurs"


def test_who_when_and_how_far_come_before_the_talk(cast: Cast) -> None:
    main = page(cast, "Bram", address(cast, with_everything(cast))).main
    parts = [part.get("id") or part.name for part in main.select("aside, #over, #praat, #loop")]
    assert parts == ["aside", "over", "praat", "loop"]


def test_an_action_of_the_inner_circle_is_not_there_for_the_outer(cast: Cast) -> None:
    number = an_action(cast, "Geld verdelen", circle="inner")
    assert cast.client("Chaima").get(address(cast, number)).status_code == 404
    assert cast.client("Bram").get(address(cast, number)).status_code == 200


@pytest.mark.parametrize("number", [999, 2**31, 2**40])
def test_a_number_that_nobody_gave_is_not_found(cast: Cast, number: int) -> None:
    assert cast.client("Anna").get(address(cast, number)).status_code == 404


def test_the_page_asks_at_most_twelve_statements(cast: Cast) -> None:
    number = with_everything(cast)
    bram = cast.client("Bram")
    for path in (address(cast, number), address(cast, number, "aanpassen"), address(cast, number, "helpers")):
        with statements(cast.app) as asked:
            assert bram.get(path).status_code == 200
        assert len(asked) <= 12, f"{path} asks {len(asked)}"


def test_someone_of_the_outer_circle_offers_help_and_stops_again(cast: Cast) -> None:
    number = an_action(cast)
    chaima = cast.client("Chaima")
    for _twice in range(2):
        assert chaima.post(address(cast, number, "hulp")).status_code == 303
    assert "Chaima" in page(cast, "Anna", address(cast, number)).main.find("aside").get_text()
    assert chaima.post(address(cast, number, "hulp", "einde")).status_code == 303
    assert "Chaima" not in page(cast, "Anna", address(cast, number)).main.find("aside").get_text()


def test_the_inner_circle_writes_down_who_helps(cast: Cast) -> None:
    number = an_action(cast)
    bram = cast.client("Bram")
    chosen = {"helper": str(cast.amersfoort.members["Chaima"])}
    assert bram.post(address(cast, number, "helpers"), data=chosen).status_code == 303
    assert "Chaima" in page(cast, "Bram", address(cast, number, "helpers")).main.get_text()
    stranger = {"helper": str(cast.elsewhere.members["Daan"])}
    assert bram.post(address(cast, number, "helpers"), data=stranger).status_code == 422


def test_steps_are_added_ticked_and_undone(cast: Cast) -> None:
    number = an_action(cast)
    bram = cast.client("Bram")
    assert bram.post(address(cast, number, "stappen"), data={"text": "Bellen"}).status_code == 303
    with cast.acting_as("Bram"):
        step_id = next(iter(steps._hold(found(number))))
    tick = f"/w/{cast.amersfoort.slug}/agenda/stappen/{step_id}/vinkje"
    assert bram.post(tick, data={"klaar": "1"}).status_code == 303
    box = page(cast, "Bram", address(cast, number)).find(role="checkbox")
    assert box["aria-checked"] == "true"
    version = page(cast, "Bram", address(cast, number)).select_one(
        "#loop ~ div input[name=version], input[name=version]"
    )
    assert bram.post(address(cast, number, "ongedaan"), data={"version": version["value"]}).status_code == 303
    assert page(cast, "Bram", address(cast, number)).find(role="checkbox")["aria-checked"] == "false"


def test_an_empty_step_comes_back_with_the_reason(cast: Cast) -> None:
    number = an_action(cast)
    answer = cast.client("Bram").post(address(cast, number, "stappen"), data={"text": " "})
    assert answer.status_code == 422
    assert "Schrijf op wat de stap is." in answer.text


def test_an_idea_becomes_an_action_or_waits_with_a_reason(cast: Cast) -> None:
    first, second = (
        an_action(cast, "Koken", by="Chaima", status="idea"),
        an_action(cast, "Zingen", by="Chaima", status="idea"),
    )
    bram = cast.client("Bram")
    assert bram.post(address(cast, first, "idee")).status_code == 303
    assert bram.post(address(cast, second, "niet-nu"), data={"reason": ""}).status_code == 422
    assert (
        bram.post(address(cast, second, "niet-nu"), data={"reason": "Eerst de zomer door"}).status_code == 303
    )
    with cast.acting_as("Anna"):
        assert (found(first).status, found(second).status) == ("to_do", "stopped")
    assert "Eerst de zomer door" in page(cast, "Chaima", address(cast, second)).main.get_text()


def test_what_is_thrown_away_lies_in_the_trash_and_comes_back(cast: Cast) -> None:
    number = an_action(cast)
    bram = cast.client("Bram")
    assert bram.post(address(cast, number, "prullenbak")).status_code == 303
    trash = f"/w/{cast.amersfoort.slug}/agenda/prullenbak"
    assert "Samen eten" in page(cast, "Bram", trash).main.get_text()
    assert "Samen eten" not in page(cast, "Bram", f"/w/{cast.amersfoort.slug}/agenda").main.get_text()
    assert bram.post(address(cast, number, "terug")).status_code == 303
    assert "Samen eten" in page(cast, "Bram", f"/w/{cast.amersfoort.slug}/agenda").main.get_text()


def test_the_archive_keeps_what_was_put_away(cast: Cast) -> None:
    number = an_action(cast)
    assert cast.client("Bram").post(address(cast, number, "archief")).status_code == 303
    assert "Samen eten" in page(cast, "Chaima", f"/w/{cast.amersfoort.slug}/agenda/archief").main.get_text()


@pytest.mark.parametrize(
    "path", ["aanpassen", "helpers", "archief", "prullenbak", "ongedaan", "idee", "status"]
)
def test_the_outer_circle_changes_nothing(cast: Cast, path: str) -> None:
    number = an_action(cast)
    assert cast.client("Chaima").post(address(cast, number, path), data={}).status_code == 403
    with cast.acting_as("Anna"):
        assert isinstance(found(number), Action)
        assert found(number).version == 1
