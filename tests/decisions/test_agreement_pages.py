"""The pages of agreements: writing one down, looking whether it works, and handing it over."""

from datetime import timedelta

import pytest

from tests.agenda.story import an_action, member
from tests.cast import Cast
from tests.counting import statements
from tests.decisions.story import (
    A_MONTH,
    address,
    agreed,
    decided,
    link,
    main_of,
    of_action,
    send,
    the_agreement,
)
from vitaal.decisions import agreeing
from vitaal.decisions.models import Agreement, AgreementCheck, Outcome
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Circle, Partner, Reach

TODAY = clock.today()
LATER = (TODAY + A_MONTH).isoformat()


def typed(cast: Cast, who: str = "Bram", **more: str) -> dict[str, str]:
    return {
        "text": "Wie kookt, wast niet af.", "owner": str(cast.amersfoort.members[who]), "check_on": LATER,
        "agreed_on": TODAY.isoformat(), "circle": "outer", **more,
    }  # fmt: skip


def test_an_agreement_with_a_decision_leads_to_it_and_back(cast: Cast) -> None:
    decision_id = decided(cast, "Wij koken op dinsdag.", at=of_action(cast, an_action(cast, "Samen eten")))
    page = main_of(cast.client("Bram").get(address(cast, "besluiten", decision_id)))
    form = cast.client("Bram").get(link(page, "Leg een afspraak vast"))
    assert "het besluit ‘Wij koken op dinsdag.’" in form.text
    made = send(cast, "Bram", main_of(form).find("form", class_="card")["action"], typed(cast))
    assert made.status_code == 303
    main = main_of(cast.client("Chaima").get(made.location))
    assert link(main, "Wij koken op dinsdag.") == address(cast, "besluiten", decision_id)
    assert link(main, "de actie ‘Samen eten’")
    page = main_of(cast.client("Chaima").get(address(cast, "besluiten", decision_id)))
    assert link(page, "Wie kookt, wast niet af.") == made.location


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Schrijf op wat jullie afspreken."),
        ({"owner": ""}, "Kies iemand uit de lijst."),
        ({"owner": "onzin"}, "Kies iets uit de lijst."),
        ({"check_on": ""}, "Kies een dag."),
        ({"check_on": TODAY.isoformat()}, "Kies een dag die nog komt."),
        ({"check_on": "31-02-2027"}, "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"agreed_on": LATER}, "niet een dag die nog komt."),
    ],
)
def test_what_cannot_be_is_refused_kindly_and_stays(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    answer = send(cast, "Bram", address(cast, "afspraken/nieuw"), typed(cast, **wrong))
    assert answer.status_code == 422
    assert sentence in main_of(answer).find(role="alert").get_text()
    what = {**typed(cast), **wrong}
    assert main_of(answer).find(id="text").get_text().strip() == what["text"]
    assert main_of(answer).find(id="check_on")["value"] == what["check_on"]
    with cast.acting_as("Bram"):
        assert db.session.query(Agreement).count() == 0


def test_who_cannot_read_it_does_not_look_after_it(cast: Cast) -> None:
    sentence = "Chaima staat in de buitencirkel en kan dit dan niet lezen."
    new = send(cast, "Bram", address(cast, "afspraken/nieuw"), typed(cast, "Chaima", circle="inner"))
    assert (new.status_code, sentence in new.text) == (422, True)
    at = of_action(cast, an_action(cast, "Schulden", circle=Circle.INNER))
    inner = send(cast, "Bram", address(cast, f"afspraken/nieuw?bij={at}"), typed(cast, "Chaima"))
    assert (inner.status_code, sentence in inner.text) == (422, True)
    path = address(cast, "afspraken", agreed(cast, circle=Circle.INNER), "eigenaar")
    over = {"eigenaar-version": "1", "eigenaar-owner": str(cast.amersfoort.members["Chaima"])}
    given = send(cast, "Bram", path, over)
    assert (given.status_code, sentence in given.text) == (422, True)


def test_who_looks_after_it_says_whether_it_works(cast: Cast) -> None:
    agreement_id = agreed(cast, owner="Chaima")
    here = address(cast, "afspraken", agreement_id)
    main = main_of(cast.client("Chaima").get(here))
    form = main.find("form", class_="stack")
    version = form.find("input", attrs={"name": "version"})["value"]
    kept = {"version": version, "outcome": "keep", "next_on": LATER, "lesson": "Een rooster helpt."}
    assert send(cast, "Chaima", form["action"], kept).status_code == 303
    main = main_of(cast.client("Bram").get(here))
    text = main.find("section", attrs={"aria-labelledby": "tot-nu-toe"}).get_text(" ", strip=True)
    assert "Chaima Een rooster helpt. Blijft tot" in text
    done = {"version": "2", "outcome": "done", "next_on": "31-02-2027", "lesson": ""}
    assert send(cast, "Bram", form["action"], done).status_code == 303
    main = main_of(cast.client("Chaima").get(here))
    assert main.find(class_="head").find(class_="tag").get_text() == "Klaar"
    assert not main.find("form")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"outcome": ""}, "Kies wat jullie met de afspraak doen."),
        ({"outcome": "keep"}, "Kies de dag waarop jullie weer kijken."),
        ({"outcome": "keep", "next_on": TODAY.isoformat()}, "Kies een dag die nog komt."),
        ({"outcome": "keep", "next_on": "31-02-2027"}, "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"outcome": "stop", "lesson": "a" * 2001}, "Maak dit korter"),
    ],
)
def test_a_check_that_cannot_be_is_refused_kindly_and_stays(
    cast: Cast, wrong: dict[str, str], sentence: str
) -> None:
    path = address(cast, "afspraken", agreed(cast), "terugblikken")
    answer = send(cast, "Bram", path, {"version": "1", "lesson": "Het werkt", **wrong})
    assert answer.status_code == 422
    main = main_of(answer)
    assert sentence in main.find(role="alert").get_text()
    assert main.find(id="lesson").get_text().strip() == {"lesson": "Het werkt", **wrong}["lesson"]
    with cast.acting_as("Bram"):
        assert db.session.query(AgreementCheck).count() == 0


def test_of_two_who_look_the_second_sees_what_the_first_said_and_loses_nothing(cast: Cast) -> None:
    path = address(cast, "afspraken", agreed(cast), "terugblikken")
    for outcome, more in (("keep", {"next_on": LATER}), ("done", {})):
        version = "1" if outcome == "keep" else "2"
        first = {"version": version, "outcome": outcome, "lesson": f"Eerst: {outcome}", **more}
        assert send(cast, "Anna", path, first).status_code == 303
        second = send(cast, "Bram", path, {"version": version, "outcome": "stop", "lesson": "Mijn les"})
        assert second.status_code == 409
        main = main_of(second)
        assert "Iemand anders veranderde deze afspraak net ook." in main.find(role="alert").get_text()
        assert f"Eerst: {outcome}" in main.get_text()
        assert main.find(id="lesson").get_text().strip() == "Mijn les"
        assert main.find("input", attrs={"name": "version"})["value"] == str(int(version) + 1)


def test_an_agreement_is_handed_over_by_the_inner_circle(cast: Cast) -> None:
    agreement_id = agreed(cast)
    here = address(cast, "afspraken", agreement_id)
    over = {"eigenaar-version": "1", "eigenaar-owner": str(cast.amersfoort.members["Chaima"])}
    assert send(cast, "Bram", f"{here}/eigenaar", over).status_code == 303
    assert "Chaima" in main_of(cast.client("Bram").get(here)).aside.find(class_="who").get_text()
    late = send(
        cast, "Anna", f"{here}/eigenaar", {**over, "eigenaar-owner": str(cast.amersfoort.members["Anna"])}
    )
    assert late.status_code == 409
    assert send(cast, "Chaima", f"{here}/eigenaar", over).status_code == 403
    with cast.acting_as("Anna"):
        assert the_agreement(agreement_id).owner_id == cast.amersfoort.members["Chaima"]


def test_members_of_the_outer_circle_do_not_read_each_others_names(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partner = db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners["Chaima"]))
        riet = welcome_helped("Riet", partner, reach=Reach.PHONE, contact="(0123) 45 67 89",
                              helper=member(cast, "Bram"), consented_on=TODAY, by=member(cast, "Anna"))  # fmt: skip
        db.session.commit()
        cast.amersfoort.members["Riet"] = riet.id
    agreement_id = agreed(cast, owner="Riet")
    with cast.acting_as("Anna"):
        agreeing.check(
            the_agreement(agreement_id),
            Outcome.KEEP,
            by=member(cast, "Anna"),
            version=1,
            next_on=TODAY + A_MONTH,
        )
        db.session.commit()
    here = address(cast, "afspraken", agreement_id)
    for path in (here, address(cast, "besluiten")):
        assert "Riet" in cast.client("Bram").get(path).text
        text = cast.client("Chaima").get(path).text
        assert "Riet" not in text
        assert "Iemand uit de buitencirkel" in text
    with cast.client("Chaima").get(address(cast, "besluiten/export/csv")) as answer:
        assert "Riet" not in answer.text


def test_who_said_whether_it_works_is_named_only_to_who_may_know(cast: Cast) -> None:
    agreement_id = agreed(cast, owner="Chaima")
    with cast.acting_as("Chaima"):
        agreeing.check(
            the_agreement(agreement_id),
            Outcome.KEEP,
            by=member(cast, "Chaima"),
            version=1,
            next_on=TODAY + A_MONTH,
        )
        db.session.commit()
    with cast.acting_as("Anna"):
        agreeing.hand_over(
            the_agreement(agreement_id), member(cast, "Bram"), by=member(cast, "Anna"), version=2
        )
        member(cast, "Bram").circle = Circle.OUTER
        db.session.commit()
    here = address(cast, "afspraken", agreement_id)
    assert "Chaima" in main_of(cast.client("Anna").get(here)).get_text()
    assert "Chaima" not in main_of(cast.client("Bram").get(here)).get_text()


def test_many_looks_back_ask_few_statements(cast: Cast) -> None:
    agreement_id = agreed(cast, at=f"besluit:{decided(cast, at=of_action(cast, an_action(cast)))}")
    with cast.acting_as("Bram"):
        for version in range(1, 20):
            agreeing.check(
                the_agreement(agreement_id), Outcome.KEEP, by=member(cast, "Bram"), version=version,
                next_on=TODAY + timedelta(days=version),
            )  # fmt: skip
        db.session.commit()
    for path in (f"afspraken/{agreement_id}", "afspraken/nieuw"):
        with statements(cast.app) as asked:
            assert cast.client("Anna").get(address(cast, path)).status_code == 200
        assert len(asked) <= 12, (path, asked)
