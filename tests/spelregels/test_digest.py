"""What a digest says about spelregels: what waits for its reader, with a link that only opens the page."""

from datetime import timedelta

from tests.cast import Cast
from tests.digests.story import TUESDAY
from tests.spelregels.story import a_proposal, a_rule, says
from tests.spelregels.strains import HAPPENED, brought_up
from tests.told import told
from vitaal.kernel import clock
from vitaal.spelregels.consent import Answer, Stage

THE_DAY_BEFORE = TUESDAY - timedelta(hours=20)


def said_to(cast: Cast, who: str) -> str:
    with clock.at(TUESDAY):
        return "\n".join(f"{item.text} {item.detail} {item.url}" for item in told(cast, who).asks)


def test_an_open_round_asks_who_has_still_to_answer_and_links_to_the_question(cast: Cast) -> None:
    with clock.at(THE_DAY_BEFORE):
        number = a_proposal(cast, stage=Stage.ROUND)
        says(cast, "Anna", number, Answer.AGREE)
    said = said_to(cast, "Bram")
    assert "Kan Welzijn Oost leven met: ‘We beginnen op tijd’?" in said
    assert f"/w/{cast.amersfoort.slug}/spelregels/voorstellen/{number}" in said
    assert "leven met" not in said_to(cast, "Anna")


def test_rules_to_sign_are_asked_of_the_outer_circle_too(cast: Cast) -> None:
    with clock.at(THE_DAY_BEFORE):
        a_rule(cast)
    assert "Lees en teken 1 spelregel" in said_to(cast, "Bram")


def test_a_mail_says_of_a_strain_only_that_someone_wants_to_talk(cast: Cast) -> None:
    with clock.at(THE_DAY_BEFORE):
        brought_up(cast, by="Chaima", other="Bram", rule_id=a_rule(cast, "We luisteren eerst"))
    said = said_to(cast, "Bram")
    assert "Iemand wil iets bespreken wat niet lukt" in said
    (line,) = [line for line in said.splitlines() if "Iemand wil iets bespreken" in line]
    assert "Chaima" not in line
    assert HAPPENED not in said
    assert "We luisteren eerst" not in line
    assert "Iemand wil iets bespreken" not in said_to(cast, "Anna")
