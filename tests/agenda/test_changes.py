"""An action changes in one way: every change is kept with who made it, can be undone, and loses nobody's work."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from vitaal.activity.models import Event
from vitaal.agenda.models import ActionChange
from vitaal.agenda.models.action import EndsBeforeStart, NoReason
from vitaal.agenda.models.waiting import CannotWait
from vitaal.kernel.db import db, new_id
from vitaal.kernel.versions import ChangedMeanwhile

FIRST, LATER, LAST = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)


def test_what_became_different_is_named_and_kept_with_who_did_it(cast: Cast) -> None:
    number = an_action(cast, reason="Omdat het kan")
    with cast.acting_as("Bram"):
        action, bram = found(number), member(cast, "Bram")
        assert action.change(by=bram, title="Samen koken", reason="Omdat het kan", due_on=LATER) == [
            "title",
            "due_on",
        ]
        change = db.session.scalars(select(ActionChange)).one()
        assert (change.by_name, change.version) == ("Bram", 2)
        assert change.before == {"title": "Samen eten", "due_on": None}
        assert change.after == {"title": "Samen koken", "due_on": "2026-04-01"}


def test_a_change_to_what_it_already_was_is_no_change(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action = found(number)
        assert action.change(by=member(cast, "Anna"), title="Samen eten") == []
        assert action.version == 1
        assert db.session.scalars(select(ActionChange)).all() == []


def test_a_moment_in_the_status_is_remembered_only_when_the_status_changes(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        before = action.status_at
        action.change(by=anna, title="Samen koken")
        assert action.status_at == before
        action.change(by=anna, status="doing")
        assert action.status_at > before


def test_an_action_cannot_end_before_it_starts(cast: Cast) -> None:
    number = an_action(cast, starts_on=LATER)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        with pytest.raises(EndsBeforeStart):
            action.change(by=anna, due_on=FIRST)
        assert action.change(by=anna, due_on=LATER) == ["due_on"]
        with pytest.raises(EndsBeforeStart):
            action.change(by=anna, starts_on=LAST)
        assert (action.starts_on, action.due_on) == (LATER, LATER)


def test_an_action_stops_only_with_a_reason_and_forgets_it_when_it_goes_on(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        with pytest.raises(NoReason):
            action.change(by=anna, status="stopped")
        action.change(by=anna, status="stopped", stop_reason="De zaal is dicht")
        action.change(by=anna, status="doing")
        assert (action.status, action.stop_reason) == ("doing", "")
        action.undo(by=anna)
        assert (action.status, action.stop_reason) == ("stopped", "De zaal is dicht")


def test_the_last_change_can_be_undone_and_that_too(cast: Cast) -> None:
    number = an_action(cast, due_on=FIRST, labels=["eten"])
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        action.change(by=anna, due_on=LATER, labels=["eten", "buurt"], owner_id=anna.id)
        action.undo(by=anna)
        assert (action.due_on, action.labels, action.owner_id) == (FIRST, ["eten"], None)
        action.undo(by=anna)
        assert (action.due_on, action.labels, action.owner_id) == (LATER, ["eten", "buurt"], anna.id)


def test_what_never_changed_has_nothing_to_undo(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action = found(number)
        action.undo(by=member(cast, "Anna"))
        assert (action.title, action.version) == ("Samen eten", 1)


def test_nobody_undoes_a_change_that_they_did_not_see(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        action.change(by=anna, title="Samen koken")
        seen = action.version
        action.change(by=member(cast, "Bram"), title="Samen bakken")
        with pytest.raises(ChangedMeanwhile):
            action.undo(by=anna, version=seen)
        assert action.title == "Samen bakken"


def test_two_who_change_different_things_both_get_their_way(cast: Cast) -> None:
    number = an_action(cast, reason="Gezellig", due_on=FIRST)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        seen = action.version
        action.change(by=member(cast, "Bram"), due_on=LATER)
        form = {"title": "Samen koken", "reason": "Gezellig", "due_on": FIRST}
        assert action.change(by=anna, version=seen, **form) == ["title"]
        assert (action.title, action.due_on) == ("Samen koken", LATER)


def test_the_second_of_two_who_change_the_same_thing_is_told(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        seen = action.version
        action.change(by=member(cast, "Bram"), title="Samen bakken")
        with pytest.raises(ChangedMeanwhile):
            action.change(by=anna, version=seen, title="Samen koken", reason="Lekker")
        assert (action.title, action.reason) == ("Samen bakken", "")


def test_two_who_change_the_same_thing_to_the_same_agree(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        seen = action.version
        action.change(by=member(cast, "Bram"), title="Samen koken")
        assert action.change(by=anna, version=seen, title="Samen koken", reason="Lekker") == ["reason"]


def test_days_that_no_longer_fit_together_are_a_difference_too(cast: Cast) -> None:
    number = an_action(cast, starts_on=FIRST, due_on=LATER)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        seen = action.version
        action.change(by=member(cast, "Bram"), due_on=LAST)
        action.change(by=member(cast, "Bram"), starts_on=LAST)
        with pytest.raises(ChangedMeanwhile):
            action.change(by=anna, version=seen, starts_on=FIRST, due_on=date(2026, 4, 2))
        assert action.conflicts(seen, {"due_on": date(2026, 4, 2)}) == {"starts_on", "due_on"}


FIELDS: dict[str, Any] = {
    "title": st.sampled_from(["a", "b", "c"]),
    "serves": st.sampled_from(["", "ouderen"]),
    "labels": st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True),
    "due_on": st.sampled_from([None, FIRST, LATER]),
    "repeats": st.sampled_from(["", "week"]),
}
CHANGES = st.fixed_dictionaries({}, optional=FIELDS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(CHANGES, max_size=5), others=st.lists(CHANGES, max_size=3), mine=CHANGES)
def test_nothing_that_anyone_wrote_is_lost_without_being_told(
    cast: Cast, history: list[dict[str, Any]], others: list[dict[str, Any]], mine: dict[str, Any]
) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna, bram = found(number), member(cast, "Anna"), member(cast, "Bram")
        for change in history:
            action.change(by=bram, **change)
        seen, version = {name: getattr(action, name) for name in FIELDS}, action.version
        for change in others:
            action.change(by=bram, **change)
        theirs = {name: getattr(action, name) for name in FIELDS}
        assert action.seen_at(version, FIELDS) == seen
        whole_form = seen | mine
        touched = {name for name in FIELDS if whole_form[name] != seen[name]}
        moved = {name for name in FIELDS if theirs[name] != seen[name]}
        clash = {name for name in touched & moved if whole_form[name] != theirs[name]}
        assert action.conflicts(version, whole_form) == clash
        if not clash:
            action.change(by=anna, version=version, **whole_form)
            now = {name: getattr(action, name) for name in FIELDS}
            assert now == theirs | {name: whole_form[name] for name in touched}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=6))
def test_undoing_brings_back_what_was_before_whatever_changed(
    cast: Cast, changes: list[dict[str, Any]]
) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action, anna = found(number), member(cast, "Anna")
        for change in changes:
            before = {name: getattr(action, name) for name in FIELDS}
            if action.change(by=anna, **change):
                after = {name: getattr(action, name) for name in FIELDS}
                action.undo(by=anna)
                assert {name: getattr(action, name) for name in FIELDS} == before
                action.undo(by=anna)
                assert {name: getattr(action, name) for name in FIELDS} == after


def test_actions_never_wait_for_each_other_in_a_circle(cast: Cast) -> None:
    numbers = [an_action(cast, title) for title in ("Eerst", "Dan", "Ten slotte")]
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        first, then, last = (found(number) for number in numbers)
        then.change(by=anna, depends_on_id=first.id)
        last.change(by=anna, depends_on_id=then.id)
        for on in (first, then, last):
            with pytest.raises(CannotWait):
                first.change(by=anna, depends_on_id=on.id)
        last.change(by=anna, depends_on_id=None)
        first.change(by=anna, depends_on_id=last.id)
        with pytest.raises(CannotWait):
            last.undo(by=anna)
        assert last.depends_on_id is None


def test_an_action_cannot_wait_for_one_that_is_nowhere(cast: Cast) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"), pytest.raises(CannotWait):
        found(number).change(by=member(cast, "Anna"), depends_on_id=new_id())


def test_an_action_cannot_wait_for_one_of_another_workspace(cast: Cast) -> None:
    number = an_action(cast)
    elsewhere = an_action(cast, by="Daan", place=cast.elsewhere)
    with cast.acting_as("Daan", cast.elsewhere):
        theirs = found(elsewhere).id
    with cast.acting_as("Anna"), pytest.raises(CannotWait):
        found(number).change(by=member(cast, "Anna"), depends_on_id=theirs)


@pytest.mark.parametrize(
    ("change", "verb"),
    [
        ({"title": "Samen koken"}, "changed"),
        ({"status": "doing"}, "changed"),
        ({"status": "done"}, "finished"),
        ({"status": "stopped", "stop_reason": "Te druk"}, "stopped"),
    ],
)
def test_each_change_is_told_in_the_words_that_fit(cast: Cast, change: dict[str, Any], verb: str) -> None:
    number = an_action(cast)
    with cast.acting_as("Anna"):
        action = found(number)
        action.change(by=member(cast, "Anna"), **change)
        event = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event
        assert (event.verb, event.object_id, event.circle) == (verb, action.id, "outer")


def test_what_only_the_inner_circle_sees_is_told_to_the_inner_circle_only(cast: Cast) -> None:
    number = an_action(cast, circle="inner")
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), title="Binnen geheim", circle="inner")
        db.session.commit()
    with cast.acting_as("Chaima"):
        assert db.session.scalars(select(Event)).all() == []
