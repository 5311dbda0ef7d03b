"""The rules as they hold, one rule in full, and those that ended."""

from uuid import UUID

import pytest
from babel.dates import format_date
from bs4 import Tag

from tests.agenda.story import member, page
from tests.cast import Cast
from tests.spelregels.story import A_TEXT, a_proposal, a_rule, closes, found, says
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.method import spelregels as method
from vitaal.spelregels import deciding
from vitaal.spelregels.consent import Answer, Closing, Stage
from vitaal.spelregels.models import ProposalKind, Spelregel
from vitaal.spelregels.proposing import Text
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Circle, Partner, PartnerKind, Reach
from vitaal.workspaces.queries import this_workspace


def address(cast: Cast, *more: object) -> str:
    return "/".join([f"/w/{cast.amersfoort.slug}/spelregels", *map(str, more)])


def shown(cast: Cast, name: str = "Bram", *more: object) -> Tag:
    """What stands on the page of the rules, or one below it."""
    return page(cast, name, address(cast, *more)).main


def words(part: Tag) -> str:
    return part.get_text(" ", strip=True)


def titles(cast: Cast) -> list[str]:
    return [one.get_text(strip=True) for one in shown(cast).select(".rules h3 a")]


def signs(cast: Cast, name: str, *rule_ids: UUID) -> None:
    """Someone signs these rules, as they were first, for their partner."""
    ticked = [f"{rule_id}.1" for rule_id in rule_ids]
    cast.client(name).post(
        address(cast, "tekenen"), data={"partner": cast.amersfoort.partners[name], "rules": ticked}
    )


def talks_with_all(cast: Cast) -> None:
    """The outer circle may read proposals too."""
    with cast.acting_as("Anna"):
        this_workspace().outer_talks = True
        db.session.commit()


def ended(cast: Cast) -> None:
    """The group stops with the first rule, in a round in which everyone agrees."""
    with cast.acting_as("Anna"):
        rule_id = db.session.query(Spelregel).one().id
    number = a_proposal(cast, A_TEXT, changes=rule_id, kind=ProposalKind.RETIRE, stage=Stage.ROUND)
    for name in ("Anna", "Bram"):
        says(cast, name, number, Answer.AGREE)
    assert closes(cast, number)


# All rules


def test_the_rules_stand_in_the_order_of_their_numbers_with_version_and_day(cast: Cast) -> None:
    first = a_rule(cast)
    a_rule(cast, "We zijn op tijd")
    a_rule(cast, "We luisteren altijd eerst", changes=first)
    assert titles(cast) == ["We luisteren altijd eerst", "We zijn op tijd"]
    one, other = shown(cast).select(".rules > li")
    assert "Versie 2, sinds" in words(one)
    assert "Versie 1, sinds" in words(other)
    assert "Wie praat, praat uit." in words(one)
    assert one.find("h3").get_text().startswith("Spelregel 1:")


def test_a_rule_keeps_its_number_when_one_before_it_ends(cast: Cast) -> None:
    a_rule(cast)
    ended(cast)
    a_rule(cast, "We zijn op tijd")
    (left,) = shown(cast).select(".rules > li")
    assert left["value"] == "2"


def test_where_nothing_is_agreed_yet_the_page_says_what_it_is_for_and_offers_a_first_step(cast: Cast) -> None:
    empty = shown(cast)
    assert "Het gesprek telt" in words(empty)
    assert empty.find("a", string="Begin met tien ideeën")
    outside = shown(cast, "Chaima")
    assert "De binnencirkel begint dit gesprek." in words(outside)
    assert not outside.find("a", string="Begin met tien ideeën")


def test_of_each_theme_the_page_says_whether_there_is_a_rule(cast: Cast) -> None:
    a_rule(cast, theme="relation")
    a_rule(cast, "We zijn op tijd", theme="relation")
    lines = [words(line) for line in shown(cast).find(id="themas").parent.select("li")]
    assert len(lines) == len(method.themes())
    assert lines[0].endswith("spelregels 1, 2")
    assert method.themes()[0].prompt.nl in lines[0]
    assert all(line.endswith("nog geen spelregel") for line in lines[1:])
    assert method.note().nl in words(shown(cast))


def test_a_rule_about_which_something_is_proposed_leads_there(cast: Cast) -> None:
    rule_id = a_rule(cast)
    number = a_proposal(cast, changes=rule_id)
    for part in (shown(cast).select_one(".rules"), shown(cast, "Bram", 1).select_one(".note")):
        (link,) = [link for link in part.select("a") if "Hier ligt een voorstel" in words(link)]
        assert link["href"].endswith(f"/voorstellen/{number}")


def test_a_proposal_of_the_inner_circle_is_not_shown_outside_it(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_proposal(cast, changes=rule_id)
    a_proposal(cast)
    for where in ((), (1,)):
        assert "voorstel" not in words(shown(cast, "Chaima", *where)).lower()


def test_a_proposal_for_a_new_rule_is_listed_with_where_it_is(cast: Cast) -> None:
    talks_with_all(cast)
    a_proposal(cast)
    for name in ("Bram", "Chaima"):
        listed = shown(cast, name).find(id="voorstellen").parent
        assert A_TEXT.title in words(listed)
        assert "Vragen stellen" in words(listed)


def test_only_inside_people_are_offered_to_propose(cast: Cast) -> None:
    a_rule(cast)
    inside, outside = (
        {words(link) for link in shown(cast, name).select(".head a")} for name in ("Bram", "Chaima")
    )
    assert inside == {"Bespreek wat niet lukt", "Doe een voorstel"}
    assert outside == {"Bespreek wat niet lukt"}
    assert "Doe een voorstel om hem te veranderen" in words(shown(cast, "Bram", 1))
    assert "Doe een voorstel om hem te veranderen" not in words(shown(cast, "Chaima", 1))


def test_who_can_sign_something_is_asked_on_the_page(cast: Cast) -> None:
    rule_id = a_rule(cast)
    assert "Er wacht 1 spelregel op de handtekening van Wandelclub." in words(shown(cast, "Chaima"))
    sent = {"partner": cast.amersfoort.partners["Chaima"], "rules": f"{rule_id}.1"}
    cast.client("Chaima").post(address(cast, "tekenen"), data=sent)
    after = words(shown(cast, "Chaima"))
    assert "op de handtekening van" not in after
    assert "Nog 2 partners tekenden niet alles" in after


def test_a_round_in_which_a_partner_has_still_to_answer_is_asked_before_signing(cast: Cast) -> None:
    rule_id = a_rule(cast)
    number = a_proposal(cast, stage=Stage.ROUND)
    stopping = a_proposal(cast, Text("We luisteren eerst", "", "Dat gaat vanzelf", A_TEXT.review_on), changes=rule_id,
                          kind=ProposalKind.RETIRE, stage=Stage.ROUND)  # fmt: skip
    one, other, to_sign = shown(cast).select(".note")
    assert words(one).startswith(
        f"Welzijn Oost gaf nog geen antwoord: ‘{A_TEXT.title}’ Lees en geef antwoord"
    )
    assert one.a["href"] == address(cast, "voorstellen", number)
    assert words(other).startswith("Welzijn Oost gaf nog geen antwoord: stoppen met ‘We luisteren eerst’")
    assert other.a["href"] == address(cast, "voorstellen", stopping)
    assert "op de handtekening van Welzijn Oost" in words(to_sign)
    says(cast, "Bram", number, Answer.AGREE)
    assert len(shown(cast).select(".note")) == 2
    assert "gaf nog geen antwoord" not in words(shown(cast, "Chaima"))


@pytest.mark.parametrize("stage", [Stage.ADJUSTING, Stage.INTEGRATING])
def test_outside_a_round_a_proposal_asks_for_no_answer(cast: Cast, stage: Stage) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    with cast.acting_as("Anna"):
        found(number).stage = stage
        db.session.commit()
    assert shown(cast).select(".note") == []


def test_who_helps_another_partner_answers_for_both(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        club = Partner.welcome("Klaverjasclub", PartnerKind.INITIATIVE, Circle.INNER, is_formal=False,
                               reason="Nieuw", decided_by="Anna")  # fmt: skip
        welcome_helped("Geert", club, reach=Reach.PHONE, contact="", helper=member(cast, "Bram"),
                       consented_on=clock.today(), by=member(cast, "Anna"))  # fmt: skip
        db.session.commit()
    number = a_proposal(cast, stage=Stage.ROUND)
    assert "Welzijn Oost en Klaverjasclub gaven nog geen antwoord" in words(shown(cast))
    says(cast, "Bram", number, Answer.AGREE)
    assert "Klaverjasclub gaf nog geen antwoord" in words(shown(cast))


def test_a_resident_is_asked_in_person(cast: Cast) -> None:
    a_rule(cast)
    a_proposal(cast, stage=Stage.ROUND)
    with cast.acting_as("Anna"):
        member_partner = here(Partner, cast.amersfoort.partners["Bram"])
        assert member_partner
        member_partner.kind = PartnerKind.RESIDENT
        db.session.commit()
    front = words(shown(cast))
    assert f"Je gaf nog geen antwoord: ‘{A_TEXT.title}’" in front
    assert "Er wacht 1 spelregel op je handtekening." in front


def test_who_signed_comes_first_with_the_day_and_who_did_not_is_counted(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    before = shown(cast).find(id="getekend").parent
    assert (
        words(before)
        == "Wie heeft getekend? Nog niemand tekende. Nog 3 partners tekenden niet alles Bekijk wie wat tekende"
    )
    signs(cast, "Bram", listen)
    signs(cast, "Chaima", listen, be_on_time)
    card = shown(cast).find(id="getekend").parent
    day = format_date(clock.today(), "d MMMM y", locale="nl")
    assert [words(line) for line in card.select("li .who > span:last-child")] == [
        f"Wandelclub alles, Chaima, {day}",
        f"Welzijn Oost regel 1, Bram, {day}",
    ]
    (link,) = [link for link in card.select("a") if words(link) == "Nog 2 partners tekenden niet alles"]
    assert link["href"] == address(cast, "handtekeningen#nog-niet")
    assert "nog niet" not in words(card).replace("niet alles", "")


def test_a_proposal_begins_with_ideas_or_an_empty_page(cast: Cast) -> None:
    assert shown(cast).find("a", string="Begin met een lege pagina")
    a_rule(cast)
    link = next(link for link in shown(cast).select(".head a") if words(link) == "Doe een voorstel")
    assert link["href"] == address(cast, "ideeen")


def test_everyone_finds_the_rules_in_the_menu(cast: Cast) -> None:
    for name in ("Anna", "Bram", "Chaima"):
        menu = page(cast, name, address(cast)).select(".nav a")
        here = [link for link in menu if link.get("aria-current")]
        assert [words(link) for link in here] == ["Regels Spelregels"]


def test_the_rules_of_another_place_are_not_here(cast: Cast) -> None:
    a_rule(cast, "Van elders", by="Daan", place=cast.elsewhere)
    assert titles(cast) == []
    assert cast.client("Bram").get(address(cast, 1)).status_code == 404
    assert cast.client("Daan").get(address(cast)).status_code == 404


# One rule


def test_a_rule_shows_its_words_its_reason_and_who_proposed_it(cast: Cast) -> None:
    a_rule(cast)
    text = words(shown(cast, "Bram", 1))
    for part in (
        "Wie praat, praat uit.",
        "Omdat het vaak misgaat.",
        "Hoe we met elkaar omgaan",
        "Voorgesteld door Anna.",
    ):
        assert part in text


def test_of_a_hidden_proposal_the_outer_circle_sees_only_the_rule_that_came_of_it(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    outside = shown(cast, "Chaima", 1)
    assert "We luisteren altijd eerst" in words(outside)
    assert "Voorgesteld door" not in words(outside)
    assert not [link for link in outside.select("a") if "voorstel" in link["href"]]


def test_what_silence_means_is_said_to_who_reads_the_rule(cast: Cast) -> None:
    a_rule(cast, silence_leaves=True)
    for where in (1, "tekenen"):
        assert "laat het aan de anderen over" in words(shown(cast, "Bram", where))


def test_every_earlier_version_is_kept_with_when_who_why_and_what_changed(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id, by="Bram")
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id, example="")
    second, first = shown(cast, "Bram", 1).select(".version")
    assert "Versie 2: We luisteren altijd eerst" in words(second)
    assert "Voorgesteld door Bram." in words(second)
    assert second.find("del").get_text() == "[weggehaald: Wie praat, praat uit.]"
    assert "Versie 1: We luisteren eerst" in words(first)
    assert "Voorgesteld door Anna." in words(first)
    assert "Omdat het vaak misgaat." in words(first)
    assert first.find("ins").get_text() == "[toegevoegd: altijd ]"


def test_a_version_that_only_changed_in_what_is_not_words_says_so(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_rule(cast, changes=rule_id)
    assert "De woorden bleven gelijk." in words(shown(cast, "Bram", 1))


def decided_with(cast: Cast, answer: Answer, remark: str) -> int:
    """A new rule, about which Bram's partner said this and Anna's agreed; the number of its proposal."""
    number = a_proposal(cast, by="Anna", guide="Bram", stage=Stage.ROUND)
    says(cast, "Bram", number, answer, remark)
    says(cast, "Anna", number, Answer.AGREE)
    closes(cast, number, by="Bram")
    return number


def test_the_worries_of_the_round_stay_with_the_rule(cast: Cast) -> None:
    talks_with_all(cast)
    decided_with(cast, Answer.WORRY, "Wie is er niet bij?")
    for name in ("Bram", "Chaima"):
        carried = shown(cast, name, 1).find(id="zorgen").parent
        assert "Wie is er niet bij?" in words(carried)
        assert "Welzijn Oost, met een zorg" in words(carried)


def test_the_worries_of_a_hidden_round_stay_inside(cast: Cast) -> None:
    decided_with(cast, Answer.WORRY, "Wie is er niet bij?")
    assert "Wie is er niet bij?" in words(shown(cast, "Bram", 1))
    assert "Wie is er niet bij?" not in words(shown(cast, "Chaima", 1))


@pytest.mark.parametrize(("why", "stays"), [(Closing.MINORITY, True), (Closing.WITHDRAWN, False)])
def test_another_view_with_which_the_group_went_on_stays_with_the_rule(
    cast: Cast, why: Closing, stays: bool
) -> None:
    number = decided_with(cast, Answer.OBJECTION, "Wij halen dat niet")
    with cast.acting_as("Bram"):
        deciding.close_objection(
            found(number), cast.amersfoort.partners["Bram"], why, "Zo gaan we verder", by=member(cast, "Bram")
        )
        deciding.settle(found(number), by=member(cast, "Bram"))
        db.session.commit()
    carried = shown(cast, "Bram", 1).find(id="zorgen")
    assert ("Wij halen dat niet" in words(carried.parent) if carried else False) is stays


def test_who_signed_this_version_stands_beside_it_and_who_did_not(cast: Cast) -> None:
    rule_id = a_rule(cast)
    sent = {"partner": cast.amersfoort.partners["Bram"], "rules": f"{rule_id}.1"}
    cast.client("Bram").post(address(cast, "tekenen"), data=sent)
    beside = words(shown(cast, "Anna", 1).find(id="getekend").parent)
    assert "1 partner tekende versie 1." in beside
    assert "Welzijn Oost Bram, " in beside
    assert "2 partners nog niet Buurthuis De Kom Wandelclub" in beside


def test_a_rule_leads_who_has_still_to_sign_it_to_its_place_among_what_waits(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    signs(cast, "Bram", listen)
    for number, links in ((1, []), (2, [address(cast, "tekenen")])):
        found_links = [
            link["href"]
            for link in shown(cast, "Bram", number).select(".head a")
            if words(link) == "Lees en teken"
        ]
        assert [link.partition("#")[0] for link in found_links] == links
    assert shown(cast, "Bram", "tekenen").find(id=found_links[0].partition("#")[2])
    with cast.acting_as("Anna"):
        db.session.get_one(Spelregel, (cast.amersfoort.id, be_on_time)).retired_at = clock.now()
        db.session.commit()
    assert "Lees en teken" not in words(shown(cast, "Bram", 2))


def test_who_signed_an_earlier_version_stays_readable_there(cast: Cast) -> None:
    rule_id = a_rule(cast)
    signs(cast, "Bram", rule_id)
    signs(cast, "Chaima", rule_id)
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    day = format_date(clock.today(), "d MMMM y", locale="nl")
    inside, outside = (words(shown(cast, name, 1).select_one(".version")) for name in ("Anna", "Chaima"))
    assert f"Getekend door Wandelclub (Chaima, {day}) en Welzijn Oost (Bram, {day})." in inside
    assert f"Getekend door Wandelclub ({day}) en Welzijn Oost ({day})." in outside
    assert "Nog niemand tekende versie 2." in words(shown(cast, "Anna", 1))


def test_each_version_has_its_own_reason_which_is_no_change_of_words(cast: Cast) -> None:
    rule_id = a_rule(cast)
    assert "Waarom Omdat het vaak misgaat." in words(shown(cast, "Bram", 1))
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id, why="Dat werkt beter.")
    now = shown(cast, "Bram", 1)
    assert "Waarom deze versie Dat werkt beter." in words(now.find(id="regel").parent)
    earlier = now.select_one(".version")
    assert "Waarom: Omdat het vaak misgaat." in words(earlier)
    assert [change.get_text() for change in earlier.select("ins, del")] == ["[toegevoegd: altijd ]"]


# Rules that ended


def test_a_rule_that_ended_keeps_its_page_and_says_since_when_and_why(cast: Cast) -> None:
    a_rule(cast)
    assert not shown(cast).find("a", string="Bekijk eerdere spelregels")
    ended(cast)
    assert shown(cast).find("a", string="Bekijk eerdere spelregels")
    page_of_it = shown(cast, "Bram", 1)
    assert "Deze spelregel geldt niet meer sinds" in words(page_of_it)
    assert A_TEXT.why in words(page_of_it)
    assert "Kijk hem nu na" not in words(page_of_it)
    assert "Bespreek wat niet lukt" not in words(page_of_it)


def test_the_rules_that_ended_are_listed_apart(cast: Cast) -> None:
    a_rule(cast)
    assert "Alles geldt nog" in words(shown(cast, "Chaima", "eerder"))
    ended(cast)
    listed = shown(cast, "Chaima", "eerder").select(".rows a")
    assert [link.get_text() for link in listed] == ["We luisteren eerst"]
