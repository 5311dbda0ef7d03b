"""The checklist of an action: add, tick, say otherwise, put in order, take away. Each can be undone.

Everything waits its turn at the action, so that two who tick at the same moment both get their way.
"""

from uuid import UUID

from sqlalchemy import select

from vitaal.agenda.models import Action, Step
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.workspaces.models import Membership

MOST = 100  # steps on one checklist


class NoSuchStep(LookupError):
    """This action has no such step, or has it no longer."""


class TooManySteps(ValueError):
    """The checklist is full; it is time for another action."""


def add(action: Action, *texts: str, by: Membership) -> None:
    """Put steps at the end of the checklist. Raises TooManySteps."""
    steps = _hold(action)
    if len(steps) + len(texts) > MOST:
        raise TooManySteps(action.id)
    last = max((step.position for step in steps.values()), default=0)
    nothing = {"done_at": None, "done_by_id": None}
    action.change_steps(
        {
            new_id(): {"text": text, "position": last + place, **nothing}
            for place, text in enumerate(texts, 1)
        },
        by=by,
    )


def tick(action: Action, step_id: UUID, *, is_done: bool, by: Membership) -> None:
    """Say that a step is done, or not yet. Raises NoSuchStep."""
    step = _step(action, step_id)
    if bool(step.done_at) != is_done:
        done = (
            {"done_at": clock.now(), "done_by_id": by.id}
            if is_done
            else {"done_at": None, "done_by_id": None}
        )
        action.change_steps({step_id: step.state | done}, by=by)


def rename(action: Action, step_id: UUID, text: str, *, by: Membership) -> None:
    """Say what a step is in other words. Raises NoSuchStep."""
    action.change_steps({step_id: _step(action, step_id).state | {"text": text}}, by=by)


def move(action: Action, step_id: UUID, *, is_up: bool, by: Membership) -> None:
    """Let a step change places with the one before or after it, if there is one. Raises NoSuchStep."""
    steps = _hold(action)
    if step_id not in steps:
        raise NoSuchStep(step_id)
    ids = list(steps)
    other = ids.index(step_id) + (-1 if is_up else 1)
    if 0 <= other < len(ids):
        mine, theirs = steps[step_id], steps[ids[other]]
        action.change_steps(
            {
                mine.id: mine.state | {"position": theirs.position},
                theirs.id: theirs.state | {"position": mine.position},
            },
            by=by,
        )


def remove(action: Action, step_id: UUID, *, by: Membership) -> None:
    """Take a step off the checklist. Raises NoSuchStep."""
    _step(action, step_id)
    action.change_steps({step_id: None}, by=by)


def _step(action: Action, step_id: UUID) -> Step:
    try:
        return _hold(action)[step_id]
    except KeyError:
        raise NoSuchStep(step_id) from None


def _hold(action: Action) -> dict[UUID, Step]:
    """The steps as they are now, in their order; nobody else changes them until this transaction ends."""
    db.session.refresh(action, with_for_update={"of": Action})
    steps = select(Step).where(Step.action_id == action.id).order_by(Step.position, Step.id)
    found = db.session.scalars(steps, execution_options={"populate_existing": True})
    return {step.id: step for step in found}
