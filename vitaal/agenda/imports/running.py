"""Putting the lines of a file on the agenda: all in one transaction, by a worker, however often it is tried.

How far it is, is written beside that transaction, so that a page can show it meanwhile.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from vitaal.activity.models import record
from vitaal.activity.noticing import tell_at_once
from vitaal.agenda.columns import plain
from vitaal.agenda.imports.judging import Judged, Verdict, judge, new_goals
from vitaal.agenda.imports.keeping import lines_in
from vitaal.agenda.imports.looking import as_left_out
from vitaal.agenda.imports.mails import import_done
from vitaal.agenda.models import Action, ActionHelper, ActionImport, Goal, ImportState
from vitaal.agenda.models.action import append
from vitaal.agenda.models.telling import GIVEN_MANY
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, take_turn
from vitaal.kernel.promises import LAST_ATTEMPT, Promise
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post.compose import send
from vitaal.workspaces.models import Circle, Membership
from vitaal.workspaces.queries import this_workspace

AT_ONCE = 250
LONG = timedelta(minutes=1)  # who waits longer has gone on with something else, and gets a letter


def run(promise: Promise) -> None:
    """Do the import that was promised, unless it was done already. Commits.

    Two workers with the same promise wait for each other, and the second finds it done. What fails leaves nothing
    behind, and is told on the page after the last attempt.
    """
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        try:
            _run(promise.subject_id)
            db.session.commit()
        except Exception:
            db.session.rollback()
            is_over = promise.attempts >= LAST_ATTEMPT
            write_progress(
                promise.subject_id, state=ImportState.FAILED if is_over else ImportState.WAITING, progress=0
            )
            raise


def write_progress(import_id: UUID, **values: Any) -> None:
    """Write down how far an import is, beside the transaction that does it."""
    with db.engine.begin() as beside:
        beside.execute(
            update(ActionImport).where(ActionImport.id == import_id).values(moved_at=clock.now(), **values)
        )


def _run(import_id: UUID) -> None:
    take_turn(f"import {import_id}")
    kept = here(ActionImport, import_id)
    if kept is None or not ImportState(kept.state).is_going_on:
        return
    by = db.session.get_one(Membership, (kept.workspace_id, kept.by_id))
    write_progress(import_id, state=ImportState.RUNNING, progress=0)
    judged = judge(lines_in(kept))
    goals = _make_goals(judged, by) if kept.makes_goals else {}
    wanted = [one for one in judged if one.verdict == Verdict.NEW or plain(one.new_goal) in goals]
    left_out = [one for one in judged if one.verdict != Verdict.NEW and plain(one.new_goal) not in goals]
    actions = _make_actions(kept, wanted, goals, by)
    _finish(kept, actions, left_out, list(goals.values()))
    _record(kept, actions, by)


def _make_goals(judged: Sequence[Judged], by: Membership) -> dict[str, UUID]:
    return {plain(title): Goal.add(title, by=by).id for title in new_goals(judged)}


def _make_actions(
    kept: ActionImport, wanted: Sequence[Judged], goals: dict[str, UUID], by: Membership
) -> list[Action]:
    made: list[Action] = []
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        actions = append(
            one.fields
            | {"import_id": kept.id, "added_by_id": by.id}
            | ({"goal_id": goals[plain(one.new_goal)]} if one.new_goal else {})
            for one in some
        )
        db.session.add_all(
            ActionHelper(workspace_id=kept.workspace_id, action_id=action.id, member_id=helper)
            for action, one in zip(actions, some, strict=True)
            for helper in one.helpers
        )
        db.session.flush()
        made += actions
        write_progress(kept.id, progress=kept.total - len(wanted) + len(made))
    return made


def _finish(
    kept: ActionImport, actions: Sequence[Action], left_out: Sequence[Judged], goal_ids: list[UUID]
) -> None:
    kept.state, kept.made, kept.ended_at = ImportState.DONE, len(actions), clock.now()
    kept.progress, kept.moved_at = kept.total, kept.ended_at
    kept.left_out = [as_left_out(one) for one in left_out]
    kept.lines, kept.goal_ids = [], goal_ids
    db.session.flush()
    if kept.confirmed_at and kept.ended_at - kept.confirmed_at > LONG:
        member = db.session.get_one(Membership, (kept.workspace_id, kept.by_id))
        person = db.session.get_one(Person, member.person_id)
        send(import_done(person, this_workspace(), kept))


def _record(kept: ActionImport, actions: Sequence[Action], by: Membership) -> None:
    """The whole at once; and to each who leads some of it, how much that is."""
    if not actions:
        return
    record(
        "imported",
        "action_import",
        kept.file_name,
        by=by,
        object_id=kept.id,
        number=len(actions),
    )
    owned = Counter(action.owner_id for action in actions if action.owner_id not in {None, by.id})
    for owner in db.session.scalars(select(Membership).where(Membership.id.in_(owned))):
        record(
            "gave", "action_import", kept.file_name, by=by, object_id=kept.id, number=owned[owner.id],
            circle=Circle.INNER if owner.is_inside else Circle.OUTER, owner=owner.open_name, asks=str(owner.id),
        )  # fmt: skip
        tell_at_once(GIVEN_MANY, kept.id, [owner], by=by)
