"""What the tests of decisions and agreements share: someone writes one down, someone looks at a page of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.agenda.meetings import the
from tests.agenda.story import found, member
from tests.cast import Cast
from vitaal.agenda import groups
from vitaal.decisions import agreeing, deciding
from vitaal.decisions.models import Agreement, Decision, How
from vitaal.decisions.origins import Source, about, origin_at, origin_with_decision
from vitaal.kernel import clock
from vitaal.kernel.db import db, here

A_MONTH = timedelta(days=30)


def address(cast: Cast, *more: object) -> str:
    """A page of this workspace, by the parts of its path."""
    return "/".join([f"/w/{cast.amersfoort.slug}", *map(str, more)])


def decided(
    cast: Cast, text: str = "Wij koken op dinsdag.", *, by: str = "Anna", at: str = "", **more: Any
) -> UUID:
    """Someone writes a decision down, about what an address names with `at`; its id."""
    about = {"how": How.CONSENT, "on": clock.today(), "decided_by": "de binnencirkel", **more}
    with cast.acting_as(by):
        origin = origin_at(at)
        assert origin
        decision = deciding.decide(text, by=member(cast, by), origin=origin, **about)
        db.session.commit()
        return decision.id


def agreed(
    cast: Cast, text: str = "Wie kookt, wast niet af.", *, owner: str = "Bram", by: str = "Anna", at: str = "",
    check_on: date | None = None, **more: Any,
) -> UUID:  # fmt: skip
    """Someone writes an agreement down, that someone looks after; its id."""
    with cast.acting_as(by):
        origin = origin_with_decision(at)
        assert origin
        agreement = agreeing.agree(
            text, owner=member(cast, owner), check_on=check_on or clock.today() + A_MONTH, on=clock.today(),
            by=member(cast, by), origin=origin, **more,
        )  # fmt: skip
        db.session.commit()
        return agreement.id


def the_decision(decision_id: UUID) -> Decision:
    """The decision with this id; within `cast.acting_as`."""
    decision = here(Decision, decision_id)
    assert decision
    return decision


def the_agreement(agreement_id: UUID) -> Agreement:
    """The agreement with this id; within `cast.acting_as`."""
    agreement = here(Agreement, agreement_id)
    assert agreement
    return agreement


def of_action(cast: Cast, number: int) -> str:
    """How an address names an action."""
    with cast.acting_as("Anna"):
        return about(Source.ACTION, found(number).id)


def of_meeting(cast: Cast, number: int) -> str:
    """How an address names a meeting."""
    with cast.acting_as("Anna"):
        return about(Source.MEETING, the(number).id)


def of_group(cast: Cast, name: str = "Vervoer") -> str:
    """Anna begins a working group; how an address names it."""
    with cast.acting_as("Anna"):
        group = groups.begin(name, purpose="", lead=None, by=member(cast, "Anna"))
        db.session.commit()
        return about(Source.GROUP, group.id)


def send(cast: Cast, name: str, path: str, typed: Mapping[str, Any]) -> TestResponse:
    """Someone sends a form."""
    return cast.client(name).post(path, data=typed)


def main_of(answer: TestResponse) -> BeautifulSoup:
    """What stands on the page that came back."""
    main: BeautifulSoup = BeautifulSoup(answer.text, "lxml").main
    return main


def texts(cast: Cast, name: str, query: str = "") -> list[str]:
    """What someone finds in the register, in its order."""
    answer = cast.client(name).get(address(cast, "besluiten") + query)
    assert answer.status_code == 200
    return [head.get_text(strip=True) for head in main_of(answer).select("#register h2 a")]


def link(main: BeautifulSoup, words: str) -> str | None:
    """Where the link with these words leads; None when it is not there."""
    hrefs = [each["href"] for each in main.find_all("a") if each.get_text(" ", strip=True) == words]
    return hrefs[0] if hrefs else None
