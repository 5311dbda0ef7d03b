"""Bringing up that a rule is strained, and what happens after that, page by page and without JavaScript."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.agenda.story import meanwhile, member, page
from tests.cast import Cast
from tests.counting import statements
from tests.spelregels.story import a_rule
from tests.spelregels.strains import HAPPENED, address, brought_to_group, brought_up, the
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels import strain_waiting, strains
from vitaal.spelregels.models import Strain, StrainStage
from vitaal.spelregels.strain_waiting import TO_CHECK, TO_TALK
from vitaal.workspaces.memberships import give_roles
from vitaal.workspaces.models import Membership, Role, Workspace
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.waiting import Feature, Waits, waiting_for

MOST_STATEMENTS = 12


def send(cast: Cast, name: str, **typed: str) -> TestResponse:
    """Someone sends the form, from the page as it comes."""
    filled = {
        "rule": "iets-anders",
        "happened": HAPPENED,
        "needed": "Dat ik het eerder hoor.",
        "way": "guide",
    }
    return cast.client(name).post(address(cast), data=filled | typed)


def main_of(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml").main


def said(cast: Cast, name: str, strain_id: UUID) -> str:
    """What someone reads on the page of a strain."""
    return page(cast, name, address(cast, strain_id)).main.get_text(" ", strip=True)


def go_on(cast: Cast, name: str, strain_id: UUID, version: int = 1, **typed: str) -> TestResponse:
    return cast.client(name).post(address(cast, strain_id), data={"version": str(version), **typed})


def only_strain(cast: Cast, name: str) -> Strain:
    with cast.acting_as(name):
        found = db.session.scalars(select(Strain)).one()
        db.session.expunge_all()
        return found


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


def ways(form: BeautifulSoup) -> dict[str, str]:
    """Each way to talk, with its words."""
    return {each["value"]: each.parent.b.get_text() for each in form.select("[name=way]")}


def test_the_form_offers_the_rules_that_hold_and_chooses_the_most_private_way(cast: Cast) -> None:
    a_rule(cast, "We luisteren eerst")
    form = page(cast, "Chaima", address(cast)).main.form
    assert [each.get_text() for each in form.find(id="rule").find_all("option")] == [
        "Kies", "1. We luisteren eerst", "Iets anders",
    ]  # fmt: skip
    assert ways(form) == {
        "guide": "Ik wil eerst zelf met Anna praten", "together": "Samen met de ander", "guided": "Met Anna erbij",
        "group": "In de groep",
    }  # fmt: skip
    assert form.select_one("[name=way][checked]")["value"] == "guide"


def test_who_comes_from_a_rule_finds_it_chosen(cast: Cast) -> None:
    a_rule(cast)
    for number, chosen in (("1", "1"), ("7", ""), ("onzin", "")):
        form = page(cast, "Bram", address(cast) + f"?regel={number}").main.form
        options = form.find(id="rule").find_all("option", selected=True)
        assert [each["value"] for each in options] in ([chosen], [] if not chosen else [chosen])


def test_an_outer_member_shares_it_with_a_guide_alone(cast: Cast) -> None:
    a_rule(cast)
    answer = send(cast, "Chaima", rule="1")
    assert answer.status_code == 303
    strain = only_strain(cast, "Chaima")
    assert answer.location == address(cast, strain.id)
    for name in ("Chaima", "Anna"):
        assert HAPPENED in said(cast, name, strain.id)
    assert "Chaima bracht dit in" in said(cast, "Anna", strain.id)
    assert cast.client("Bram").get(address(cast, strain.id)).status_code == 404


def test_an_outer_member_chooses_only_from_those_whose_names_they_may_see(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partner_id = cast.amersfoort.partners["Chaima"]
        db.session.add(
            Membership(id=uuid4(), person_id=cast.people["Farah"], partner_id=partner_id, name="Farah", circle="outer")
        )  # fmt: skip
        db.session.commit()
    for name, others in (("Chaima", ["Anna", "Bram"]), ("Bram", ["Anna", "Chaima", "Farah"])):
        offered = page(cast, name, address(cast)).main.find(id="other").find_all("option")[1:]
        assert [each.get_text().split(",")[0] for each in offered] == others


def test_together_with_the_other_and_with_a_guide(cast: Cast) -> None:
    bram = str(cast.amersfoort.members["Bram"])
    assert send(cast, "Chaima", way="guided", other=bram).status_code == 303
    strain = only_strain(cast, "Bram")
    text = said(cast, "Bram", strain.id)
    assert "Chaima bracht dit in" in text
    assert "Anna begeleidt het gesprek" in text
    assert "Bram praat mee (jij)" in text


def test_in_the_group_nobody_is_named(cast: Cast) -> None:
    assert send(cast, "Bram", way="group").status_code == 303
    strain = only_strain(cast, "Anna")
    seen = page(cast, "Anna", address(cast, strain.id))
    assert HAPPENED in seen.main.get_text()
    assert "Bram" not in seen.get_text()
    assert "Niemand ziet wie dit inbracht" in seen.main.get_text()
    assert "Alleen jij weet dat jij het was" not in seen.main.get_text()
    assert "Alleen jij weet dat jij het was" in said(cast, "Bram", strain.id)
    assert cast.client("Chaima").get(address(cast, strain.id)).status_code == 404
    history = page(cast, "Anna", f"/w/{cast.amersfoort.slug}/geschiedenis").main.get_text()
    assert "spelregel" not in history


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"rule": ""}, "rule", "Kies een spelregel. Weet je het niet? Kies dan ‘Iets anders’."),
        ({"rule": "12"}, "rule", "Kies iets uit de lijst."),
        ({"happened": ""}, "happened", "Schrijf in een paar woorden op wat er gebeurde."),
        ({"happened": "x" * 2_001}, "happened", "Maak dit korter: er passen 2000 letters in, dit zijn er 1 te veel."),
        ({"happened": "Hoi\x00"}, "happened", "Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."),
        ({"way": ""}, "way", "Kies hoe je het wilt bespreken."),
        ({"way": "hardop"}, "way", "Kies iets uit de lijst."),
        ({"way": "together"}, "other", "Kies met wie je wilt praten."),
        ({"way": "together", "other": "iemand"}, "other", "Kies iets uit de lijst."),
        ({"way": "guided", "other": "Anna"}, "other", "De ander en de begeleider zijn nu dezelfde. Kies twee mensen, of praat samen."),
        ({"way": "together", "other": "Chaima"}, "other", "Kies iets uit de lijst."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_where_it_is_missing_and_nothing_is_lost(
    cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    members = cast.amersfoort.members
    answer = send(cast, "Chaima", **{name: str(members.get(value, value)) for name, value in typed.items()})
    shown = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert shown.title.get_text().startswith("Fout:")
    assert shown.main.find(id=f"{field}-e").get_text() == sentence
    assert [each["href"] for each in shown.main.select("#fouten a")] == [f"#{field}"]
    assert shown.main.find(id="needed").get_text().strip() == "Dat ik het eerder hoor."
    with cast.acting_as("Chaima"):
        assert db.session.scalars(select(Strain)).all() == []


def test_what_does_not_belong_to_the_way_that_was_chosen_is_left_alone(cast: Cast) -> None:
    assert send(cast, "Chaima", way="guide", other="onzin").status_code == 303
    assert len(only_strain(cast, "Anna").happened) > 0


def test_who_arranges_alone_is_offered_only_what_is_possible(cast: Cast) -> None:
    form = page(cast, "Anna", address(cast)).main.form
    assert list(ways(form)) == ["together", "group"]
    assert form.select_one("[name=way][checked]")["value"] == "together"
    assert form.find(id="guide") is None
    assert send(cast, "Anna", way="guide").status_code == 422


def test_who_is_there_alone_can_only_tell_the_group(cast: Cast) -> None:
    where = f"/w/{cast.elsewhere.slug}/spelregels/bespreken"
    form = page(cast, "Daan", where).main.form
    assert list(ways(form)) == ["group"]
    assert form.select_one("[name=way][checked]") is None


def test_with_several_guides_one_chooses_another_than_it_is_about(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        give_roles(member(cast, "Bram"), [Role.FACILITATOR], by=member(cast, "Anna"))
        db.session.commit()
    form = page(cast, "Chaima", address(cast)).main.form
    offered = [each.get_text() for each in form.find(id="guide").find_all("option")]
    assert offered == ["Kies", "Anna, trekker", "Bram, procesbegeleider"]
    assert ways(form)["guide"] == "Ik wil eerst zelf met een begeleider praten"
    answer = send(cast, "Chaima")
    assert main_of(answer).find(id="guide-e").get_text() == "Kies een begeleider."
    assert send(cast, "Chaima", guide=str(cast.amersfoort.members["Bram"])).status_code == 303
    assert only_strain(cast, "Bram")
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Strain)).all() == []


def test_the_promise_and_the_phone_stand_beside_the_form(cast: Cast) -> None:
    aside = page(cast, "Bram", address(cast)).main.aside
    assert "nooit in een rapport en nooit bij het landelijk programma" in aside.get_text()
    assert aside.select("[href^='tel:']") == []
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).phone = "(033) 123 45 67"
        db.session.commit()
    link = page(cast, "Bram", address(cast)).main.aside.select_one("[href^='tel:']")
    assert (link["href"], link.get_text()) == ("tel:+31331234567", "(033) 123 45 67")


def test_nobody_says_for_people_that_they_talked(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    shown = page(cast, "Bram", address(cast, strain_id)).main
    assert "Spreek eerst samen een moment af, liefst binnen twee weken." in shown.form.get_text()
    assert not shown.form.select("[checked]")
    talked = shown.form.find("input", value="talked").parent
    assert "Kies dit als het gesprek geweest is." in talked.get_text()
    assert shown.form.button.get_text() == "Schrijf deze stap op"
    assert go_on(cast, "Bram", strain_id).status_code == 422
    go_on(cast, "Bram", strain_id, step="talked")
    assert "Spreek eerst samen een moment af" not in said(cast, "Chaima", strain_id)


def test_of_what_is_for_the_group_the_group_talks_first(cast: Cast) -> None:
    strain_id = brought_to_group(cast, by="Bram")
    shown = page(cast, "Anna", address(cast, strain_id)).main.form.get_text()
    assert "Praat er eerst samen over, bijvoorbeeld op de volgende bijeenkomst." in shown
    assert "Bel elkaar" not in shown


def test_from_talking_to_an_agreement_to_a_lesson(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram", rule_id=a_rule(cast))
    assert go_on(cast, "Bram", strain_id, step="talked").status_code == 303
    assert go_on(
        cast, "Chaima", strain_id, 2, step="agreed", agreed="We bellen eerst", check_on=tomorrow()
    ).status_code == 303  # fmt: skip
    assert "We bellen eerst" in said(cast, "Bram", strain_id)
    assert go_on(cast, "Bram", strain_id, 3, step="closed", lesson="Bellen helpt").status_code == 303
    text = said(cast, "Chaima", strain_id)
    assert "Bellen helpt" in text
    assert "Dit is afgesloten" in text


def test_the_path_says_where_we_are(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    for step, current in ((None, "Praat erover"), ("talked", "Spreek iets af"), ("closed", None)):
        if step:
            with cast.acting_as("Bram"):
                strains.follow_up(the(strain_id), StrainStage(step), version=the(strain_id).version)
                db.session.commit()
        path = page(cast, "Chaima", address(cast, strain_id)).main.aside.ol
        here = path.select_one("[aria-current=step]")
        assert (here.get_text() if here else None) == current
        assert len(path.find_all("li")) == 5


def test_who_closed_it_is_shown_the_way_to_a_better_rule_if_they_may_propose(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram", rule_id=a_rule(cast))
    go_on(cast, "Bram", strain_id, step="closed")
    shown = page(cast, "Bram", address(cast, strain_id)).main
    (link,) = [each for each in shown.find_all("a") if "betere spelregel" in each.get_text()]
    assert link["href"].endswith("?regel=1")
    assert "betere spelregel" not in said(cast, "Chaima", strain_id)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"step": ""}, "step", "Kies hoe ver jullie zijn."),
        ({"step": "raised"}, "step", "Kies iets uit de lijst."),
        ({"step": "agreed", "check_on": "2030-01-01"}, "agreed", "Schrijf op wat jullie afspreken."),
        ({"step": "agreed", "agreed": "Bellen"}, "check_on", "Kies een dag waarop jullie kijken of het lukt."),
        ({"step": "agreed", "agreed": "Bellen", "check_on": "31-02-2030"}, "check_on", "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"step": "agreed", "agreed": "Bellen", "check_on": "2020-01-01"}, "check_on", "Deze dag is al geweest. Kies een latere dag."),
        ({"step": "agreed", "agreed": "Bellen", "check_on": "2100-01-01"}, "check_on", "Kies een dag binnen een jaar."),
    ],
)  # fmt: skip
def test_an_agreement_says_what_and_when(
    cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    answer = go_on(cast, "Bram", strain_id, **typed)
    assert answer.status_code == 422
    assert main_of(answer).find(id=f"{field}-e").get_text() == sentence
    assert main_of(answer).find(id="agreed").get_text().strip() == typed.get("agreed", "")
    assert only_strain(cast, "Bram").stage == StrainStage.RAISED


def test_what_was_typed_for_another_step_stops_nothing(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    assert go_on(cast, "Bram", strain_id, step="talked", check_on="31-02-2030").status_code == 303
    assert only_strain(cast, "Bram").check_on is None


def test_there_is_no_way_back_on_the_path(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    go_on(cast, "Bram", strain_id, step="closed")
    answer = go_on(cast, "Bram", strain_id, 2, step="talked")
    assert answer.status_code == 422
    assert only_strain(cast, "Bram").stage == StrainStage.CLOSED


def test_an_agreement_can_be_made_anew_and_a_lesson_added(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    for version, agreed in ((1, "Bellen"), (2, "Mailen")):
        go_on(cast, "Bram", strain_id, version, step="agreed", agreed=agreed, check_on=tomorrow())
    assert only_strain(cast, "Bram").agreed == "Mailen"
    for version, lesson in ((3, ""), (4, "Vragen helpt")):
        assert go_on(cast, "Bram", strain_id, version, step="closed", lesson=lesson).status_code == 303
    assert only_strain(cast, "Bram").lesson == "Vragen helpt"
    assert (
        page(cast, "Bram", address(cast, strain_id)).main.form.button.get_text()
        == "Bewaar wat jullie leerden"
    )


def test_who_comes_second_sees_both_texts_and_loses_nothing(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    go_on(cast, "Chaima", strain_id, step="agreed", agreed="Wij bellen", check_on=tomorrow())
    answer = go_on(cast, "Bram", strain_id, step="agreed", agreed="Wij mailen", check_on=tomorrow())
    assert answer.status_code == 409
    shown = main_of(answer)
    assert [each.get_text() for each in shown.select("[role=alert] blockquote")] == [
        "Wij mailen",
        "Wij bellen",
    ]
    assert shown.find(id="agreed").get_text().strip() == "Wij mailen"
    again = {"agreed": "Bellen of mailen", "step": "agreed", "check_on": tomorrow()}
    assert go_on(cast, "Bram", strain_id, int(shown.find(id="version")["value"]), **again).status_code == 303
    assert only_strain(cast, "Chaima").agreed == "Bellen of mailen"


def test_who_agrees_something_while_another_closes_it_keeps_their_text_in_view(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    go_on(cast, "Chaima", strain_id, step="closed", lesson="Klaar")
    answer = go_on(cast, "Bram", strain_id, step="agreed", agreed="Wij mailen", check_on=tomorrow())
    assert answer.status_code == 409
    assert "Wij mailen" in main_of(answer).select_one("[role=alert]").get_text()
    assert only_strain(cast, "Chaima").agreed == ""


def test_the_same_step_by_two_people_is_one_step(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    for name in ("Chaima", "Bram"):
        assert go_on(cast, name, strain_id, step="talked").status_code == 303
    assert only_strain(cast, "Bram").version == 2


def test_of_what_is_for_the_group_who_arranges_writes_how_it_goes_on(cast: Cast) -> None:
    strain_id = brought_to_group(cast, by="Chaima")
    assert go_on(cast, "Bram", strain_id, step="talked").status_code == 403
    assert page(cast, "Bram", address(cast, strain_id)).main.form is None
    assert go_on(cast, "Anna", strain_id, step="talked").status_code == 303
    assert go_on(cast, "Chaima", strain_id, 2, step="closed").status_code == 303


def test_who_brought_it_up_is_asked_once_and_takes_it_back(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram", guide="Anna")
    for name in ("Anna", "Bram"):
        assert "Neem dit terug" not in said(cast, name, strain_id)
        assert cast.client(name).get(address(cast, strain_id, "terugnemen")).status_code == 403
        assert cast.client(name).post(address(cast, strain_id, "terugnemen")).status_code == 403
    form = page(cast, "Chaima", address(cast, strain_id, "terugnemen")).main.form
    assert form["action"] == address(cast, strain_id, "terugnemen")
    chaima = cast.client("Chaima")
    assert chaima.post(form["action"]).location == address(cast, "lopend")
    assert "Wat je schreef, is gewist" in chaima.get(address(cast, "lopend")).text
    assert chaima.post(form["action"]).status_code == 404
    assert cast.client("Bram").get(address(cast, strain_id)).status_code == 404


def test_who_goes_on_with_what_is_taken_back_at_that_moment_is_told_that_it_is_gone(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")

    def take_back() -> None:
        with cast.acting_as("Chaima"):
            strains.take_back(the(strain_id))
            db.session.commit()

    with cast.acting_as("Bram"):
        strain = the(strain_id)
        meanwhile(take_back)
        with pytest.raises(strains.TakenBack):
            strains.follow_up(strain, StrainStage.TALKED, version=1)


def test_my_list_shows_what_i_am_in_and_inside_what_is_for_the_group(cast: Cast) -> None:
    brought_up(cast, by="Chaima", other="Bram", happened="Iets van ons")
    brought_to_group(cast, by="Anna", happened="Iets voor allen")
    for name, expected in (("Anna", {"Iets voor allen"}), ("Bram", {"Iets van ons", "Iets voor allen"}),
                           ("Chaima", {"Iets van ons"})):  # fmt: skip
        links = page(cast, name, address(cast, "lopend")).main.select(".rows a")
        assert {link.get_text() for link in links} == expected, name
        assert "Chaima" not in page(cast, name, address(cast, "lopend")).main.get_text()
    assert page(cast, "Daan", f"/w/{cast.elsewhere.slug}/spelregels/bespreken/lopend").main.find(
        class_="empty"
    )


def test_everyone_finds_the_list_from_the_spelregels(cast: Cast) -> None:
    brought_to_group(cast, by="Anna", happened="Iets voor allen")
    for name in ("Anna", "Bram", "Chaima"):
        front = page(cast, name, f"/w/{cast.amersfoort.slug}/spelregels").main
        (link,) = [each for each in front.find_all("a") if each.get_text() == "Bekijk wat we bespreken"]
        shown = page(cast, name, link["href"]).main
        assert shown.h1.get_text() == "Wat we bespreken"
        assert ("Iets voor allen" in shown.get_text()) is (name != "Chaima")


def test_whatever_there_is_the_pages_ask_little(cast: Cast) -> None:
    rule_id = a_rule(cast)
    for number in range(30):
        strain_id = brought_up(
            cast, by="Bram", other="Chaima", guide="Anna", rule_id=rule_id, happened=f"Keer {number}"
        )
        brought_to_group(cast, by="Bram", happened=f"Groep {number}", rule_id=rule_id)
    bram = cast.client("Bram")
    for path in (address(cast), address(cast, "lopend"), address(cast, strain_id)):
        with statements(cast.app) as asked:
            assert bram.get(path).status_code == 200
        assert len(asked) <= MOST_STATEMENTS, (path, len(asked))


def asked_of(who: Membership) -> list[Waits]:
    """The strains that ask something of a member, within `cast.acting_as`."""
    feature = Feature(strain_waiting.lines, strain_waiting.ask)
    return [waits for _feature, waits in waiting_for(who, this_workspace(), [feature])]


def test_what_was_brought_up_asks_something_of_who_it_was_shared_with(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram", rule_id=a_rule(cast, "We luisteren eerst"))
    for name, asked in (("Bram", True), ("Chaima", False), ("Anna", False)):
        with cast.acting_as(name):
            found = asked_of(member(cast, name))
            assert [one.thing for one in found] == ([strain_id] if asked else []), name
    with cast.acting_as("Bram"):
        (one,) = asked_of(member(cast, "Bram"))
        assert (one.title, one.kind, clock.day_of(one.since)) == (
            "We luisteren eerst",
            TO_TALK,
            clock.today(),
        )


def test_what_was_agreed_asks_to_be_looked_at_from_its_day_on(cast: Cast) -> None:
    strain_id = brought_up(cast, by="Chaima", other="Bram")
    with cast.acting_as("Bram"):
        day = clock.today() + timedelta(days=1)
        strains.follow_up(the(strain_id), StrainStage.AGREED, version=1, agreed="Bellen", check_on=day)
        db.session.commit()
    for name in ("Bram", "Chaima"):
        with cast.acting_as(name):
            who = member(cast, name)
            assert asked_of(who) == []
            with clock.at(clock.moment_on(day)):
                (one,) = asked_of(who)
            assert (one.kind, clock.day_of(one.since)) == (TO_CHECK, day)


def test_what_is_for_the_group_asks_something_of_who_arranges_only(cast: Cast) -> None:
    brought_to_group(cast, by="Bram")
    for name, count in (("Anna", 1), ("Bram", 0), ("Chaima", 0)):
        with cast.acting_as(name):
            who = member(cast, name)
            assert len(asked_of(who)) == count, name
