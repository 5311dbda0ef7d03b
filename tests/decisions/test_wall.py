"""The database refuses, whatever the code asks: who reads, who writes, and that nothing is rewritten."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from tests.decisions.story import agreed, decided, of_action
from vitaal.agenda.putting_away import empty_trash
from vitaal.decisions import agreeing
from vitaal.decisions.models import Agreement, AgreementCheck, Decision, Outcome
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle

REWRITES = (
    "UPDATE app.decision SET text = 'Iets anders'",
    "UPDATE app.decision SET circle = 'outer'",
    "UPDATE app.decision SET valid_until = NULL",
    "DELETE FROM app.decision",
    "UPDATE app.agreement SET text = 'Iets anders'",
    "UPDATE app.agreement SET circle = 'outer'",
    "DELETE FROM app.agreement",
    "UPDATE app.agreement_check SET lesson = ''",
    "DELETE FROM app.agreement_check",
)


def refused(statement: str) -> None:
    with pytest.raises(DBAPIError) as answer, db.session.begin_nested():
        db.session.execute(text(statement))
    assert isinstance(answer.value.orig, psycopg.errors.InsufficientPrivilege), statement


def seen(cast: Cast, name: str) -> set[UUID]:
    """The decisions and agreements that someone reads."""
    with cast.acting_as(name):
        return {row.id for model in (Decision, Agreement) for row in db.session.query(model)}


def both(cast: Cast, **more: str) -> set[UUID]:
    return {decided(cast, **more), agreed(cast, **more)}


@pytest.mark.parametrize("who", ["Anna", "Bram", "Chaima"])
def test_nobody_rewrites_or_removes_what_was_decided_agreed_or_seen(cast: Cast, who: str) -> None:
    both(cast)
    with cast.acting_as(who):
        for statement in REWRITES:
            refused(statement)


def test_the_outer_circle_reads_nothing_that_is_for_the_inner_circle(cast: Cast) -> None:
    shared, closed = both(cast), both(cast, circle=Circle.INNER)
    assert seen(cast, "Chaima") == shared
    assert seen(cast, "Bram") == shared | closed
    assert seen(cast, "Farah") == set()
    with cast.acting_as("Daan", cast.amersfoort):
        assert db.session.query(Decision).count() == db.session.query(Agreement).count() == 0


def test_what_was_decided_about_an_action_is_hidden_with_it(cast: Cast) -> None:
    number = an_action(cast)
    about_it = both(cast, at=of_action(cast, number))
    assert seen(cast, "Chaima") == about_it
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), circle=Circle.INNER)
        db.session.commit()
    assert seen(cast, "Chaima") == set()
    assert seen(cast, "Bram") == about_it


@pytest.mark.parametrize("circle", [Circle.INNER, Circle.OUTER])
def test_when_an_action_is_gone_for_good_what_was_decided_stays_for_who_could_read_it(
    cast: Cast, worker: Flask, circle: Circle
) -> None:
    number = an_action(cast)
    about_it = both(cast, at=of_action(cast, number))
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), circle=circle)
        found(number).deleted_at = clock.now() - timedelta(days=31)
        db.session.commit()
    with worker.app_context():
        assert empty_trash() == 1
    assert seen(cast, "Chaima") == (about_it if circle == Circle.OUTER else set())
    assert seen(cast, "Bram") == about_it
    with cast.acting_as("Anna"):
        assert [row.action_id for row in db.session.query(Decision)] == [None]


def test_the_outer_circle_writes_no_decision_and_no_agreement(cast: Cast) -> None:
    for write in (decided, agreed):
        with pytest.raises(DBAPIError) as answer:
            write(cast, by="Chaima")
        assert isinstance(answer.value.orig, psycopg.errors.InsufficientPrivilege)


def test_nobody_writes_in_the_name_of_someone_else(cast: Cast) -> None:
    decision_id = decided(cast)
    with cast.acting_as("Bram"):
        anna = cast.amersfoort.members["Anna"]
        refused(
            "INSERT INTO app.decision (workspace_id, id, text, how, decided_on, circle, by_id, by_name, written_at)"
            f" SELECT workspace_id, gen_random_uuid(), 'Ja', how, decided_on, circle, '{anna}', 'Anna', now()"
            f" FROM app.decision WHERE id = '{decision_id}'"
        )


def test_an_agreement_is_looked_at_by_who_looks_after_it_or_the_inner_circle(cast: Cast) -> None:
    of_bram, of_chaima = agreed(cast), agreed(cast, owner="Chaima")
    with cast.acting_as("Chaima"):
        chaima = member(cast, "Chaima")
        mine, other = here(Agreement, of_chaima), here(Agreement, of_bram)
        assert mine
        assert other
        agreeing.check(mine, Outcome.DONE, by=chaima, version=1)
        db.session.commit()
        refused(
            "INSERT INTO app.agreement_check (workspace_id, id, agreement_id, outcome, by_id, by_name, checked_at)"
            f" VALUES ('{cast.amersfoort.id}', gen_random_uuid(), '{other.id}', 'done', '{chaima.id}', 'Chaima', now())"
        )
        db.session.execute(text("UPDATE app.agreement SET check_on = check_on + 1"))
        db.session.commit()
    with cast.acting_as("Anna"):
        agreement = here(Agreement, of_bram)
        assert agreement
        assert agreement.check_on == clock.today() + timedelta(days=30)
        assert db.session.query(AgreementCheck).count() == 1


def test_who_is_outside_hands_nothing_over(cast: Cast) -> None:
    agreed(cast, owner="Chaima")
    with cast.acting_as("Chaima"):
        refused(f"UPDATE app.agreement SET owner_id = '{cast.amersfoort.members['Bram']}'")
