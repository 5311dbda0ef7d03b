"""On which day the next digest comes, whatever someone chose and wherever they take part."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from vitaal.digests.models import MailChoice
from vitaal.digests.quiet import is_quiet
from vitaal.digests.reckoning import Place, next_day, reckon
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.people.models import Cadence, Person
from vitaal.workspaces import circles, memberships, partners
from vitaal.workspaces.models import Circle, Membership, Partner, Role, Workspace

LEAP_OF_FAITH = timedelta(days=45)  # longer than any month, its days of rest included
zones = st.sampled_from(["Europe/Amsterdam", "America/Curacao", "Asia/Jakarta", "America/New_York"])
weekdays = st.integers(1, 7)
rhythms = st.sampled_from([None, *Cadence])
moments = st.builds(datetime.fromtimestamp, st.integers(1_704_000_000, 2_200_000_000), st.just(UTC))


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Someone with a rhythm for all their mail, and perhaps a pause."""
    return Person(
        id=uuid4(), name="Sora", email="s@example.nl", time_zone=draw(zones), digest_cadence=draw(rhythms),
        digest_weekday=draw(weekdays), away_until=draw(st.none() | st.dates(date(2024, 1, 1), date(2040, 6, 1))),
    )  # fmt: skip


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Somewhere they take part, perhaps with a rhythm of its own."""
    workspace = Workspace(id=uuid4(), quiet_weekends=draw(st.booleans()))
    member = Membership(
        circle=draw(st.sampled_from([Circle.INNER, Circle.OUTER])),
        roles=draw(st.sampled_from([[], [Role.LEAD]])),
    )
    choice = MailChoice(
        cadence=draw(rhythms), weekday=draw(st.none() | weekdays), is_told_at_once=draw(st.booleans())
    )
    return Place(workspace, member, draw(st.sampled_from([None, choice])))


@given(people(), st.lists(places(), max_size=12), moments)
def test_the_next_day_is_the_first_allowed_one_of_all_places(
    person: Person, somewhere: Sequence[Place], moment: datetime
) -> None:
    with clock.at(moment):
        reckon(person, somewhere)
    today = moment.astimezone(person.zone).date()
    days = [day for place in somewhere if (day := next_day(person, place, today))]
    assert person.next_digest_on == min(days, default=None)
    assert not person.digest_is_unplanned
    if person.next_digest_on:
        assert person.next_digest_on > today


@given(people(), places(), st.dates(date(2024, 1, 1), date(2040, 1, 1)))
def test_a_day_is_later_never_of_rest_and_never_within_the_pause(
    person: Person, place: Place, after: date
) -> None:
    day = next_day(person, place, after)
    if day is None:
        chosen = place.choice.cadence if place.choice and place.choice.cadence else person.digest_cadence
        assert chosen == Cadence.NEVER
        return
    assert day > after
    assert not is_quiet(day)
    assert not (place.workspace.quiet_weekends and day.isoweekday() == 6)
    assert person.away_until is None or day > person.away_until
    assert day - max(after, person.away_until or after) <= LEAP_OF_FAITH


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [("Europe/Amsterdam", date(2026, 11, 26)), ("America/Paramaribo", date(2026, 11, 25))],
)
def test_tomorrow_is_tomorrow_where_someone_lives(zone: str, wanted: date) -> None:
    person = Person(
        id=uuid4(),
        name="Sora",
        email="s@example.nl",
        time_zone=zone,
        digest_cadence="daily",
        digest_weekday=2,
    )
    place = Place(Workspace(id=uuid4(), quiet_weekends=True), Membership(circle=Circle.OUTER, roles=[]), None)
    with clock.at(datetime.combine(date(2026, 11, 25), time(0, 30), clock.AMSTERDAM)):
        reckon(person, [place])
    assert person.next_digest_on == wanted


Change = Callable[[Membership, Membership], None]


def partner_of(member: Membership) -> Partner:
    found = here(Partner, member.partner_id)
    assert found
    return found


def wanders(bram: Membership, anna: Membership) -> None:
    circles.put(bram, Circle.OUTER, reason="Minder tijd", by=anna)


def gets_a_role(bram: Membership, anna: Membership) -> None:
    memberships.give_roles(bram, [Role.FACILITATOR], by=anna)


def speaks_for_another(bram: Membership, anna: Membership) -> None:
    memberships.change_partner(bram, partner_of(anna), reason="Andere baan", by=anna)


def leaves(bram: Membership, _anna: Membership) -> None:
    memberships.leave(bram, actor=bram)


def is_ended(bram: Membership, anna: Membership) -> None:
    memberships.end(bram, reason="Verhuisd", by=anna)


def partner_moves(bram: Membership, anna: Membership) -> None:
    partners.move(partner_of(bram), Circle.OUTER, reason="Minder tijd", by=anna)


def partner_leaves(bram: Membership, anna: Membership) -> None:
    partners.leave(partner_of(bram), reason="Gestopt", by=anna)


CHANGES = (wanders, gets_a_role, speaks_for_another, leaves, is_ended, partner_moves, partner_leaves)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_whose_place_changes_is_reckoned_anew_and_nobody_else(cast: Cast, change: Change) -> None:
    with cast.app.app_context():
        for person in db.session.query(Person):
            person.digest_is_unplanned = False
        db.session.commit()
    with cast.acting_as("Bram" if change is leaves else "Anna"):
        bram, anna = (here(Membership, cast.amersfoort.members[name]) for name in ("Bram", "Anna"))
        assert bram
        assert anna
        change(bram, anna)
        db.session.commit()
    with cast.app.app_context():
        unplanned = [person.name for person in db.session.query(Person).filter_by(digest_is_unplanned=True)]
    assert unplanned == ["Bram"]
