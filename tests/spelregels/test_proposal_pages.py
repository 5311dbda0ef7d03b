"""What people see and do on the pages of a proposal, and what comes back when they type something wrong."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.counting import statements
from tests.spelregels.story import A_TEXT, a_proposal, a_rule, closes, found, says, stage_of, take_step
from vitaal.kernel import clock
from vitaal.spelregels import proposing
from vitaal.spelregels.closing_days import earliest_closing_day
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.models import ProposalKind
from vitaal.spelregels.proposal_queries import amendments_of
from vitaal.workspaces.models import Circle, Partner, PartnerKind
from vitaal.workspaces.queries import this_workspace

A_YEAR = clock.today() + timedelta(days=365)
TYPED = {
    "theme": "relation", "title": "We luisteren uit", "example": "Wie praat, praat uit.", "why": "Het wordt gauw druk.",
    "review_on": A_YEAR.isoformat(), "guide": "",
}  # fmt: skip


def at(cast: Cast, *more: Any) -> str:
    return "/".join([f"/w/{cast.amersfoort.slug}/spelregels/voorstellen", *map(str, more)])


def sends(cast: Cast, name: str, path: str, **typed: Any) -> TestResponse:
    return cast.client(name).post(path, data=typed)


def read(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def main(cast: Cast, name: str, number: int) -> str:
    """What someone reads on the page of a proposal."""
    answer = cast.client(name).get(at(cast, number))
    assert answer.status_code == 200, answer.status
    return " ".join(read(answer).main.get_text(" ").split())


def test_a_conversation_begins_from_a_suggestion_an_ingredient_a_theme_or_an_empty_page(cast: Cast) -> None:
    bram = cast.client("Bram")
    starts = {"suggestie": "same-for-all", "ingredient": "openness-and-trust", "thema": "choosing"}
    for key, value in starts.items():
        form = read(bram.get(at(cast, "nieuw"), query_string={key: value}))
        assert form.find(string="Praat eerst hierover"), key
    taken = read(bram.get(at(cast, "nieuw"), query_string={"suggestie": "same-for-all"}))
    assert taken.find(id="title")["value"] == "Voor elke partij geldt hetzelfde."
    assert read(bram.get(at(cast, "nieuw"))).find(id="title").get("value", "") == ""
    assert bram.get(at(cast, "nieuw"), query_string={"suggestie": "nonsense"}).status_code == 404


def test_who_proposes_leads_everyone_to_its_page(cast: Cast) -> None:
    guide = cast.amersfoort.members["Anna"]
    answer = sends(cast, "Bram", at(cast, "nieuw"), **{**TYPED, "guide": str(guide)})
    assert (answer.status_code, answer.location) == (303, at(cast, 1))
    seen = main(cast, "Anna", 1)
    for words in (
        "We luisteren uit",
        "Wie praat, praat uit.",
        "Vragen stellen",
        "Het kan tot en met",
        "Bram",
    ):
        assert words in seen


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Schrijf de spelregel op in één zin."),
        ({"why": " "}, "Schrijf op waarom deze regel nodig is."),
        ({"theme": "nonsense"}, "Kies iets uit de lijst."),
        ({"review_on": "2020-01-01"}, "Kies een dag die nog komt."),
        ({"title": "x" * 161}, "Maak dit korter"),
        ({"guide": "00000000-0000-0000-0000-000000000000"}, "Kies iets uit de lijst."),
        ({"guide": "nonsense"}, "Kies iets uit de lijst."),
    ],
)
def test_a_mistake_comes_back_at_its_field_with_what_was_typed(
    cast: Cast, wrong: dict[str, str], said: str
) -> None:
    answer = sends(cast, "Bram", at(cast, "nieuw"), **{**TYPED, **wrong})
    assert answer.status_code == 422
    page = read(answer)
    field = page.find(attrs={"name": next(iter(wrong))}).find_parent(class_="field")
    assert said in field.get_text(" ")
    assert page.find(id="example").text.strip() == TYPED["example"]
    assert cast.client("Bram").get(at(cast, 1)).status_code == 404


def test_a_rule_that_holds_is_changed_or_stopped_with_from_its_own_text(cast: Cast) -> None:
    a_rule(cast, "We luisteren eerst")
    bram = cast.client("Bram")
    form = read(bram.get(at(cast, "nieuw"), query_string={"regel": 1}))
    assert form.find(id="title")["value"] == "We luisteren eerst"
    stop = {"regel": 1, "soort": "retire"}
    answer = bram.post(at(cast, "nieuw"), query_string=stop, data={"why": "Het gaat vanzelf", "guide": ""})
    assert answer.status_code == 303
    assert "Stoppen met spelregel 1" in main(cast, "Anna", 2)
    again = bram.get(at(cast, "nieuw"), query_string={"regel": 1})
    assert (again.status_code, again.location) == (303, at(cast, 2))


def test_the_outer_circle_sees_a_proposal_only_where_the_workspace_lets_it(cast: Cast) -> None:
    hidden = a_proposal(cast)
    assert cast.client("Chaima").get(at(cast, hidden)).status_code == 404
    with cast.acting_as("Anna"):
        this_workspace().outer_talks = True
        proposing.db.session.commit()
    shown = a_proposal(cast)
    assert A_TEXT.title in main(cast, "Chaima", shown)
    assert cast.client("Chaima").get(at(cast, "nieuw")).status_code == 403


def test_an_outer_partner_that_decides_along_offers_a_text_speaks_and_takes_its_objection_back(
    cast: Cast,
) -> None:
    with cast.acting_as("Anna"):
        this_workspace().deciders = "all"
        proposing.db.session.commit()
    number = a_proposal(cast, stage=Stage.REACTIONS)
    offer = at(cast, number, "aanpassingen", "nieuw")
    assert sends(cast, "Chaima", offer, title="We eindigen op tijd", example="", why="").status_code == 303
    asked = a_proposal(cast, stage=Stage.ROUND)
    answer = at(cast, asked, "antwoord", cast.amersfoort.partners["Chaima"])
    assert (
        sends(cast, "Chaima", answer, answer="objection", goes_wrong="Te vroeg", round="1").status_code == 303
    )
    says(cast, "Anna", asked, Answer.AGREE)
    says(cast, "Bram", asked, Answer.AGREE)
    closes(cast, asked)
    objection = at(cast, asked, "bezwaren", cast.amersfoort.partners["Chaima"])
    assert sends(cast, "Chaima", objection, why="withdrawn", reason="Het kan toch").status_code == 303
    assert "Bezwaar ingetrokken" in main(cast, "Anna", asked)


def test_before_the_day_the_guide_goes_on_only_when_everyone_was_there(cast: Cast) -> None:
    number = a_proposal(cast)
    answer = sends(cast, "Anna", at(cast, number, "stap"), stage="questions")
    assert answer.status_code == 422
    assert "Wacht tot de dag voorbij is" in answer.text
    assert (
        sends(cast, "Anna", at(cast, number, "stap"), everyone_was_there="y", stage="questions").status_code
        == 303
    )
    assert stage_of(cast, number) is Stage.REACTIONS
    assert (
        sends(cast, "Bram", at(cast, number, "stap"), everyone_was_there="y", stage="questions").status_code
        == 403
    )


def test_another_text_is_offered_and_the_proposer_takes_it_over_or_says_why_not(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.REACTIONS)
    offer = at(cast, number, "aanpassingen", "nieuw")
    same = sends(cast, "Anna", offer, title=A_TEXT.title, example=A_TEXT.example, why="")
    assert same.status_code == 422
    assert "Dit is nog dezelfde tekst" in same.text
    for title in ("We beginnen om tien uur", "We zijn er om tien uur"):
        sent = sends(cast, "Anna", offer, title=title, example=A_TEXT.example, why="Duidelijker")
        assert sent.status_code == 303
    with cast.acting_as("Anna"):
        first, second = (one.id for one in amendments_of(found(number)))
    assert sends(cast, "Bram", at(cast, number, "aanpassingen", first), doe="neem").status_code == 303
    assert A_TEXT.title in main(cast, "Anna", number), "The proposer waits until all reactions are in."
    take_step(cast, number, Stage.ADJUSTING)
    assert sends(cast, "Bram", at(cast, number, "aanpassingen", first), doe="neem").status_code == 303
    unexplained = sends(cast, "Bram", at(cast, number, "aanpassingen", second), doe="laat", reply="")
    assert unexplained.status_code == 422
    assert "Schrijf op waarom je dit niet overneemt." in unexplained.text
    said = sends(
        cast, "Bram", at(cast, number, "aanpassingen", second), doe="laat", reply="Er zijn is iets anders"
    )
    assert said.status_code == 303
    seen = main(cast, "Anna", number)
    for words in ("We beginnen om tien uur", "overgenomen", "Er zijn is iets anders"):
        assert words in seen
    assert sends(cast, "Anna", at(cast, number, "aanpassingen", second), doe="neem").status_code == 403


def test_a_difference_is_marked_and_said_in_words(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    typed = {**TYPED, "title": "We beginnen altijd op tijd", "example": A_TEXT.example, "wording": "1"}
    assert sends(cast, "Bram", at(cast, number, "tekst"), **typed).status_code == 303
    page = read(cast.client("Anna").get(at(cast, number)))
    (added,) = [one for one in page.find_all("ins") if "altijd" in one.text]
    assert "toegevoegd" in added.find(class_="hide").text


def test_the_second_to_write_sees_both_texts_and_loses_nothing(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    first = {**TYPED, "title": "De eerste tekst", "wording": "1"}
    second = {**TYPED, "title": "De tweede tekst", "wording": "1"}
    assert sends(cast, "Bram", at(cast, number, "tekst"), **first).status_code == 303
    answer = sends(cast, "Bram", at(cast, number, "tekst"), **second)
    assert answer.status_code == 409
    page = read(answer)
    assert "De eerste tekst" in page.find(role="alert").text
    assert page.find(id="title")["value"] == "De tweede tekst"
    assert page.find(attrs={"name": "wording"})["value"] == "2"


def test_a_round_gives_everyone_five_working_days_and_a_sunday(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    day = earliest_closing_day(clock.today())
    early = sends(
        cast, "Anna", at(cast, number, "ronde"), how="online", closes_on=(day - timedelta(days=1)).isoformat()
    )
    assert early.status_code == 422
    assert "vijf werkdagen en een zondag" in read(early).find(id="closes_on-e").text
    assert sends(cast, "Anna", at(cast, number, "ronde"), how="online", closes_on="").status_code == 422
    fine = sends(cast, "Anna", at(cast, number, "ronde"), how="online", closes_on=day.isoformat())
    assert fine.status_code == 303
    assert stage_of(cast, number) is Stage.ROUND


def test_who_proposed_it_opens_no_round(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    assert cast.client("Bram").get(at(cast, number, "ronde")).status_code == 403
    by_lead = a_proposal(cast, by="Anna", guide="Bram", stage=Stage.ADJUSTING)
    assert cast.client("Anna").get(at(cast, by_lead, "ronde")).status_code == 403
    assert cast.client("Bram").get(at(cast, by_lead, "ronde")).status_code == 200


def test_a_voice_is_heard_and_can_be_changed_on_the_page(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    answer = at(cast, number, "antwoord", cast.amersfoort.partners["Bram"])
    assert (
        sends(cast, "Bram", answer, answer="objection", goes_wrong="De bus komt later", round="1").status_code
        == 303
    )
    assert "De bus komt later" not in main(cast, "Anna", number)
    mine = read(cast.client("Bram").get(answer))
    assert mine.find(id="goes_wrong").text.strip() == "De bus komt later"
    assert (
        sends(cast, "Bram", answer, answer="agree", goes_wrong="De bus komt later", round="1").status_code
        == 303
    )
    says(cast, "Anna", number, Answer.WORRY, "Het is vroeg")
    seen = main(cast, "Anna", number)
    assert "De bus komt later" not in seen
    assert "2 van de 2 partners gaven antwoord" in seen


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"answer": "worry", "worry": " "}, "worry"),
        ({"answer": "objection", "goes_wrong": "", "for_whom": "De buren"}, "goes_wrong"),
        ({"answer": "perhaps"}, "answer"),
        ({}, "answer"),
    ],
)
def test_a_worry_and_an_objection_say_what_they_are(cast: Cast, typed: dict[str, str], field: str) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    answer = sends(cast, "Bram", at(cast, number, "antwoord", cast.amersfoort.partners["Bram"]), **typed)
    assert answer.status_code == 422
    assert read(answer).find(id=f"{field}-e")
    if "for_whom" in typed:
        assert read(answer).find(id="for_whom")["value"] == "De buren"
    assert "0 van de 2 partners" in main(cast, "Bram", number)


def test_nobody_answers_for_another_partner(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    answer = at(cast, number, "antwoord", cast.amersfoort.partners["Anna"])
    assert sends(cast, "Bram", answer, answer="agree").status_code == 403


def test_an_answer_after_the_round_closed_is_refused_kindly(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    answer = at(cast, number, "antwoord", cast.amersfoort.partners["Bram"])
    with clock.at(clock.now() + timedelta(days=9)):
        bram = cast.client("Bram")
        assert bram.post(answer, data={"answer": "agree", "round": "1"}).status_code == 303
        assert "De ronde is net gesloten" in bram.get(at(cast, number)).text


def test_an_objection_is_closed_by_who_objected_or_by_the_group_with_the_reason(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.OBJECTION, "Te vroeg")
    says(cast, "Anna", number, Answer.AGREE)
    closes(cast, number)
    objection = at(cast, number, "bezwaren", cast.amersfoort.partners["Bram"])
    assert sends(cast, "Bram", objection, why="set_aside", reason="Ik wil door").status_code == 422
    assert sends(cast, "Anna", objection, why="withdrawn", reason="Hij wil door").status_code == 422
    assert sends(cast, "Anna", objection, why="minority", reason="").status_code == 422
    refused = sends(cast, "Anna", at(cast, number, "besluit"))
    assert refused.status_code == 303
    assert stage_of(cast, number) is Stage.INTEGRATING
    untold = sends(cast, "Anna", objection, why="minority", reason="Welzijn Oost komt later binnen")
    assert untold.status_code == 422
    assert "Praat eerst met wie het bezwaar heeft" in untold.text
    done = sends(cast, "Anna", objection, why="minority", reason="Welzijn Oost komt later binnen", talked="y")
    assert done.status_code == 303
    assert sends(cast, "Anna", at(cast, number, "besluit")).status_code == 303
    assert stage_of(cast, number) is Stage.ADOPTED
    assert "Welzijn Oost komt later binnen" in main(cast, "Bram", number)


def test_stopping_with_a_rule_is_asked_as_what_it_is(cast: Cast) -> None:
    rule_id = a_rule(cast, "We luisteren eerst")
    number = a_proposal(cast, A_TEXT, changes=rule_id, kind=ProposalKind.RETIRE, stage=Stage.ROUND)
    asked = cast.client("Anna").get(f"/w/{cast.amersfoort.slug}").text
    assert f"Kan Buurthuis De Kom ermee leven dat we stoppen met ‘{A_TEXT.title}’?" in asked
    seen = main(cast, "Anna", number)
    assert "Deze spelregel geldt niet meer als jullie dit besluiten." in seen
    assert "We kunnen ermee leven dat deze regel stopt" in seen
    assert "We kunnen hiermee leven" not in seen
    says(cast, "Anna", number, Answer.AGREE)
    says(cast, "Bram", number, Answer.AGREE)
    closes(cast, number)
    seen = main(cast, "Anna", number)
    assert "Tekenen hoeft niet" in seen
    assert "Samen nakijken" not in seen


def test_a_round_says_who_is_asked_and_for_whom_nobody_speaks(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    with cast.acting_as("Anna"):
        Partner.welcome(
            "Moskee",
            PartnerKind.ORGANISATION,
            Circle.INNER,
            is_formal=True,
            reason="Nieuw",
            decided_by="Anna",
        )
        proposing.db.session.commit()
    page = read(cast.client("Anna").get(at(cast, number, "ronde"))).main.get_text(" ")
    assert "Deze 2 partners vragen we" in page
    assert "omdat niemand voor ze meedoet: Moskee" in page


def test_a_round_in_a_meeting_asks_whether_everyone_is_there_and_can_go_on_until_a_day(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ADJUSTING)
    ask = at(cast, number, "ronde")
    alone = sends(cast, "Anna", ask, how="live")
    assert alone.status_code == 422
    assert "Is niet iedereen er?" in alone.text
    assert sends(cast, "Anna", ask, how="live", everyone_is_here="y").status_code == 303
    assert "sluit als iedereen heeft geantwoord" in main(cast, "Bram", number)
    day = earliest_closing_day(clock.today()).isoformat()
    assert sends(cast, "Anna", ask, how="online", closes_on=day).status_code == 303
    assert "Het kan tot en met" in main(cast, "Bram", number)
    assert sends(cast, "Anna", ask, how="online", closes_on=day).status_code == 303
    assert stage_of(cast, number) is Stage.ROUND


def test_the_page_says_for_whom_it_waits(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.REACTIONS)
    sends(cast, "Anna", at(cast, number, "aanpassingen", "nieuw"), title="Anders", example="", why="")
    take_step(cast, number, Stage.ADJUSTING)
    assert "We wachten op Bram" in main(cast, "Anna", number)
    with cast.acting_as("Bram"):
        (offered,) = amendments_of(found(number))
        proposing.take_over(found(number), offered, by=_member(cast, "Bram"))
        proposing.db.session.commit()
    assert "De volgende stap is aan jou." in main(cast, "Anna", number)
    assert "De volgende stap is aan Anna" in main(cast, "Bram", number)


def test_who_objected_proposed_or_guides_finds_the_objection_on_vandaag(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.AGREE)
    says(cast, "Anna", number, Answer.OBJECTION, "Te vroeg")
    closes(cast, number)
    for name in ("Anna", "Bram"):
        today = cast.client(name).get(f"/w/{cast.amersfoort.slug}").text
        assert "Er is een bezwaar bij" in today, name
        assert "Is iedereen klaar voor een ronde?" not in today, name


def test_what_was_decided_is_told_in_the_groups_own_words_and_leads_to_who_does_what(cast: Cast) -> None:
    number = a_proposal(cast, stage=Stage.ROUND)
    says(cast, "Bram", number, Answer.AGREE)
    says(cast, "Anna", number, Answer.AGREE)
    assert (
        sends(cast, "Anna", at(cast, number, "afronding"), outcome="Tien uur", next="nothing").status_code
        == 303
    )
    assert "Tien uur" not in main(cast, "Bram", number), "The round is still open."
    closes(cast, number)
    today = cast.client("Anna").get(f"/w/{cast.amersfoort.slug}").text
    assert "Schrijf op wat jullie besloten" in today
    assert sends(cast, "Anna", at(cast, number, "afronding"), outcome=" ", next="agree").status_code == 422
    answer = sends(cast, "Anna", at(cast, number, "afronding"), outcome="Om tien uur zitten we", next="agree")
    assert answer.status_code == 303
    form = cast.client("Anna").get(answer.location)
    assert form.status_code == 200
    assert "Om tien uur zitten we" in main(cast, "Bram", number)
    again = sends(cast, "Anna", at(cast, number, "afronding"), outcome="Toch elf uur", next="nothing")
    assert again.status_code == 303
    assert "Toch elf uur" not in main(cast, "Bram", number)


def test_what_is_withdrawn_stays_to_read_and_asks_nothing_more(cast: Cast) -> None:
    number = a_proposal(cast)
    assert "Trek het voorstel in" in cast.client("Bram").get(at(cast, number, "intrekking")).text
    assert sends(cast, "Bram", at(cast, number, "intrekking"), why=" ").status_code == 422
    assert sends(cast, "Bram", at(cast, number, "intrekking"), why="Het loopt al beter").status_code == 303
    seen = main(cast, "Bram", number)
    assert "Het loopt al beter" in seen
    assert "Ingetrokken door Bram" in seen
    assert "Stel een andere tekst voor" not in seen
    assert (
        sends(cast, "Anna", at(cast, number, "stap"), everyone_was_there="y", stage="questions").status_code
        == 303
    )
    assert stage_of(cast, number) is Stage.WITHDRAWN


@pytest.mark.parametrize("stage", [Stage.REACTIONS, Stage.ROUND])
def test_the_page_asks_as_much_with_much_said_as_with_little(cast: Cast, stage: Stage) -> None:
    number = a_proposal(cast, stage=Stage.REACTIONS)
    with cast.acting_as("Anna"):
        for place in range(20):
            offered = {"title": f"Tekst {place}", "example": "", "why": ""}
            amendment = proposing.offer(found(number), offered, by=_member(cast, "Anna"))
            amendment.taken_over, amendment.answered_at = True, clock.now()
        proposing.db.session.commit()
    if stage is Stage.ROUND:
        take_step(cast, number, Stage.ADJUSTING)
        take_step(cast, number, Stage.ROUND)
        says(cast, "Bram", number, Answer.AGREE)
    anna = cast.client("Anna")
    with statements(cast.app) as asked:
        assert anna.get(at(cast, number)).status_code == 200
    assert len(asked) <= 12, len(asked)


def _member(cast: Cast, name: str) -> Any:
    return proposing.db.session.get_one(
        proposing.Membership, (cast.amersfoort.id, cast.amersfoort.members[name])
    )
