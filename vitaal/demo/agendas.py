"""The agendas of the invented coalitions: a challenge with its ambition, goals, and actions in every state."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.agenda import goals
from vitaal.agenda.models import Action, ActionHelper, Challenge, Goal, Status, Step
from vitaal.agenda.models.action import append
from vitaal.demo.plan import Locality
from vitaal.demo.stock import CHALLENGES
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import entering
from vitaal.workspaces.models import Circle, Membership

_AS_WRITTEN = ("reason", "stop_reason", "labels", "serves")
_BRINGS = ("Twee uur per week van ons team", "Een ruimte met koffie", "Vrijwilligers die de buurt kennen")


def fill(locality: Locality, today: date) -> None:
    """Put the agenda of a locality in the workspace we are in, as its first member who arranges.

    The days of its actions are counted from `today`, however long ago it is made.
    """
    chance = Random(f"agenda {locality.number}")  # noqa: S311 - the same world every time, nothing secret
    plan = _plans()[CHALLENGES.index(locality.challenge)]
    members = _members(locality)
    by = next(member for of_partner in members.values() for member in of_partner if member.arranges)
    challenge = Challenge.add(
        locality.challenge.challenge, by=by,
        promise=plan["promise"], commitment=plan["commitment"], doing=plan["doing"],
    )  # fmt: skip
    _settle_the_start([one for one in chain(*members.values()) if one.is_inside], chance)
    for about in plan["goals"]:
        goal = _goal(about, challenge, by)
        chosen = [each for each in about["actions"] if locality.number == 0 or chance.random() < 0.85]
        _actions(chosen, goal, members, today, chance)


@cache
def _plans() -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("agendas.yaml").read_text(encoding="utf-8")
    )
    return plans


def _members(locality: Locality) -> Mapping[int, Sequence[Membership]]:
    """Who takes part, by the place of their partner among the kinds of partners."""
    places = {kind.name: place for place, kind in enumerate(locality.partners)}
    found: dict[int, list[Membership]] = {}
    asked = select(Membership).where(Membership.left_at.is_(None)).options(joinedload(Membership.partner))
    for member in db.session.scalars(asked.order_by(Membership.joined_at, Membership.id)):
        found.setdefault(places.get(member.partner.name, -1), []).append(member)
    return found


def _goal(about: Mapping[str, Any], challenge: Challenge, by: Membership) -> Goal:
    first = date(clock.today().year, 1, 1)
    goal = Goal.add(
        about["title"], by=by, why=about["why"], challenge_id=challenge.id,
        from_on=first, to_on=first.replace(year=first.year + 1) - timedelta(days=1),
    )  # fmt: skip
    goals.replace_indicators(goal, about.get("indicators", ()))
    return goal


def _settle_the_start(inside: Sequence[Membership], chance: Random) -> None:
    """What the route began with, is well under way by now."""
    for place, action in enumerate(db.session.scalars(select(Action).order_by(Action.position))):
        action.status = Status.DONE if place < 3 else chance.choice((Status.DOING, Status.TO_DO))
        action.owner_id = chance.choice(inside).id
        action.status_at = clock.now() - timedelta(days=chance.randint(3, 30))


def _actions(
    chosen: Sequence[Mapping[str, Any]],
    goal: Goal,
    members: Mapping[int, Sequence[Membership]],
    today: date,
    chance: Random,
) -> None:
    everyone = list(chain(*members.values()))
    owners = [chance.choice(members.get(each["who"]) or everyone) for each in chosen]
    made = append(
        _fields(each, owner, today + timedelta(days=chance.randint(-3, 6))) | {"goal_id": goal.id}
        for each, owner in zip(chosen, owners, strict=True)
    )
    for action, each, owner in zip(made, chosen, owners, strict=True):
        db.session.add_all(_steps(action, each))
        seen_by = [
            one for one in everyone if one != owner and (action.circle == Circle.OUTER or one.is_inside)
        ]
        for helper in chance.sample(seen_by, min(each.get("helps", 0), len(seen_by))):
            db.session.add(
                ActionHelper(workspace_id=action.workspace_id, action_id=action.id, member_id=helper.id)
            )
    db.session.flush()


def _fields(each: Mapping[str, Any], owner: Membership, today: date) -> dict[str, Any]:
    circle = Circle(each.get("circle", Circle.OUTER))
    is_owned = each["status"] != Status.IDEA and (circle == Circle.OUTER or owner.is_inside)
    return {
        "title": each["title"],
        "owner_id": owner.id if is_owned else None,
        "partner_id": owner.partner_id,
        "added_by_id": owner.id,
        "status": Status(each["status"]),
        "starts_on": _day(each.get("from"), today),
        "due_on": _day(each.get("due"), today),
        "circle": circle,
        **{name: each[name] for name in _AS_WRITTEN if name in each},
    }


def _day(days: int | None, today: date) -> date | None:
    return today + timedelta(days=days) if days is not None else None


def _steps(action: Action, each: Mapping[str, Any]) -> Iterator[Step]:
    for place, text in enumerate(each.get("steps", ()), start=1):
        is_done = place <= each.get("done", 0)
        yield Step(
            id=new_id(), action_id=action.id, text=text, position=place,
            done_at=clock.now() if is_done else None, done_by_id=action.owner_id if is_done else None,
        )  # fmt: skip


def stand_behind_goals(locality: Locality, workspace_id: UUID, lead_id: UUID) -> None:
    """Let partners of the inner circle say that they stand behind the goals, each as who represents it. Commits."""
    chance = Random(f"goals {locality.number}")  # noqa: S311 - the same world every time, nothing secret
    with entering(db.session, person_id=lead_id, workspace_id=workspace_id):
        speakers = {
            member.partner_id: member.person_id
            for of_partner in _members(locality).values()
            for member in of_partner
            if member.circle == Circle.INNER and member.person_id
        }
    for person_id in speakers.values():
        with entering(db.session, person_id=person_id, workspace_id=workspace_id):
            mine = (Membership.person_id == person_id, Membership.left_at.is_(None))
            by = db.session.scalars(select(Membership).where(*mine)).one()
            for goal in db.session.scalars(select(Goal).order_by(Goal.position)).all():
                if chance.random() < 0.6:
                    stands, brings = chance.random() < 0.85, chance.choice(_BRINGS)
                    goals.say(goal, stands_behind=stands, brings=brings, by=by)
            db.session.commit()
