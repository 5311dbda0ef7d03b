"""After a round: the group sets the order of its actions, and what to do with each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from vitaal.activity.models import record
from vitaal.agenda.models import Action, PriorityRound, RoundAction
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.agenda.rounds import known
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership

HAND_OVER, LET_GO = "hand-over", "let-go"  # keys of the method (priority.yaml)


class StillOpen(RuntimeError):
    """The group sets the order after the round has closed."""


class AlreadySettled(RuntimeError):
    """The group set the order of this round before."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the group decides about one action: a quadrant, or none yet; and to whom it hands the action over."""

    action_id: UUID
    quadrant: str = ""
    taken_by_id: UUID | None = None


def settle(settling: PriorityRound, decisions: Sequence[Decision], *, by: Membership) -> None:
    """Write down what the group decided: its order becomes that of the agenda, every action gets its quadrant.

    "Loslaten" takes an action off the agenda: it is archived, so there is a way back. "Overdragen" gives it to
    the partner that takes it; who led it for another partner leads it no longer. Actions outside the round, or
    gone from the agenda meanwhile, keep their place. All of it happens, or nothing.
    Raises StillOpen or AlreadySettled.
    """
    db.session.refresh(settling, with_for_update=True)
    if settling.is_open:
        raise StillOpen(settling.id)
    if settling.is_settled:
        raise AlreadySettled(settling.id)
    actions = _held(settling, [decision.action_id for decision in decisions])
    owners = _partners_of(action.owner_id for _line, action in actions.values())
    slots = iter(_slots(action.position for _line, action in actions.values()))
    place = 0
    for decision in decisions:
        if decision.action_id not in actions:
            continue
        line, action = actions[decision.action_id]
        place += 1
        line.settled_place, line.quadrant, line.taken_by_id = place, decision.quadrant, decision.taken_by_id
        wanted = {"position": next(slots), **_wanted(decision, action, owners)}
        _become(action, wanted, by=by)
    settling.settled_at, settling.settled_by_id = clock.now(), by.id
    record("settled", "priority_round", "", by=by, **known(settling))
    db.session.flush()


def _held(settling: PriorityRound, action_ids: Sequence[UUID]) -> dict[UUID, tuple[RoundAction, Action]]:
    """These actions of the round that are still on the agenda, kept from changing until this transaction ends."""
    rows = db.session.execute(
        select(RoundAction, Action)
        .join(RoundAction.action)
        .where(RoundAction.round_id == settling.id, Action.id.in_(action_ids), *ON_THE_AGENDA)
        .order_by(Action.id)
        .with_for_update(of=Action),
        execution_options={"populate_existing": True},
    )
    return {action.id: (line, action) for line, action in rows}


def _partners_of(owner_ids: Iterable[UUID | None]) -> Mapping[UUID, UUID]:
    """Whom each of these owners represents."""
    wanted = {owner_id for owner_id in owner_ids if owner_id}
    owners = select(Membership.id, Membership.partner_id).where(Membership.id.in_(wanted))
    return {owner.id: owner.partner_id for owner in db.session.execute(owners)}


def _slots(positions: Iterable[int]) -> list[int]:
    """The places on the agenda that these actions share among them, from the top, no two the same."""
    slots: list[int] = []
    for position in sorted(positions):
        slots.append(max(position, slots[-1] + 1) if slots else position)
    return slots


def _wanted(decision: Decision, action: Action, owners: Mapping[UUID, UUID]) -> dict[str, Any]:
    if not decision.quadrant:
        return {}
    wanted: dict[str, Any] = {"quadrant": decision.quadrant}
    if decision.quadrant == LET_GO:
        wanted["archived_at"] = clock.now()
    if decision.quadrant == HAND_OVER and decision.taken_by_id:
        wanted["partner_id"] = decision.taken_by_id
        if action.owner_id and owners.get(action.owner_id) != decision.taken_by_id:
            wanted["owner_id"] = None
    return wanted


def _become(action: Action, wanted: Mapping[str, Any], *, by: Membership) -> None:
    """Kept on each action, and told once, as what the round decided."""
    after = {name: value for name, value in wanted.items() if getattr(action, name) != value}
    if after:
        before = {name: getattr(action, name) for name in after}
        for name, value in after.items():
            setattr(action, name, value)
        action.keep(before, after, by=by)
