"""Bringing up kindly that a rule is strained, and the small path after it: talk, agree, close with a lesson.

Nothing about it is written in the history and nothing counts it: who is in it sees it, and nobody else. What is for
the whole group is seen by the inner circle, without who brought it up. Source: Lokaal Samenwerken 4.5.2.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from vitaal.kernel import clock, web
from vitaal.kernel.db import db
from vitaal.kernel.promises import promise_each
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.kernel.versions import revise
from vitaal.spelregels.models import Part, Strain, StrainPerson, StrainStage
from vitaal.workspaces.models import Membership

INVITE_TO_TALK = "spelregels.invite_to_talk"


class NobodyToTalkWith(ValueError):
    """A strain that is not for the group is shared with someone."""


class NotAhead(RuntimeError):
    """A strain goes forward only."""


class TakenBack(RuntimeError):
    """Who brought it up took it back meanwhile."""


def bring_up(
    happened: str, *, by: Membership, needed: str = "", rule_id: UUID | None = None,
    other: Membership | None = None, guide: Membership | None = None,
) -> Strain:  # fmt: skip
    """Share a strain with one other, with who guides the talk, or with both; each is asked to talk by a letter.

    With a guide alone only the guide hears of it. With the other, who brings it up gets the same letter: the talk is
    theirs together. `rule_id` is None for something else than a rule. Raises NobodyToTalkWith when nobody was chosen
    but oneself.
    """
    chosen = {Part.OTHER: other, Part.GUIDE: guide}
    parts = {member.id: part for part, member in chosen.items() if member and member.id != by.id}
    if not parts:
        raise NobodyToTalkWith
    strain = _keep(by, parts, happened=happened, needed=needed, spelregel_id=rule_id, is_for_all=False)
    told = [other, guide, by] if other else [guide]
    people = {member.person_id for member in told if member and member.person_id}
    promise_each(INVITE_TO_TALK, strain.id, people, due_at=clock.now())
    web.promise()
    return strain


def bring_to_group(happened: str, *, by: Membership, needed: str = "", rule_id: UUID | None = None) -> Strain:
    """Let the inner circle read a strain, without who brought it up. Nobody gets a letter."""
    return _keep(by, {}, happened=happened, needed=needed, spelregel_id=rule_id, is_for_all=True)


def follow_up(
    strain: Strain, step: StrainStage, *, version: int, agreed: str = "", check_on: date | None = None,
    lesson: str = "",
) -> list[str]:  # fmt: skip
    """Take the next step: talked, agreed (what, and the day on which we look at it) or closed, with a lesson if any.

    Returns the names of what became different. Raises NotAhead for a step back, ChangedMeanwhile when someone else
    went on since this version, TakenBack, and ValueError for an agreement without text or day.
    """
    if step == StrainStage.AGREED and not (agreed and check_on):
        raise ValueError("An agreement says what we do and when we look at it.")
    if version == strain.version and step not in strain.ahead:
        raise NotAhead(step)
    _hold(strain)
    return revise(strain, version, {"stage": step, **_written_at(step, agreed, check_on, lesson)})


def take_back(strain: Strain) -> None:
    """Let a strain be gone for good, with who was in it. The wall keeps this for who brought it up."""
    gone = delete(Strain).where(Strain.id == strain.id)
    db.session.execute(gone.execution_options(synchronize_session=False))


def _keep(by: Membership, parts: dict[UUID, Part], **columns: Any) -> Strain:
    """Its id tells no time, as others do: beside the history that could tell who was at work at that moment."""
    strain = Strain(id=uuid4(), **columns)
    db.session.add(strain)
    db.session.flush()
    for member_id, part in {by.id: Part.RAISED, **parts}.items():
        key = {"workspace_id": the_workspace_id(), "strain_id": strain.id, "member_id": member_id}
        db.session.add(StrainPerson(**key, part=part))
        db.session.flush()
    return strain


def _hold(strain: Strain) -> None:
    held = select(Strain.id).where(Strain.id == strain.id).with_for_update()
    if db.session.scalar(held) is None:
        raise TakenBack(strain.id)


def _written_at(step: StrainStage, agreed: str, check_on: date | None, lesson: str) -> dict[str, Any]:
    if step == StrainStage.AGREED:
        return {"agreed": agreed, "check_on": check_on}
    return {"lesson": lesson} if step == StrainStage.CLOSED else {}
