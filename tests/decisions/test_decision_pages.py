"""The pages of decisions: reading one, writing one down, and deciding anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.agenda.meetings import planned, the
from tests.agenda.story import an_action, member
from tests.cast import Cast
from tests.counting import statements
from tests.decisions.story import (
    address,
    agreed,
    decided,
    link,
    main_of,
    of_action,
    of_group,
    of_meeting,
    send,
    the_decision,
)
from vitaal.agenda import meetings
from vitaal.decisions import deciding
from vitaal.decisions.models import Decision, How
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle

TODAY = clock.today()
TYPED = {
    "text": "Wij koken op dinsdag.", "how": "consent", "decided_on": TODAY.isoformat(),
    "decided_by": "de binnencirkel", "circle": "outer",
}  # fmt: skip


def test_the_inner_circle_writes_a_decision_down_and_everyone_reads_it(cast: Cast) -> None:
    number = an_action(cast, "Samen eten")
    at = of_action(cast, number)
    form = main_of(cast.client("Bram").get(address(cast, f"besluiten/nieuw?bij={at}"))).find(
        "form", class_="card"
    )
    assert "de actie ‘Samen eten’" in form.find_previous(class_="lead").get_text()
    assert form.find(id="decided_by")["value"] == "de binnencirkel"
    answer = send(cast, "Bram", form["action"], {
        **TYPED, "how": "majority", "minority": "De wandelclub wil vrijdag.", "valid_until": (TODAY + timedelta(9)).isoformat(),
    })  # fmt: skip
    assert answer.status_code == 303
    main = main_of(cast.client("Chaima").get(answer.location))
    shown = main.get_text(" ", strip=True)
    for said in ("Wij koken op dinsdag.", "door de binnencirkel: met de meeste stemmen.", "De wandelclub wil vrijdag.",
                 "Opgeschreven door Bram", "Iedereen die meedoet"):  # fmt: skip
        assert said in shown, said
    assert link(main, "de actie ‘Samen eten’") == address(cast, "agenda", number)
    assert not link(main, "Besluit opnieuw")


@pytest.mark.parametrize(
    ("how", "choice", "line"),
    [
        (How.CONSENT, "Iedereen kan ermee leven", "iedereen kon ermee leven"),
        (How.MAJORITY, "De meeste stemmen telden", "met de meeste stemmen"),
        (How.MANDATE, "Iemand mocht dit namens de groep beslissen", "namens de groep"),
    ],
)
def test_how_it_was_decided_is_said_in_plain_words(cast: Cast, how: How, choice: str, line: str) -> None:
    form = main_of(cast.client("Bram").get(address(cast, "besluiten/nieuw")))
    assert form.find("input", value=how).parent.b.get_text() == choice
    decision_id = decided(cast, how=how)
    shown = main_of(cast.client("Chaima").get(address(cast, "besluiten", decision_id)))
    assert shown.find("dt", string="Hoe besloten jullie dit?").find_next("dd").get_text().startswith(choice)
    assert shown.blockquote.footer.get_text().endswith(f"door de binnencirkel: {line}.")
    register = main_of(cast.client("Chaima").get(address(cast, "besluiten"))).get_text()
    assert f"{line} · de binnencirkel" in register


def test_who_decided_is_filled_in_as_far_as_it_can_be_known(cast: Cast) -> None:
    for at, name in (
        (of_group(cast, "Vervoer"), "werkgroep Vervoer"),
        (of_meeting(cast, planned(cast)), "wie bij de bijeenkomst was"),
        ("", "de binnencirkel"),
    ):
        main = main_of(cast.client("Anna").get(address(cast, f"besluiten/nieuw?bij={at}")))
        assert main.find(id="decided_by")["value"] == name


def test_about_something_of_the_inner_circle_nobody_chooses_who_may_read_it(cast: Cast) -> None:
    at = of_action(cast, an_action(cast, "Schulden", circle=Circle.INNER))
    path = address(cast, f"besluiten/nieuw?bij={at}")
    main = main_of(cast.client("Bram").get(path))
    assert not main.find("input", attrs={"name": "circle"})
    assert "Alleen de binnencirkel kan dit lezen" in main.get_text()
    made = send(cast, "Bram", path, TYPED).location
    assert cast.client("Chaima").get(made).status_code == 404
    assert "Alleen de binnencirkel" in main_of(cast.client("Bram").get(made)).get_text()


@pytest.mark.parametrize("at", ["actie:onzin", f"actie:{UUID(int=1)}", "taart", "besluit:1"])
def test_about_something_that_is_not_there_nothing_is_decided(cast: Cast, at: str) -> None:
    path = address(cast, f"besluiten/nieuw?bij={at}")
    assert cast.client("Bram").get(path).status_code == 404
    assert send(cast, "Bram", path, TYPED).status_code == 404


def test_what_it_is_about_is_thrown_away_just_then_and_nothing_typed_is_lost_or_opened(cast: Cast) -> None:
    number = planned(cast, is_sent=False)
    for form, what in (
        ("besluiten", TYPED),
        ("afspraken", {"text": "Wij bellen.", "owner": str(cast.amersfoort.members["Bram"]),
                       "check_on": (TODAY + timedelta(9)).isoformat(), "agreed_on": TODAY.isoformat()}),
    ):  # fmt: skip
        path, bram = address(cast, f"{form}/nieuw?bij={of_meeting(cast, number)}"), cast.client("Bram")
        with ThreadPoolExecutor(1) as elsewhere, cast.acting_as("Anna"):
            meetings.throw_away(the(number))
            answer = elsewhere.submit(bram.post, path, data=what)
            while not db.session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                assert not answer.done()
            db.session.commit()
        assert answer.result().status_code == 409
        main = main_of(answer.result())
        assert "Waar dit bij hoorde, is net weggegooid." in main.find(role="alert").get_text()
        assert main.find(id="text").get_text().strip() == what["text"]
        assert main.find("form", class_="card")["action"] == address(cast, f"{form}/nieuw")
        assert main.find("input", attrs={"name": "circle"}, checked=True)["value"] == Circle.INNER
        number = planned(cast, is_sent=False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Schrijf op wat jullie besloten."),
        ({"text": "a" * 2001}, "Maak dit korter: er passen 2000 letters in, dit zijn er 1 te veel."),
        ({"text": "Ja\x00"}, "Hier staat een teken in dat we niet kunnen bewaren."),
        ({"how": "dobbelen"}, "Kies iets uit de lijst."),
        ({"how": ""}, "Kies hoe jullie dit besloten."),
        ({"how": "majority"}, "Schrijf op wat wie het anders zag ervan vond."),
        ({"decided_by": " "}, "Schrijf op wie dit besloot."),
        ({"decided_on": "30-02-2026"}, "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"decided_on": (TODAY + timedelta(1)).isoformat()}, "niet een dag die nog komt."),
        ({"decided_on": "1026-11-26"}, "Kies een dag binnen vijf jaar."),
        (
            {"valid_until": (TODAY - timedelta(1)).isoformat()},
            "Kies een dag na die waarop jullie het besloten.",
        ),
        ({"valid_until": "ooit"}, "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"circle": "free"}, "Kies iets uit de lijst."),
        ({"circle": ""}, "Kies wie dit mag lezen."),
    ],
)
def test_what_cannot_be_is_refused_at_its_place_and_stays(
    cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    what = {**TYPED, "minority": "", **typed}
    answer = send(cast, "Bram", address(cast, "besluiten/nieuw"), what)
    assert answer.status_code == 422
    main = main_of(answer)
    assert sentence in main.find(role="alert").get_text()
    assert main.find(id=next(iter(typed))).find_previous(class_="error") or main.find(class_="error")
    for name in ("decided_by", "decided_on"):
        assert main.find(id=name)["value"] == what[name].strip()
    assert answer.text.count("<title>Fout:") == 1
    with cast.acting_as("Bram"):
        assert db.session.query(Decision).count() == 0


def test_a_view_of_who_saw_it_otherwise_goes_with_a_majority_only(cast: Cast) -> None:
    made = send(cast, "Bram", address(cast, "besluiten/nieuw"), {**TYPED, "minority": "Toch niet getypt"})
    assert made.status_code == 303
    assert "Toch niet getypt" not in cast.client("Bram").get(made.location).text


def test_deciding_anew_shows_the_whole_road_from_every_page_of_it(cast: Cast) -> None:
    ids = [decided(cast, "Een")]
    for words in ("Twee", "Drie"):
        path = address(cast, "besluiten", ids[-1], "vervanging")
        main = main_of(cast.client("Bram").get(path))
        assert main.find("textarea", id="text").get_text().strip() == main.blockquote.p.get_text()
        answer = send(cast, "Bram", path, {**TYPED, "text": words})
        assert answer.status_code == 303
        ids.append(answer.location.rsplit("/", 1)[1])
    for place, decision_id in enumerate(ids):
        main = main_of(cast.client("Chaima").get(address(cast, "besluiten", decision_id)))
        road = main.find("section", attrs={"aria-labelledby": "keten"})
        assert [line.p.get_text() for line in road.find_all("li")] == ["Een", "Twee", "Drie"]
        assert road.find("li", attrs={"aria-current": True}).p.get_text() == ["Een", "Twee", "Drie"][place]
        newest = link(main, "Lees wat jullie het laatst besloten")
        assert bool(newest) == (place < 2)
        if newest:
            assert newest == address(cast, "besluiten", ids[2])


def test_what_was_replaced_already_is_not_replaced_again_and_the_text_stays(cast: Cast) -> None:
    first = decided(cast)
    path = address(cast, "besluiten", first, "vervanging")
    assert send(cast, "Anna", path, TYPED).status_code == 303
    again = send(cast, "Bram", path, {**TYPED, "text": "Wij koken nooit."})
    assert again.status_code == 409
    assert "Dit besluit is al vervangen." in again.text
    assert "Wij koken nooit." in again.text
    assert not link(main_of(cast.client("Bram").get(address(cast, "besluiten", first))), "Besluit opnieuw")


def test_every_page_of_the_register_leads_back_to_the_spelregels(cast: Cast) -> None:
    decision_id, agreement_id = decided(cast), agreed(cast)
    for path in ("besluiten", "besluiten/nieuw", f"besluiten/{decision_id}", f"besluiten/{decision_id}/vervanging",
                 "afspraken/nieuw", f"afspraken/{agreement_id}"):  # fmt: skip
        crumbs = main_of(cast.client("Bram").get(address(cast, path))).select_one(".crumbs")
        assert link(crumbs, "Spelregels") == address(cast, "spelregels"), path
        assert "Besluiten en afspraken" in crumbs.get_text()


def test_what_is_over_says_so(cast: Cast) -> None:
    day = TODAY - timedelta(1)
    decision_id = decided(cast, on=TODAY - timedelta(9), valid_until=day)
    main = main_of(cast.client("Chaima").get(address(cast, "besluiten", decision_id)))
    assert f"Gold tot en met {day.day} " in main.find(class_="note").get_text()
    today = decided(cast, valid_until=TODAY)
    assert not main_of(cast.client("Chaima").get(address(cast, "besluiten", today))).find(class_="sun")


def test_what_people_typed_is_shown_as_text(cast: Cast) -> None:
    decision_id = decided(cast, "<script>alert(1)</script>", how=How.MAJORITY, minority="<b>nee</b>")
    for path in ("besluiten", f"besluiten/{decision_id}", f"besluiten/{decision_id}/vervanging"):
        shown = cast.client("Bram").get(address(cast, path)).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_the_outer_circle_writes_nothing(cast: Cast) -> None:
    decision_id = decided(cast)
    for path in ("besluiten/nieuw", f"besluiten/{decision_id}/vervanging", "afspraken/nieuw"):
        assert cast.client("Chaima").get(address(cast, path)).status_code == 403
        assert send(cast, "Chaima", address(cast, path), TYPED).status_code == 403


def test_a_long_road_with_many_agreements_asks_few_statements(cast: Cast) -> None:
    decision_id = decided(cast, at=of_action(cast, an_action(cast)))
    for _ in range(5):
        agreed(cast, at=f"besluit:{decision_id}")
    with cast.acting_as("Bram"):
        last = the_decision(decision_id)
        for number in range(20):
            last = deciding.replace(last, f"{number}", how=How.CONSENT, on=TODAY, by=member(cast, "Bram"))
        db.session.commit()
    for path in (f"besluiten/{decision_id}", f"besluiten/{decision_id}/vervanging", "besluiten/nieuw"):
        with statements(cast.app) as asked:
            assert cast.client("Anna").get(address(cast, path)).status_code == 200
        assert len(asked) <= 12, (path, asked)
