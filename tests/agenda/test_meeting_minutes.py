"""The agenda of a meeting, what was said and decided, and what came of it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.agenda.meetings import address, letters, planned, points, the
from tests.agenda.story import an_action, meanwhile, member, page
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda import minutes
from vitaal.agenda.action_words import origin
from vitaal.agenda.meeting_queries import points_of
from vitaal.agenda.meeting_record import record_of
from vitaal.agenda.models import Action, Point
from vitaal.decisions.models import Decision, How
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.method import ingredients

DECIDED = {
    "besluit-text": "Wij beginnen in mei.",
    "besluit-how": "consent",
    "besluit-decided_on": clock.today().isoformat(),
}


def agenda(cast: Cast, number: int, name: str = "Anna") -> list[str]:
    """The points that someone sees, in their order."""
    with cast.acting_as(name):
        return [point.title for point in points_of(the(number))]


def decisions(cast: Cast) -> dict[str, Decision]:
    """Every decision, by its text; within `acting_as`."""
    return {decision.text: decision for decision in db.session.query(Decision)}


def decided(cast: Cast, number: int, point_id: UUID, text: str = "Wij beginnen in mei.") -> UUID:
    with cast.acting_as("Bram"):
        point = here(Point, point_id)
        assert point
        made = minutes.decide(
            the(number), point, text, how=How.CONSENT, on=clock.today(), by=member(cast, "Bram")
        )
        db.session.commit()
        return made.id


def test_points_come_from_own_words_from_actions_and_from_the_method(cast: Cast) -> None:
    number, action = planned(cast), an_action(cast, "Vervoer regelen")
    one = ingredients.factors()[0].ingredients[0]
    bram = cast.client("Bram")
    bram.post(address(cast, number, "punten"), data={"title": "Opening", "minutes": "15"})
    shown = page(cast, "Bram", address(cast, number, "punten?q=vervoer")).main
    chosen = {
        "actions": shown.find("input", attrs={"name": "actions"})["value"],
        "ingredients": [one.key, "bestaat-niet"],
    }
    assert bram.post(address(cast, number, "punten", "keuze"), data=chosen).status_code == 303
    assert agenda(cast, number) == ["Opening", "Vervoer regelen", one.name.in_("nl")]
    main = page(cast, "Chaima", address(cast, number)).main
    assert main.find("a", string="Vervoer regelen")["href"].endswith(f"/agenda/{action}")
    assert "14.00 uur · 15 minuten" in main.get_text()
    assert "14.15 uur · uit de actieagenda" in main.get_text()


def test_a_point_without_words_or_with_endless_minutes_is_refused_at_its_place(cast: Cast) -> None:
    number = planned(cast)
    for typed, sentence in (
        ({"title": "", "minutes": "5"}, "Schrijf op waar dit punt over gaat."),
        ({"title": "Opening", "minutes": "601"}, "Vul een getal in van 1 tot en met 600."),
    ):
        answer = cast.client("Bram").post(address(cast, number, "punten"), data=typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert BeautifulSoup(answer.text, "lxml").find(id="minutes")["value"] == typed["minutes"]


def test_points_change_places_their_name_and_go(cast: Cast) -> None:
    number = planned(cast)
    _, second, third = points(cast, number, "Een", "Twee", "Drie")
    bram = cast.client("Bram")
    bram.post(address(cast, number, "punten", third, "plaats"), data={"naar": "op"})
    assert agenda(cast, number) == ["Een", "Drie", "Twee"]
    bram.post(address(cast, number, "punten", second, "plaats"), data={"naar": "neer"})
    assert agenda(cast, number) == ["Een", "Drie", "Twee"]
    bram.post(address(cast, number, "punten", second), data={"punt-title": "Rondvraag", "punt-minutes": ""})
    bram.post(address(cast, number, "punten", third, "verwijdering"))
    assert agenda(cast, number) == ["Een", "Rondvraag"]


def test_a_point_about_an_inner_action_is_hidden_from_the_outer_circle_with_all_that_came_of_it(
    cast: Cast, worker: Flask
) -> None:
    number = planned(cast)
    an_action(cast, "Begroting", circle="inner")
    points(cast, number, "Opening")
    with cast.acting_as("Anna"):
        meeting = the(number)
        (secret,) = minutes.add_points(meeting, minutes.from_actions(db.session.query(Action).all()))
        secret.take_note("Het is te duur.", by=member(cast, "Anna"), version=1)
        minutes.decide(meeting, secret, "Minder geld", how=How.MANDATE, on=clock.today(), by=member(cast, "Anna"))  # fmt: skip
        minutes.note_attendance(meeting, [cast.amersfoort.members["Anna"]], by=member(cast, "Anna"))
        minutes.send(meeting)
        db.session.commit()
    assert agenda(cast, number, "Chaima") == ["Opening"]
    text = page(cast, "Chaima", address(cast, number)).main.get_text()
    news = page(cast, "Chaima", f"/w/{cast.amersfoort.slug}").main.get_text()
    for seen in (text, news, letters(worker, "Chaima")[-1].text, letters(worker, "Chaima")[-1].html):
        assert not {word for word in ("Begroting", "te duur", "Minder geld") if word in seen}
    mail_to_bram = letters(worker, "Bram")[-1].text
    assert "Begroting" in mail_to_bram
    assert "Minder geld" in mail_to_bram


def test_of_two_who_take_notes_at_once_the_second_sees_both(cast: Cast) -> None:
    number = planned(cast)
    (point,) = points(cast, number, "Opening")
    path = address(cast, number, "punten", point, "notitie")
    seen = page(cast, "Bram", address(cast, number, "punten", point)).main.find("input", attrs={"name": "version"})["value"]  # fmt: skip
    first = cast.client("Bram").post(path, data={"version": seen, "note": "Koffie was op."})
    assert first.status_code == 303
    second = cast.client("Anna").post(path, data={"version": seen, "note": "Thee was op."})
    assert second.status_code == 409
    soup = BeautifulSoup(second.text, "lxml").main
    assert soup.find(id="note").get_text().strip() == "Thee was op."
    assert "Koffie was op." in soup.find(role="alert").get_text()
    both = {"version": soup.find("input", attrs={"name": "version"})["value"], "note": "Koffie en thee op."}
    assert cast.client("Anna").post(path, data=both).status_code == 303
    with cast.acting_as("Bram"):
        assert here(Point, point).note == "Koffie en thee op."


def test_a_note_that_is_kept_while_typing_tells_the_page_its_new_version(cast: Cast) -> None:
    number = planned(cast)
    (point,) = points(cast, number, "Opening")
    answer = cast.client("Bram").post(
        address(cast, number, "punten", point, "notitie"),
        data={"version": "1", "note": "Ja"},
        headers={"HX-Request": "true", "HX-Target": "p#bewaard"},
    )
    assert answer.status_code == 200
    saved = BeautifulSoup(answer.text, "lxml")
    assert saved.find("input", attrs={"name": "version"})["value"] == "2"
    assert saved.find(id="bewaard").get_text().startswith("Bewaard om")


def test_a_note_is_shown_as_text_and_never_as_code(cast: Cast) -> None:
    number = planned(cast)
    (point,) = points(cast, number, "Opening")
    note = {"version": "1", "note": "<script>alert(1)</script> **ja**"}
    cast.client("Bram").post(address(cast, number, "punten", point, "notitie"), data=note)
    main = page(cast, "Chaima", address(cast, number)).main
    assert main.find("strong", string="ja")
    assert not main.find("script")


def test_who_was_there_is_written_down_and_put_right(cast: Cast) -> None:
    number, ids = planned(cast, days=-1), cast.amersfoort.members
    for present in (["Anna", "Bram"], ["Anna", "Chaima"]):
        chosen = {"present": [str(ids[name]) for name in present] + [str(uuid4()), "onzin"]}
        assert (
            cast.client("Bram").post(address(cast, number, "verslag", "aanwezig"), data=chosen).status_code
            == 303
        )
    with cast.acting_as("Anna"):
        record = record_of(the(number))
        assert [guest.invitee.member.name for guest in record.present] == ["Anna", "Chaima"]
        assert [guest.invitee.member.name for guest in record.absent] == ["Bram"]
    assert "Was erbij 2" in page(cast, "Chaima", address(cast, number)).main.get_text(" ", strip=True)


def test_a_decision_is_replaced_and_the_old_one_stays_readable(cast: Cast) -> None:
    number = planned(cast)
    (point,) = points(cast, number, "Begin")
    bram = cast.client("Bram")
    assert bram.post(address(cast, number, "punten", point, "besluiten"), data=DECIDED).status_code == 303
    with cast.acting_as("Bram"):
        first = decisions(cast)["Wij beginnen in mei."].id
    change = address(cast, number, "besluiten", first, "vervanging")
    assert "Wij beginnen in mei." in page(cast, "Bram", change).main.get_text()
    assert bram.post(change, data={**DECIDED, "besluit-text": "Wij beginnen in juni."}).status_code == 303
    shown = page(cast, "Chaima", address(cast, number)).main
    assert shown.find("del").get_text() == "Wij beginnen in mei."
    assert [b.get_text() for b in shown.select(".note.good b")] == ["Wij beginnen in juni."]
    again = bram.post(change, data={**DECIDED, "besluit-text": "Wij beginnen nooit."})
    assert again.status_code == 409
    assert "Dit besluit is al vervangen." in again.text
    assert "Wij beginnen nooit." in again.text
    with cast.acting_as("Bram"):
        assert set(decisions(cast)) == {"Wij beginnen in mei.", "Wij beginnen in juni."}


def test_with_a_majority_the_minutes_tell_who_saw_it_otherwise_and_until_when_it_holds(
    cast: Cast, worker: Flask
) -> None:
    number = planned(cast, days=-1)
    (point,) = points(cast, number, "Begin")
    path = address(cast, number, "punten", point, "besluiten")
    typed = {
        **DECIDED, "besluit-how": "majority", "besluit-decided_by": "werkgroep Koken",
        "besluit-valid_until": (clock.today() + timedelta(30)).isoformat(),
    }  # fmt: skip
    asked = cast.client("Bram").post(path, data=typed)
    assert asked.status_code == 422
    assert "Schrijf op wat wie het anders zag ervan vond." in asked.text
    typed["besluit-minority"] = "De wandelclub wil juni."
    assert cast.client("Bram").post(path, data=typed).status_code == 303
    cast.client("Anna").post(address(cast, number, "verslag", "verzending"))
    (letter,) = letters(worker, "Chaima")
    shown = page(cast, "Chaima", address(cast, number)).main.get_text(" ", strip=True)
    for told in (shown, letter.text, letter.html):
        assert "door werkgroep Koken: met de meeste stemmen." in told
        assert "De wandelclub wil juni." in told
        assert "Geldt tot en met" in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"besluit-text": ""}, "Schrijf op wat jullie besloten."),
        ({"besluit-how": "dobbelen"}, "Kies iets uit de lijst."),
        ({"besluit-decided_on": "30-02-2026"}, "Kies een dag, bijvoorbeeld 24-11-2026."),
        (
            {"besluit-decided_on": (clock.today() + timedelta(2)).isoformat()},
            "Kies de dag waarop jullie het besloten, niet een dag die nog komt.",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused_kindly(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    number = planned(cast)
    (point,) = points(cast, number, "Begin")
    answer = cast.client("Bram").post(
        address(cast, number, "punten", point, "besluiten"), data={**DECIDED, **typed}
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    with cast.acting_as("Bram"):
        assert decisions(cast) == {}


def test_an_action_made_on_the_spot_stands_on_the_agenda_and_knows_where_it_came_from(cast: Cast) -> None:
    number = planned(cast, "Startbijeenkomst")
    (point,) = points(cast, number, "Vervoer")
    agreed = {
        "actie-title": "Busje lenen", "actie-owner": str(cast.amersfoort.members["Chaima"]),
        "actie-due_on": "2027-02-03", "actie-circle": "outer",
    }  # fmt: skip
    path = address(cast, number, "punten", point, "acties")
    assert cast.client("Bram").post(path, data=agreed).status_code == 303
    with cast.acting_as("Chaima"):
        action = db.session.query(Action).filter_by(title="Busje lenen").one()
        assert action.owner_id == cast.amersfoort.members["Chaima"]
        assert origin(action) == "de bijeenkomst ‘Startbijeenkomst’"
        made = action.number
    shown = page(cast, "Chaima", address(cast, number)).main
    assert shown.find("a", string="Busje lenen")["href"].endswith(f"/agenda/{made}")
    hidden = cast.client("Bram").post(path, data={**agreed, "actie-circle": "inner"})
    assert hidden.status_code == 422
    assert "Chaima staat in de buitencirkel en ziet deze actie dan niet." in hidden.text


def test_a_point_of_which_something_came_stays(cast: Cast) -> None:
    number = planned(cast)
    ids = points(cast, number, "Besloten", "Genoteerd", "Afgesproken", "Leeg")
    decided(cast, number, ids[0])
    with cast.acting_as("Bram"):
        here(Point, ids[1]).take_note("Ja", by=member(cast, "Bram"), version=1)
        minutes.agree(the(number), here(Point, ids[2]), "Bellen", by=member(cast, "Bram"))
        db.session.commit()
    for point in ids:
        answer = cast.client("Bram").post(address(cast, number, "punten", point, "verwijdering"))
        assert answer.status_code == 303
    assert agenda(cast, number) == ["Besloten", "Genoteerd", "Afgesproken"]


def test_a_point_stays_when_someone_notes_something_while_it_is_being_removed(cast: Cast) -> None:
    number = planned(cast)
    (point_id,) = points(cast, number, "Opening")
    with cast.acting_as("Bram"):
        meeting, point = the(number), here(Point, point_id)
        assert point
        note = {"version": "1", "note": "Koffie was op."}
        path = address(cast, number, "punten", point_id, "notitie")
        meanwhile(lambda: cast.client("Anna").post(path, data=note))
        with pytest.raises(minutes.HasOutcome):
            minutes.remove(meeting, point)
    assert agenda(cast, number) == ["Opening"]


def test_a_point_that_someone_else_just_removed_is_simply_gone(cast: Cast) -> None:
    number = planned(cast)
    first, _second = points(cast, number, "Opening", "Rondvraag")
    with cast.acting_as("Bram"):
        meeting, point = the(number), here(Point, first)
        assert point
        path = address(cast, number, "punten", first, "verwijdering")
        meanwhile(lambda: cast.client("Anna").post(path))
        minutes.remove(meeting, point)
        db.session.commit()
    assert agenda(cast, number) == ["Rondvraag"]


def test_the_outer_circle_takes_no_minutes(cast: Cast) -> None:
    number = planned(cast)
    (point,) = points(cast, number, "Opening")
    decision = decided(cast, number, point)
    chaima = cast.client("Chaima")
    for path in (
        "verslag/aanwezig", "verslag/verzending", f"punten/{point}/notitie", f"punten/{point}/besluiten",
        f"punten/{point}/acties", f"punten/{point}/verwijdering", f"besluiten/{decision}/vervanging",
    ):  # fmt: skip
        assert chaima.post(address(cast, number, path), data=DECIDED).status_code == 403, path
    assert cast.client("Bram").post(address(cast, number, "verslag", "verzending")).status_code == 403


def test_minutes_are_mailed_once_and_again_only_when_something_was_put_right(
    cast: Cast, worker: Flask
) -> None:
    number = planned(cast, "Startbijeenkomst", days=-1)
    (point,) = points(cast, number, "Begin")
    anna = cast.client("Anna")
    send = address(cast, number, "verslag", "verzending")
    anna.post(send)
    assert letters(worker, "Chaima") == []
    decided(cast, number, point)
    for _ in range(2):
        anna.post(send)
    for name in ("Anna", "Bram", "Chaima"):
        (letter,) = letters(worker, name)
        assert letter.subject.startswith("Verslag: Startbijeenkomst")
        assert "Besluit: Wij beginnen in mei." in letter.text
    decided(cast, number, point, "En wel op de eerste.")
    assert (
        "Stuur de verbeterde versie" in page(cast, "Anna", address(cast, number, "verslag")).main.get_text()
    )
    anna.post(send)
    first, second = letters(worker, "Chaima")
    assert second.subject.startswith("Verbeterd verslag: Startbijeenkomst")
    assert "En wel op de eerste." not in first.text
    assert "En wel op de eerste." in second.text
    assert "Dit is een verbeterde versie." in second.text


def test_who_left_gets_no_minutes(cast: Cast, worker: Flask) -> None:
    number = planned(cast, days=-1)
    decided(cast, number, points(cast, number, "Begin")[0])
    cast.client("Anna").post(address(cast, number, "verslag", "verzending"))
    with cast.acting_as("Anna"):
        member(cast, "Chaima").left_at = clock.now()
        db.session.commit()
    assert letters(worker, "Chaima") == []
    assert len(letters(worker, "Bram")) == 1


def test_the_pages_ask_at_most_twelve_statements_however_long_the_meeting_was(cast: Cast) -> None:
    number = planned(cast)
    ids = points(cast, number, *(f"Punt {number}" for number in range(20)))
    for point in ids[:5]:
        decided(cast, number, point)
    for count in range(15):
        planned(cast, days=count + 1)
        planned(cast, days=-count - 1)
    paths = ("", f"{number}", f"{number}/verslag", f"{number}/punten", f"{number}/punten/{ids[0]}",
             f"{number}/aanpassen", "nieuw", "volgen")  # fmt: skip
    anna = cast.client("Anna")
    for path in paths:
        with statements(cast.app) as asked:
            assert anna.get(address(cast, path).rstrip("/")).status_code == 200
        assert len(asked) <= 12, (path, asked)
