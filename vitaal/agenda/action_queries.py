"""What the page of one action asks: the action with all that belongs to it, how it went, and what stands around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, cast, literal, literal_column, null, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import joinedload

from vitaal.activity.models import Event
from vitaal.agenda.models import Action, ActionChange, ActionHelper, Goal, Step, WorkingGroup
from vitaal.kernel.db import HIGHEST_NUMBER, db
from vitaal.workspaces.models import Membership, Partner

# What the changes tell themselves, with more words than the history of the workspace has.
_TOLD_BY_CHANGES = ("changed", "gave", "finished", "stopped", "accepted", "put_aside", "archived", "threw_away",
                    "brought_back")  # fmt: skip


def action_in_full(number: int) -> Action | None:
    """The action with this number, with its owner, goal, steps and helpers at hand. One statement."""
    if number > HIGHEST_NUMBER:
        return None
    owner, helper = joinedload(Action.owner), joinedload(Action.helpers).joinedload(ActionHelper.member)
    asked = select(Action).where(Action.number == number).options(
        owner.joinedload(Membership.partner), helper.joinedload(Membership.partner), joinedload(Action.partner),
        joinedload(Action.goal), joinedload(Action.group), joinedload(Action.steps),
    )  # fmt: skip
    return db.session.scalars(asked).unique().one_or_none()


def action_of_step(step_id: UUID) -> tuple[Action, UUID] | None:
    """The action whose checklist has this step, with the step's id; None where there is none."""
    asked = select(Action).join(
        Step, and_(Step.workspace_id == Action.workspace_id, Step.action_id == Action.id)
    )
    action = db.session.scalars(asked.where(Step.id == step_id)).one_or_none()
    return (action, step_id) if action else None


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that happened to an action: a change with its version, or an event with its verb."""

    at: datetime
    name: str
    version: int
    before: dict[str, Any]
    after: dict[str, Any]
    verb: str
    helped_by: str


def traces(action: Action, limit: int | None) -> Sequence[Trace]:
    """What happened to an action, newest first; at most `limit` where it is given. One statement."""
    changes = select(
        ActionChange.changed_at.label("at"), ActionChange.by_name, ActionChange.version.label("version"),
        ActionChange.before, ActionChange.after, literal(""), literal(""),
    ).where(ActionChange.action_id == action.id)  # fmt: skip
    events = select(
        Event.happened_at, Event.actor_name, literal(0), cast(null(), JSONB), Event.detail, Event.verb,
        Event.helped_by_name,
    ).where(
        Event.object_id == action.id, Event.object_kind == "action", Event.verb.not_in(_TOLD_BY_CHANGES)
    )  # fmt: skip
    happened = union_all(changes, events)
    newest_first = happened.order_by(literal_column("at DESC"), literal_column("version DESC"))
    rows = db.session.execute(newest_first.limit(limit))
    return [Trace(at, name, version, before or {}, *rest) for at, name, version, before, *rest in rows]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another action that this one has to do with."""

    number: int
    title: str
    status: str


@dataclass(slots=True)
class Around:
    """What an action has to do with, as far as the reader may see it; `names` has a name for every id."""

    names: dict[UUID, str] = field(default_factory=dict)
    waits_for: Neighbour | None = None
    waiting: list[Neighbour] = field(default_factory=list)
    came_after: Neighbour | None = None
    next: Neighbour | None = None


def around(action: Action, ids: Iterable[UUID]) -> Around:
    """The actions around this one, and the names of whom and what these ids mean. One statement."""
    wanted = set(ids)
    names = [
        select(literal("names"), model.id, name, literal(0), literal("")).where(model.id.in_(wanted))
        for model, name in _NAMED
    ]
    near = [
        select(literal(place), Action.id, Action.title, Action.number, Action.status).where(
            is_near, Action.deleted_at.is_(None)
        )
        for place, is_near in {
            "waits_for": Action.id == action.depends_on_id,
            "waiting": Action.depends_on_id == action.id,
            "came_after": Action.id == action.again_after_id,
            "next": Action.again_after_id == action.id,
        }.items()
    ]
    found = Around()
    for place, row_id, name, number, status in db.session.execute(union_all(*names, *near)):
        if place == "names":
            found.names[row_id] = name
        elif place == "waiting":
            found.waiting.append(Neighbour(number, name, status))
        else:
            setattr(found, place, Neighbour(number, name, status))
    return found


_NAMED: tuple[tuple[Any, Any], ...] = (
    (Membership, Membership.name),
    (Partner, Partner.name),
    (Goal, Goal.title),
    (WorkingGroup, WorkingGroup.name),
    (Action, Action.title),
)
