"""Rules of standing: with the partner or further out, always with a reason, and always someone who leads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast
from vitaal.activity.models import Event
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.people.models import Person
from vitaal.workspaces import circles, memberships, partners
from vitaal.workspaces.circles import FurtherIn, NoReason, NotHere
from vitaal.workspaces.memberships import LastLead, NeedsAccount, NoLongerAllowed, OwnRoles
from vitaal.workspaces.models import Circle, CirclePeriod, Membership, Partner, PartnerKind, Reach, Role

AGREED_ON = date(2026, 11, 2)


def member(cast: Cast, name: str) -> Membership:
    found = here(Membership, cast.amersfoort.members[name])
    assert found
    return found


def partner(cast: Cast, name: str) -> Partner:
    """The partner that this member represented from the start."""
    found = here(Partner, cast.amersfoort.partners[name])
    assert found
    return found


def helped(cast: Cast, of: str = "Bram", helper: str = "Anna") -> Membership:
    return memberships.welcome_helped(
        "Riet", partner(cast, of), reach=Reach.PHONE, contact="(0123) 45 67 89", helper=member(cast, helper),
        consented_on=AGREED_ON, by=member(cast, "Anna"),
    )  # fmt: skip


def test_a_partner_that_moves_out_takes_its_members_along(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        moved = partners.move(
            partner(cast, "Bram"), Circle.OUTER, reason="Even minder tijd", by=member(cast, "Anna")
        )
        assert [m.name for m in moved] == ["Bram"]
        db.session.commit()
    with cast.acting_as("Bram"):
        assert member(cast, "Bram").circle == Circle.OUTER
        assert db.session.scalar(text("SELECT wall.standing()")) == "outer"


def test_a_partner_that_moves_in_brings_its_members(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partners.move(partner(cast, "Chaima"), Circle.INNER, reason="Draagt nu mee", by=member(cast, "Anna"))
        assert member(cast, "Chaima").circle == Circle.INNER


def test_who_was_put_further_out_on_purpose_stays_there_when_the_partner_moves_in(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        anna, welzijn = member(cast, "Anna"), partner(cast, "Bram")
        circles.put(member(cast, "Bram"), Circle.OUTER, reason="Leest liever mee", by=anna)
        partners.move(welzijn, Circle.OUTER, reason="Even minder tijd", by=anna)
        partners.move(welzijn, Circle.INNER, reason="Weer terug", by=anna)
        assert member(cast, "Bram").circle == Circle.OUTER


def test_a_member_stands_never_further_in_than_the_partner(cast: Cast) -> None:
    with cast.acting_as("Anna"), pytest.raises(FurtherIn):
        circles.put(member(cast, "Chaima"), Circle.INNER, reason="Graag", by=member(cast, "Anna"))


def test_the_database_lets_nobody_enter_further_in_than_their_partner(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        newcomer = Membership(
            id=new_id(), person_id=cast.people["Els"], partner_id=cast.amersfoort.partners["Chaima"], name="Els",
            circle=Circle.INNER,
        )  # fmt: skip
        db.session.add(newcomer)
        db.session.flush()
        db.session.refresh(newcomer)
        assert newcomer.circle == Circle.OUTER


def test_in_the_free_space_memberships_end(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partners.move(partner(cast, "Chaima"), Circle.FREE, reason="Rust", by=member(cast, "Anna"))
        assert member(cast, "Chaima").left_at is not None
        db.session.commit()
    with cast.acting_as("Chaima"):
        assert db.session.scalar(text("SELECT wall.standing()")) is None


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_no_move_without_a_reason(cast: Cast, reason: str) -> None:
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        with pytest.raises(NoReason):
            partners.move(partner(cast, "Bram"), Circle.OUTER, reason=reason, by=anna)
        with pytest.raises(NoReason):
            circles.put(member(cast, "Bram"), Circle.OUTER, reason=reason, by=anna)
        with pytest.raises(NoReason):
            memberships.end(member(cast, "Bram"), reason=reason, by=anna)


def test_a_move_tells_the_history_who_did_what_and_why(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partners.move(partner(cast, "Bram"), Circle.OUTER, reason="Even minder tijd", by=member(cast, "Anna"))
        db.session.flush()
        event = db.session.scalars(select(Event).where(Event.verb == "moved")).one()
        assert (event.actor_name, event.object_name, event.detail["reason"]) == (
            "Anna",
            "Welzijn Oost",
            "Even minder tijd",
        )
        latest, first = circles.history_of(partner(cast, "Bram"))
        assert (latest.circle, latest.decided_by, latest.to_at) == (Circle.OUTER, "Anna", None)
        assert first.to_at == latest.from_at


def test_the_only_lead_cannot_leave(cast: Cast) -> None:
    with cast.acting_as("Anna"), pytest.raises(LastLead):
        memberships.leave(member(cast, "Anna"), actor=member(cast, "Anna"))


def test_the_partner_of_the_only_lead_cannot_leave_or_go_to_the_free_space(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        with pytest.raises(LastLead):
            partners.move(partner(cast, "Anna"), Circle.FREE, reason="Klaar", by=member(cast, "Anna"))
        with pytest.raises(LastLead):
            partners.leave(partner(cast, "Anna"), reason="Klaar", by=member(cast, "Anna"))


def test_with_a_second_lead_the_first_can_leave_together_with_the_partner(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        memberships.give_roles(member(cast, "Bram"), [Role.LEAD], by=member(cast, "Anna"))
        partners.leave(partner(cast, "Anna"), reason="Wij stoppen", by=member(cast, "Anna"))
        db.session.commit()
    with cast.acting_as("Bram"):
        assert member(cast, "Anna").left_at is not None
        assert partner(cast, "Anna").left_at is not None


def test_nobody_changes_their_own_roles(cast: Cast) -> None:
    with cast.acting_as("Anna"), pytest.raises(OwnRoles):
        memberships.give_roles(member(cast, "Anna"), [Role.LIAISON], by=member(cast, "Anna"))


def test_the_database_refuses_own_roles_too(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        member(cast, "Anna").roles = [Role.FACILITATOR]
        with pytest.raises(DBAPIError, match="own roles"):
            db.session.flush()


def test_two_leads_who_demote_each_other_at_once_leave_one(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        memberships.give_roles(member(cast, "Bram"), [Role.LEAD], by=member(cast, "Anna"))
        db.session.commit()
    both_ready = Barrier(2)

    def demote(actor: str, other: str) -> str:
        with cast.acting_as(actor):
            by, whom = member(cast, actor), member(cast, other)
            both_ready.wait(10)
            try:
                memberships.give_roles(whom, [], by=by)
            except (LastLead, NoLongerAllowed) as refusal:
                return type(refusal).__name__
            db.session.commit()
            return "done"

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(demote, ("Anna", "Bram"), ("Bram", "Anna")))
    assert outcomes.count("done") == 1
    with cast.acting_as("Chaima"):
        leads = db.session.scalars(select(Membership).where(Membership.roles.contains([Role.LEAD]))).all()
        assert len(leads) == 1


def test_two_leads_who_leave_at_once_leave_one(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        memberships.give_roles(member(cast, "Bram"), [Role.LEAD], by=member(cast, "Anna"))
        db.session.commit()
    both_ready = Barrier(2)

    def go(name: str) -> str:
        with cast.acting_as(name):
            me = member(cast, name)
            both_ready.wait(10)
            try:
                memberships.leave(me, actor=me)
            except LastLead:
                return "refused"
            db.session.commit()
            return "gone"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(go, ("Anna", "Bram"))) == ["gone", "refused"]


def test_a_helper_leaves_for_whom_they_help_and_both_names_are_kept(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        riet = helped(cast, of="Chaima", helper="Chaima")
        db.session.commit()
    with cast.acting_as("Chaima"):
        memberships.leave(memberships.still_here(riet.id), actor=member(cast, "Chaima"))
        db.session.commit()
    with cast.acting_as("Anna"):
        event = db.session.scalars(select(Event).where(Event.verb == "left")).one()
        assert (event.actor_name, event.helped_by_name) == ("Riet", "Chaima")


def test_only_the_helper_acts_for_a_member(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        riet = helped(cast, helper="Bram")
        assert memberships.acting_for(riet, member(cast, "Bram")) == {
            "by": riet,
            "helped_by": member(cast, "Bram"),
        }
        with pytest.raises(NoLongerAllowed):
            memberships.acting_for(riet, member(cast, "Anna"))


def test_the_wall_keeps_an_outer_member_from_ending_someone_they_do_not_help(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        riet = helped(cast)
        db.session.commit()
    with cast.acting_as("Bram"):
        here(Membership, riet.id).left_at = clock.now()  # type: ignore[union-attr]
        with pytest.raises(Exception, match="0 were matched"):
            db.session.flush()


def test_without_an_account_nobody_leads_or_helps(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        riet = helped(cast)
        with pytest.raises(NeedsAccount):
            memberships.give_roles(riet, [Role.LEAD], by=member(cast, "Anna"))
        with pytest.raises(NeedsAccount):
            memberships.change_helper(riet, riet, by=member(cast, "Anna"))


def test_in_the_free_space_nobody_can_be_a_member(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        school = partners.welcome(
            "School De Brug", PartnerKind.ORGANISATION, Circle.FREE, is_formal=True, sector="school",
            reason="Misschien later", by=anna,
        )  # fmt: skip
        with pytest.raises(NotHere):
            memberships.change_partner(member(cast, "Bram"), school, reason="Andere baan", by=anna)


def test_another_partner_brings_its_circle(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        memberships.change_partner(
            member(cast, "Bram"), partner(cast, "Chaima"), reason="Andere baan", by=member(cast, "Anna")
        )
        assert member(cast, "Bram").circle == Circle.OUTER


START = datetime(2026, 1, 1, tzinfo=UTC)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["move", "put", "change", "end"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from([Circle.INNER, Circle.OUTER]),
    ),
    min_size=1,
    max_size=14,
)


def _seated(cast: Cast) -> tuple[list[UUID], list[UUID]]:
    """Four partners and four more members: one held further out from the start."""
    anna = member(cast, "Anna")
    seats = [partners.welcome(f"Partner {i}", PartnerKind.INITIATIVE, circle, is_formal=False, sector="", reason="Erbij",
                              by=anna) for i, circle in enumerate([Circle.INNER, Circle.INNER, Circle.OUTER, Circle.OUTER])]  # fmt: skip
    people = []
    for i, circle in enumerate([Circle.INNER, Circle.OUTER, Circle.OUTER, Circle.OUTER]):
        person = Person.join(f"Persoon {i}", f"{new_id()}@example.nl")
        newcomer = Membership(
            id=new_id(), person_id=person.id, partner_id=seats[i].id, name=person.name, circle=circle
        )
        db.session.add(newcomer)
        people.append(newcomer.id)
    db.session.flush()
    return [seat.id for seat in seats], people


def _step(cast: Cast, move: tuple[str, int, int, Circle], seats: list[UUID], people: list[UUID]) -> None:
    kind, which, other, circle = move
    anna, whom = member(cast, "Anna"), here(Membership, people[which])
    assert whom
    reason = f"{kind} {which}"
    if kind == "move":
        seat = here(Partner, seats[which])
        assert seat
        partners.move(seat, circle, reason=reason, by=anna)
    elif whom.left_at is not None:
        return
    elif kind == "put":
        try:
            circles.put(whom, circle, reason=reason, by=anna)
        except FurtherIn:
            return
    elif kind == "change":
        target = here(Partner, seats[other])
        assert target
        memberships.change_partner(whom, target, reason=reason, by=anna)
    else:
        memberships.end(whom, reason=reason, by=anna)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_moves_the_past_can_be_rebuilt(
    cast: Cast, moves: list[tuple[str, int, int, Circle]]
) -> None:
    seen: list[tuple[datetime, dict[UUID, str]]] = []
    with cast.acting_as("Anna"):
        with clock.at(START):
            seats, people = _seated(cast)
        for minute, move in enumerate(moves, start=1):
            with clock.at(START + timedelta(minutes=minute)):
                _step(cast, move, seats, people)
            members = {
                m.id: m for m in db.session.scalars(select(Membership).where(Membership.id.in_(people)))
            }
            now = {i: m.circle for i, m in members.items() if m.left_at is None}
            seen.append((START + timedelta(minutes=minute, seconds=30), now))
            standing = {p.id: Circle(p.circle) for p in db.session.scalars(select(Partner))}
            assert all(Circle(m.circle).distance >= standing[m.partner_id].distance for m in members.values()
                       if m.left_at is None)  # fmt: skip
        for moment, then in seen:
            rebuilt = circles.standing_on(moment).members
            assert {i: rebuilt[i] for i in people if i in rebuilt} == then
            assert {i: c for i in people if (c := circles.circle_on(members[i], moment))} == then
        assert not db.session.scalars(select(CirclePeriod).where(CirclePeriod.reason == "")).all()
        db.session.rollback()
