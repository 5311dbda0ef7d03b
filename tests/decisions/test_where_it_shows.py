"""Where decisions and agreements show: on the page of what they are about, on Vandaag and in a digest."""

from datetime import timedelta

import pytest

from tests.agenda.meetings import planned
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
    the_agreement,
)
from tests.told import told
from vitaal.decisions import agreeing
from vitaal.decisions.models import Outcome
from vitaal.kernel import clock
from vitaal.kernel.db import db

TODAY = clock.today()


def places(cast: Cast) -> dict[str, str]:
    """An action, a meeting and a working group: how an address names each, and its page."""
    action, meeting, group = an_action(cast), planned(cast), of_group(cast)
    return {
        of_action(cast, action): f"agenda/{action}",
        of_meeting(cast, meeting): f"bijeenkomsten/{meeting}",
        group: f"groepen/{group.split(':')[1]}",
    }


def test_the_page_of_what_it_is_about_shows_it_and_lets_the_inner_circle_add(cast: Cast) -> None:
    for at, path in places(cast).items():
        decision_id, agreement_id = (
            decided(cast, f"Besloten {path}", at=at),
            agreed(cast, "Afgesproken", at=at),
        )
        for name in ("Bram", "Chaima"):
            main = main_of(cast.client(name).get(address(cast, path)))
            card = main.find("section", attrs={"aria-labelledby": "besluiten-en-afspraken"})
            hrefs = [link["href"] for link in card.select("h3 a")]
            assert hrefs == [
                address(cast, "afspraken", agreement_id),
                address(cast, "besluiten", decision_id),
            ]
            add = link(card, "Leg een besluit vast")
            assert bool(add) == (name == "Bram")
            if add:
                assert cast.client(name).get(add).status_code == 200


def test_nothing_decided_is_shown_only_to_who_can_add(cast: Cast) -> None:
    for path in places(cast).values():
        assert (
            "Hier is nog niets besloten of afgesproken." in cast.client("Bram").get(address(cast, path)).text
        )
        assert (
            "Besluiten en afspraken" not in main_of(cast.client("Chaima").get(address(cast, path))).get_text()
        )


def test_more_than_fits_on_the_card_is_in_the_register_with_few_statements(cast: Cast) -> None:
    for at, path in places(cast).items():
        for number in range(8):
            decided(cast, f"Besluit {number}", at=at)
        for name in ("Anna", "Chaima"):
            browser = cast.client(name)
            with statements(cast.app) as asked:
                answer = browser.get(address(cast, path))
            assert len(asked) <= 12, (path, asked)
        rest = link(main_of(answer), "Bekijk alles wat hier is besloten")
        assert len(main_of(browser.get(rest)).select("#register h2")) == 8


def asked_of(cast: Cast, name: str) -> list[str]:
    main = main_of(cast.client(name).get(address(cast)))
    return [
        line.get_text(" ", strip=True) for line in main.select(".todo li") if "afspraak" in line.get_text()
    ]


def look_back(cast: Cast, days: int, text: str, owner: str = "Chaima") -> None:
    """An agreement of which the day to look back is so many days away."""
    agreed(cast, text, owner=owner, check_on=TODAY + timedelta(days))


def test_vandaag_asks_who_looks_after_it_when_the_day_is_near_or_has_passed(cast: Cast) -> None:
    for days, text in ((-3, "Voorbij"), (0, "Nu"), (7, "Bijna"), (8, "Straks")):
        look_back(cast, days, text)
    look_back(cast, 0, "Van een ander", owner="Bram")
    ended = agreed(cast, "Klaar", owner="Chaima", check_on=TODAY)
    with cast.acting_as("Chaima"):
        agreeing.check(the_agreement(ended), Outcome.DONE, by=member(cast, "Chaima"), version=1)
        db.session.commit()
    lines = asked_of(cast, "Chaima")
    assert [line.split(" ", 1)[0] for line in lines] == ["Voorbij", "Nu", "Bijna"]
    assert "Werkt deze afspraak nog? Vandaag is de dag om te kijken." in lines[1]
    browser = cast.client("Anna")
    with statements(cast.app) as asked:
        browser.get(address(cast))
    assert len(asked) <= 12, asked


@pytest.mark.parametrize(("days", "is_told"), [(-8, True), (-1, True), (0, True), (7, True), (8, False)])
def test_a_digest_asks_it_from_the_week_before(cast: Cast, days: int, is_told: bool) -> None:
    look_back(cast, days, "Wie kookt, wast niet af.")
    asks = [item for item in told(cast, "Chaima").asks if "Wie kookt" in item.text]
    assert bool(asks) == is_told
    for item in asks:
        assert "Werkt deze afspraak nog?" in item.detail
        assert item.url.startswith(f"http://localhost/w/{cast.amersfoort.slug}/afspraken/")


def test_a_digest_leads_to_the_page_of_what_was_decided(cast: Cast) -> None:
    page = address(cast, "besluiten", decided(cast, "We eten op donderdag."))
    (line,) = told(cast, "Bram").decided
    assert cast.client("Bram").get(line.url).headers["Location"] == page
    assert cast.client("Daan").get(line.url).status_code == 404
