"""A round: who is asked, what stays private, and what happens in the second in which it closes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.agenda.rounds import actions, begin, ends, me, ratings_seen_by, says, the_round
from tests.cast import Cast
from vitaal.activity.models import Event
from vitaal.agenda.models import Action, PriorityRound, Rating, RoundAction, Voice
from vitaal.agenda.round_queries import asked_in, to_rate, voice_in, weighings_of
from vitaal.agenda.rounds import (
    CLOSE,
    AnotherIsOpen,
    RoundClosed,
    close,
    close_on_its_day,
    open_round,
    rate,
    usual_closing_day,
)
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.promises import Promise
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Reach, Role

SOON = clock.today() + timedelta(days=7)


def asked(cast: Cast, round_id: UUID, name: str = "Anna") -> dict[str, int]:
    with cast.acting_as(name):
        return {one.partner.name: one.rated for one in asked_in(the_round(round_id))}


def refused(*, by: str, cast: Cast, sql: str, **values: object) -> None:
    """The database refuses, whatever the code would ask."""
    with cast.acting_as(by), pytest.raises(DBAPIError) as mistake:
        db.session.execute(text(sql), values)
    assert isinstance(mistake.value.orig, psycopg.errors.InsufficientPrivilege)


def first_action(cast: Cast) -> UUID:
    with cast.acting_as("Anna"):
        found = db.session.scalar(select(Action.id).order_by(Action.position).limit(1))
        assert found
        return found


INSERT = (
    "INSERT INTO app.rating (workspace_id, round_id, action_id, partner_id, importance, urgency, rated_by_id,"
    " rated_by_name, rated_at) VALUES (:workspace, :round, :action, :partner, 5, 5, :member, 'x', now())"
)


def row(cast: Cast, round_id: UUID, partner_of: str, member: str) -> dict[str, object]:
    return {
        "workspace": cast.amersfoort.id,
        "round": round_id,
        "action": first_action(cast),
        "partner": cast.amersfoort.partners[partner_of],
        "member": cast.amersfoort.members[member],
    }


# Who is asked


def test_about_shared_actions_every_partner_with_a_member_is_asked(cast: Cast) -> None:
    assert asked(cast, begin(cast)) == {"Buurthuis De Kom": 0, "Wandelclub": 0, "Welzijn Oost": 0}


def test_about_actions_of_the_inner_circle_only_who_may_see_them_are_asked(cast: Cast) -> None:
    round_id = begin(cast, "Begroting maken", circle=Circle.INNER)
    assert asked(cast, round_id) == {"Buurthuis De Kom": 0, "Welzijn Oost": 0}
    with cast.acting_as("Chaima"):
        assert here(PriorityRound, round_id) is None
        assert db.session.query(RoundAction).all() == []
        assert db.session.query(Voice).all() == []
        assert db.session.execute(text("SELECT * FROM wall.raters(:id)"), {"id": round_id}).all() == []


def test_who_arranges_speaks_for_a_partner_of_the_outer_circle(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        me(cast, "Chaima").roles = [Role.FACILITATOR]
        db.session.commit()
    round_id = begin(cast, "Begroting maken", circle=Circle.INNER)
    assert "Wandelclub" in asked(cast, round_id)


def test_a_partner_without_anyone_who_can_answer_is_not_asked(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        Partner.welcome("Nog leeg", PartnerKind.INITIATIVE, Circle.INNER, is_formal=False, reason="Nieuw",
                        decided_by="Anna")  # fmt: skip
        db.session.commit()
    assert "Nog leeg" not in asked(cast, begin(cast))


def test_who_comes_during_a_round_is_asked_in_the_next(cast: Cast) -> None:
    round_id = begin(cast)
    with cast.acting_as("Anna"):
        late = Partner.welcome("Laatkomer", PartnerKind.ORGANISATION, Circle.INNER, is_formal=True, reason="Nieuw",
                               decided_by="Anna")  # fmt: skip
        me(cast, "Bram").partner_id = late.id
        db.session.commit()
    assert "Laatkomer" not in asked(cast, round_id)
    refused(by="Bram", cast=cast, sql=INSERT, **row(cast, round_id, "Anna", "Bram"))


def test_a_partner_that_left_without_a_word_no_longer_counts(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (3, 3))
    with cast.acting_as("Anna"):
        for name in ("Bram", "Chaima"):
            partner = here(Partner, cast.amersfoort.partners[name])
            assert partner
            partner.left_at = clock.now()
        db.session.commit()
    assert asked(cast, round_id) == {"Buurthuis De Kom": 0, "Welzijn Oost": 1}


def test_there_is_one_round_at_a_time(cast: Cast) -> None:
    round_id = begin(cast)
    with cast.acting_as("Anna"), pytest.raises(AnotherIsOpen):
        open_round(actions("Nog een", "En nog een"), closes_on=SOON, why="", by=me(cast, "Anna"))
    ends(cast, round_id)
    assert begin(cast, "Nog een", "En nog een") != round_id


def test_two_who_open_a_round_at_once_open_one(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        me(cast, "Bram").roles = [Role.FACILITATOR]
        ids = [action.id for action in actions("Een", "Twee")]
        db.session.commit()
    both_ready = Barrier(2)

    def go(name: str) -> str:
        with cast.acting_as(name):
            found = [db.session.get_one(Action, (cast.amersfoort.id, action_id)) for action_id in ids]
            both_ready.wait(10)
            try:
                open_round(found, closes_on=SOON, why="", by=me(cast, name))
            except AnotherIsOpen:
                return "refused"
            db.session.commit()
            return "opened"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(go, ("Anna", "Bram"))) == ["opened", "refused"]


@pytest.mark.parametrize(
    ("today", "closes_on"),
    [
        ("2026-11-24", "2026-12-01"),  # a Tuesday
        ("2026-11-27", "2026-12-04"),  # a Friday
        ("2026-11-28", "2026-12-07"),  # a Saturday: not in the next weekend, but after it
        ("2026-11-29", "2026-12-07"),  # a Sunday
    ],
)
def test_a_round_usually_takes_a_week_with_a_whole_weekend(today: str, closes_on: str) -> None:
    assert usual_closing_day(date.fromisoformat(today)) == date.fromisoformat(closes_on)


# What stays private


def test_while_a_round_is_open_nobody_sees_what_another_partner_says(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1))
    says(cast, "Anna", round_id, (1, 5))
    partners = cast.amersfoort.partners
    assert ratings_seen_by(cast, "Bram") == {(partners["Bram"], 5, 1)}
    assert ratings_seen_by(cast, "Anna") == {(partners["Anna"], 1, 5)}
    assert ratings_seen_by(cast, "Chaima") == set()
    assert asked(cast, round_id, "Chaima") == {"Buurthuis De Kom": 1, "Wandelclub": 0, "Welzijn Oost": 1}


def test_when_a_round_has_closed_everyone_sees_what_was_said(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1))
    says(cast, "Chaima", round_id, (1, 5))
    ends(cast, round_id)
    for name in ("Anna", "Bram", "Chaima"):
        assert len(ratings_seen_by(cast, name)) == 2


def test_the_outer_circle_does_not_see_what_was_said_about_an_action_that_went_inside(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1), (4, 4))
    ends(cast, round_id)
    with cast.acting_as("Anna"):
        db.session.get_one(Action, (cast.amersfoort.id, first_action_id())).circle = Circle.INNER
        db.session.commit()
    assert len(ratings_seen_by(cast, "Anna")) == 2
    assert len(ratings_seen_by(cast, "Chaima")) == 1


def first_action_id() -> UUID:
    found = db.session.scalar(select(Action.id).order_by(Action.position).limit(1))
    assert found
    return found


def test_nobody_outside_sees_a_round(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1))
    ends(cast, round_id)
    for name in ("Daan", "Farah", "Els"):
        assert ratings_seen_by(cast, name) == set()
        with cast.acting_as(name):
            assert db.session.query(PriorityRound).all() == []
            assert db.session.execute(text("SELECT * FROM wall.raters(:id)"), {"id": round_id}).all() == []
            assert db.session.scalar(text("SELECT wall.holds_open(:id)"), {"id": round_id}) is False


@pytest.mark.parametrize("who", ["Anna", "Bram", "Chaima"])
def test_nobody_speaks_for_another_partner(cast: Cast, who: str) -> None:
    round_id = begin(cast)
    other = "Bram" if who != "Bram" else "Chaima"
    refused(by=who, cast=cast, sql=INSERT, **row(cast, round_id, partner_of=other, member=who))


def test_nobody_answers_in_the_name_of_a_colleague(cast: Cast) -> None:
    round_id = begin(cast)
    refused(by="Bram", cast=cast, sql=INSERT, **row(cast, round_id, partner_of="Bram", member="Anna"))


def test_nobody_changes_what_another_partner_said(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1))
    ends(cast, round_id)
    with cast.acting_as("Anna"):
        touched = db.session.execute(text("UPDATE app.rating SET importance = 1 RETURNING partner_id")).all()
        assert touched == []


def test_after_closing_the_database_refuses_a_new_answer_and_a_changed_one(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1))
    ends(cast, round_id)
    refused(by="Bram", cast=cast, sql="UPDATE app.rating SET importance = 1")
    refused(by="Chaima", cast=cast, sql=INSERT, **row(cast, round_id, "Chaima", "Chaima"))


def test_only_who_arranges_opens_or_closes_a_round(cast: Cast) -> None:
    round_id = begin(cast)
    with cast.acting_as("Bram"):
        closed = db.session.execute(
            text("UPDATE app.priority_round SET closed_at = now() RETURNING id")
        ).all()
        assert closed == []
    ends(cast, round_id)
    refused(
        by="Bram", cast=cast,
        sql="INSERT INTO app.priority_round (workspace_id, id, circle, closes_on, opened_at, opened_by_id)"
        " VALUES (:w, :id, 'outer', '2027-01-01', now(), :m)",
        w=cast.amersfoort.id, id=new_id(), m=cast.amersfoort.members["Bram"],
    )  # fmt: skip


def test_who_arranges_cannot_add_a_voice_for_a_stranger_or_an_action_of_another_place(cast: Cast) -> None:
    round_id = begin(cast)
    stranger = cast.elsewhere.partners["Daan"]
    with cast.acting_as("Anna"):
        db.session.add(Voice(workspace_id=cast.amersfoort.id, round_id=round_id, partner_id=stranger))
        with pytest.raises(DBAPIError) as mistake:
            db.session.flush()
    assert isinstance(mistake.value.orig, psycopg.errors.ForeignKeyViolation)


def test_a_member_changes_the_view_of_their_partner_until_the_round_closes(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1, "Eerst dacht ik zo"))
    says(cast, "Bram", round_id, (2, 2))
    with cast.acting_as("Bram"):
        [rating] = db.session.query(Rating)
        assert (rating.importance, rating.urgency, rating.remark, rating.rated_by_name) == (2, 2, "", "Bram")
    ends(cast, round_id)
    with pytest.raises(RoundClosed):
        says(cast, "Bram", round_id, (1, 1))


def test_a_helper_speaks_for_a_partner_that_takes_part_by_phone(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        resident = Partner.welcome("Riet", PartnerKind.RESIDENT, Circle.OUTER, is_formal=False, reason="Nieuw",
                                   decided_by="Anna")  # fmt: skip
        welcome_helped("Riet", resident, reach=Reach.PHONE, contact="(0123) 45 67 89", helper=me(cast, "Chaima"),
                       consented_on=date(2026, 11, 2), by=me(cast, "Anna"))  # fmt: skip
        db.session.commit()
    round_id = begin(cast)
    assert "Riet" in asked(cast, round_id)
    with cast.acting_as("Chaima"):
        voice = voice_in(round_id, resident.id)
        assert voice
        assert voice.is_of(me(cast, "Chaima"))
        rate(voice, first_action_id(), importance=5, urgency=4, remark="", by=me(cast, "Chaima"))
        db.session.commit()
        assert [(one.partner.name if one.partner else "", one.rated) for one in to_rate(me(cast, "Chaima"))] == [
            ("Wandelclub", 0), ("Riet", 1),
        ]  # fmt: skip
    with cast.acting_as("Bram"):
        assert not (voice_in(round_id, resident.id) or voice).is_of(me(cast, "Bram"))
    assert ratings_seen_by(cast, "Chaima") == {(resident.id, 5, 4)}
    assert ratings_seen_by(cast, "Anna") == set()


# How it closes


def test_a_round_closes_once_and_everyone_is_told(cast: Cast) -> None:
    round_id = begin(cast)
    with cast.acting_as("Anna"):
        assert close(the_round(round_id), by=me(cast, "Anna"))
        assert not close(the_round(round_id), by=me(cast, "Anna"))
        db.session.commit()
    with cast.acting_as("Chaima"):
        told = db.session.query(Event).filter(Event.object_kind == "priority_round").order_by(Event.id)
        assert [event.verb for event in told] == ["opened", "closed"]


def test_of_a_round_in_the_inner_circle_the_outer_circle_hears_nothing(cast: Cast) -> None:
    ends(cast, begin(cast, "Begroting maken", "Geld zoeken", circle=Circle.INNER))
    with cast.acting_as("Chaima"):
        assert db.session.query(Event).filter(Event.object_kind == "priority_round").all() == []


def the_promise(worker: Flask) -> Promise:
    with worker.app_context():
        promised = db.session.scalars(select(Promise).where(Promise.kind == CLOSE)).one()
        db.session.expunge(promised)
        db.session.commit()
        return promised


def test_a_round_closes_by_itself_on_the_morning_of_its_day(cast: Cast, worker: Flask) -> None:
    round_id = begin(cast, closes_on=date(2027, 3, 4))
    promised = the_promise(worker)
    assert promised.due_at == datetime.combine(date(2027, 3, 4), time(7), clock.AMSTERDAM)
    with worker.app_context():
        close_on_its_day(promised)
        close_on_its_day(promised)
    with cast.acting_as("Anna"):
        closed = the_round(round_id)
        assert (closed.is_open, closed.closed_by_id) == (False, None)
        assert db.session.query(Event).filter(Event.verb == "closed").count() == 1


def test_a_round_that_was_closed_by_hand_is_left_alone_on_its_day(cast: Cast, worker: Flask) -> None:
    round_id = begin(cast)
    ends(cast, round_id)
    with cast.acting_as("Anna"):
        closed_at = the_round(round_id).closed_at
    with worker.app_context():
        close_on_its_day(the_promise(worker))
    with cast.acting_as("Anna"):
        assert the_round(round_id).closed_at == closed_at


def test_when_who_opened_it_is_gone_another_who_arranges_closes_it(cast: Cast, worker: Flask) -> None:
    with cast.acting_as("Anna"):
        me(cast, "Bram").roles = [Role.LEAD]
        db.session.commit()
    round_id = begin(cast)
    with cast.acting_as("Bram"):
        db.session.get_one(
            Membership, (cast.amersfoort.id, cast.amersfoort.members["Anna"])
        ).left_at = clock.now()
        db.session.commit()
    with worker.app_context():
        close_on_its_day(the_promise(worker))
    with cast.acting_as("Bram"):
        assert not the_round(round_id).is_open


def test_a_hand_and_the_clock_that_close_at_once_close_once(cast: Cast, worker: Flask) -> None:
    round_id = begin(cast)
    promised = the_promise(worker)
    both_ready = Barrier(2)

    def by_hand() -> None:
        with cast.acting_as("Anna"):
            closing, anna = the_round(round_id), me(cast, "Anna")
            both_ready.wait(10)
            close(closing, by=anna)
            db.session.commit()

    def by_the_clock() -> None:
        with worker.app_context():
            both_ready.wait(10)
            close_on_its_day(promised)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(by_hand), threads.submit(by_the_clock)]:
            done.result()
    with cast.acting_as("Anna"):
        assert db.session.query(Event).filter(Event.verb == "closed").count() == 1


def test_an_answer_that_was_being_saved_when_the_round_closed_is_counted(cast: Cast) -> None:
    round_id = begin(cast)
    rated, closing_began = Barrier(2), Barrier(2)

    def bram_answers() -> None:
        with cast.acting_as("Bram"):
            voice = voice_in(round_id, cast.amersfoort.partners["Bram"])
            assert voice
            rate(voice, first_action_id(), importance=5, urgency=1, remark="", by=me(cast, "Bram"))
            rated.wait(10)
            closing_began.wait(10)
            db.session.commit()

    def anna_closes() -> int:
        rated.wait(10)
        with cast.acting_as("Anna"):
            closing, anna = the_round(round_id), me(cast, "Anna")
            closing_began.wait(10)
            close(closing, by=anna)
            counted = len(weighings_of(closing)[first_action_id()].views)
            db.session.commit()
            return counted

    with ThreadPoolExecutor(2) as threads:
        answered, closed = threads.submit(bram_answers), threads.submit(anna_closes)
        answered.result()
        assert closed.result() == 1


def test_an_answer_that_comes_while_the_round_is_closing_is_refused(cast: Cast) -> None:
    round_id = begin(cast)
    closing, answering = Barrier(2), Barrier(2)

    def anna_closes() -> None:
        with cast.acting_as("Anna"):
            close(the_round(round_id), by=me(cast, "Anna"))
            closing.wait(10)
            answering.wait(10)
            db.session.commit()

    def bram_answers() -> str:
        with cast.acting_as("Bram"):
            voice, bram = voice_in(round_id, cast.amersfoort.partners["Bram"]), me(cast, "Bram")
            action_id = first_action_id()
            assert voice
            closing.wait(10)
            answering.wait(10)
            try:
                rate(voice, action_id, importance=5, urgency=1, remark="", by=bram)
            except RoundClosed:
                return "refused"
            return "counted"

    with ThreadPoolExecutor(2) as threads:
        closed, answered = threads.submit(anna_closes), threads.submit(bram_answers)
        closed.result()
        assert answered.result() == "refused"
    assert ratings_seen_by(cast, "Anna") == set()


def test_whatever_goes_first_every_answer_is_in_what_was_closed_or_was_refused(cast: Cast) -> None:
    """Three partners answer and Anna closes at the same moment; what she reads then is all there ever is."""
    round_id = begin(cast)
    all_ready = Barrier(4)

    def answers(name: str) -> bool:
        with cast.acting_as(name):
            voice, member = voice_in(round_id, cast.amersfoort.partners[name]), me(cast, name)
            action_id = first_action_id()
            assert voice
            all_ready.wait(10)
            try:
                rate(voice, action_id, importance=5, urgency=1, remark="", by=member)
            except RoundClosed:
                return False
            db.session.commit()
            return True

    def closes() -> int:
        with cast.acting_as("Anna"):
            closing, anna, action_id = the_round(round_id), me(cast, "Anna"), first_action_id()
            all_ready.wait(10)
            close(closing, by=anna)
            counted = len(weighings_of(closing)[action_id].views)
            db.session.commit()
            return counted

    with ThreadPoolExecutor(4) as threads:
        counted = threads.submit(closes)
        given = list(threads.map(answers, ("Anna", "Bram", "Chaima")))
        assert counted.result() == sum(given)
    assert len(ratings_seen_by(cast, "Anna")) == sum(given)


def test_an_action_that_is_thrown_away_for_good_takes_its_answers_along(cast: Cast) -> None:
    round_id = begin(cast)
    says(cast, "Bram", round_id, (5, 1), (4, 4))
    with cast.acting_as("Bram"):
        assert [one.actions for one in to_rate(me(cast, "Bram"))] == [3]
    with cast.acting_as("Anna"):
        db.session.get_one(Action, (cast.amersfoort.id, first_action_id())).deleted_at = clock.now()
        db.session.commit()
    with cast.acting_as("Bram"):
        assert [(one.actions, one.rated) for one in to_rate(me(cast, "Bram"))] == [(2, 1)]
