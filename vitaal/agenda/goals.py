"""Challenges and the goals under them: how they come about and change, and who stands behind them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity.models import record
from vitaal.agenda.models import Backing, Challenge, Goal, Indicator
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.versions import ChangedMeanwhile, revise
from vitaal.workspaces.models import Circle, Membership, Partner

MOST_INDICATORS = 6


def change_challenge(
    challenge: Challenge, version: int, wanted: dict[str, Any], *, by: Membership
) -> list[str]:
    """Word a challenge or its ambition better. Returns what became different; raises ChangedMeanwhile."""
    changed = revise(challenge, version, wanted)
    if changed:
        record(
            "changed",
            "challenge",
            challenge.title,
            by=by,
            object_id=challenge.id,
            circle=Circle.OUTER,
            what=changed,
        )
    return changed


def change_goal(
    goal: Goal, version: int, wanted: dict[str, Any], indicators: Sequence[dict[str, str]], *, by: Membership
) -> list[str]:
    """Word a goal better; `indicators` (name, now, target) take the place of those that were there.

    They share one version: who changes only indicators gives the goal its next one too. Returns what became
    different. Raises ChangedMeanwhile.
    """
    changed = revise(goal, version, wanted)
    if indicators_of(goal) != _as_rows(indicators):
        if not changed:
            _next_version(goal, version)
        replace_indicators(goal, indicators)
        changed.append("indicators")
    if changed:
        record("changed", "goal", goal.title, by=by, object_id=goal.id, circle=Circle.OUTER, what=changed)
    return changed


def indicators_of(goal: Goal) -> list[tuple[str, str, str]]:
    """The name, now and target of each indicator of a goal, in their order."""
    columns = (Indicator.name, Indicator.now, Indicator.target)
    asked = select(*columns).where(Indicator.goal_id == goal.id).order_by(Indicator.position)
    return [(name, now, target) for name, now, target in db.session.execute(asked)]


def replace_indicators(goal: Goal, wanted: Sequence[dict[str, str]]) -> None:
    """Let a goal have these indicators in this order."""
    db.session.execute(delete(Indicator).where(Indicator.goal_id == goal.id))
    db.session.add_all(
        Indicator(goal_id=goal.id, position=place, **row) for place, row in enumerate(wanted, start=1)
    )
    db.session.flush()


def archive(thing: Goal | Challenge, *, by: Membership) -> None:
    """Put a goal or a challenge away; its actions stay. Doing it twice does no harm."""
    if thing.archived_at is not None:
        return
    thing.archived_at = clock.now()
    db.session.flush()
    if isinstance(thing, Goal):
        record("archived", "goal", thing.title, by=by, **_known(thing))
    else:
        record("archived", "challenge", thing.title, by=by, **_known(thing))


def bring_back(thing: Goal | Challenge, *, by: Membership) -> None:
    """Take a goal or a challenge from the archive."""
    if thing.archived_at is None:
        return
    thing.archived_at = None
    db.session.flush()
    if isinstance(thing, Goal):
        record("brought_back", "goal", thing.title, by=by, **_known(thing))
    else:
        record("brought_back", "challenge", thing.title, by=by, **_known(thing))


def say(goal: Goal, *, stands_behind: bool, brings: str, by: Membership) -> None:
    """Say for the partner that this member represents whether it stands behind a goal, and what it brings.

    A partner has one voice: the last word of any of its members counts.
    """
    said = {"stands_behind": stands_behind, "brings": brings, "said_by_id": by.id, "said_at": clock.now()}
    key = {"workspace_id": by.workspace_id, "goal_id": goal.id, "partner_id": by.partner_id}
    db.session.execute(
        insert(Backing).values(**key, **said).on_conflict_do_update(index_elements=list(key), set_=said)
    )
    partner = db.session.get_one(Partner, (by.workspace_id, by.partner_id)).name
    if stands_behind:
        record("backed", "goal", goal.title, by=by, partner=partner, **_known(goal))
    else:
        record("hesitated", "goal", goal.title, by=by, partner=partner, **_known(goal))


def _as_rows(indicators: Sequence[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(one["name"], one["now"], one["target"]) for one in indicators]


def _next_version(goal: Goal, version: int) -> None:
    """Raise the version of a goal that is held; raises ChangedMeanwhile when the reader saw another one."""
    if version != goal.version:
        raise ChangedMeanwhile(goal.id)
    goal.version += 1


def _known(thing: Goal | Challenge) -> dict[str, Any]:
    """What the history keeps of it: everyone may know."""
    return {"object_id": thing.id, "circle": Circle.OUTER}
