"""A round of weighing actions together: it opens, each partner gives its view alone, and it closes."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, or_, select, text, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from vitaal.activity.models import record
from vitaal.activity.noticing import becomes_soon_at
from vitaal.agenda.models import Action, PriorityRound, Rating, RoundAction, Voice
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.tenancy import entering, the_workspace_id
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Circle, Membership, Partner, Role

CLOSE = "agenda.close_round"
VIEW_SOON = "agenda.view_soon"
VIEW_DUE = "view_due"  # what someone hears at once
MOST_ACTIONS, FEWEST_ACTIONS = 30, 2
DAYS, MOST_DAYS = 7, 90
CLOSES_AT = time(7)
SATURDAY = 6


class AnotherIsOpen(RuntimeError):
    """There is one round at a time."""


class RoundClosed(RuntimeError):
    """The round closed: nobody can change their view any more."""


def usual_closing_day(today: date) -> date:
    """A week later, and never in a weekend: volunteers read on Sunday, so one lies wholly before it (rule D-45)."""
    day = today + timedelta(days=DAYS)
    while day.isoweekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def open_round(actions: Sequence[Action], *, closes_on: date, why: str, by: Membership) -> PriorityRound:
    """Ask all partners to weigh these actions, in this order, until the morning of a day.

    Asked are the partners of whom a member may see all of the actions: everyone's, or when one of the actions is
    for the inner circle only, those with a member inside. Who joins later is asked in the next round (D-52).
    Raises AnotherIsOpen.
    """
    is_shared = all(action.circle == Circle.OUTER for action in actions)
    opened = PriorityRound(
        id=new_id(),
        why=why,
        circle=Circle.OUTER if is_shared else Circle.INNER,
        closes_on=closes_on,
        opened_by_id=by.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(opened)
    except IntegrityError:
        raise AnotherIsOpen from None
    own = {"workspace_id": the_workspace_id(), "round_id": opened.id}
    lines = [{**own, "action_id": action.id, "place": place} for place, action in enumerate(actions, start=1)]
    voices = [{**own, "partner_id": partner_id} for partner_id in _voices(is_shared=is_shared)]
    db.session.execute(insert(RoundAction), lines)
    db.session.execute(insert(Voice), voices)
    promise(CLOSE, opened.id, due_at=clock.moment_on(closes_on, CLOSES_AT), person_id=by.person_id)
    promise(VIEW_SOON, opened.id, due_at=becomes_soon_at(closes_on), person_id=by.person_id)
    record("opened", "priority_round", "", by=by, count=len(actions), **known(opened))
    return opened


def rate(
    voice: Voice, action_id: UUID, *, importance: int, urgency: int, remark: str, by: Membership
) -> None:
    """Give or change a partner's view on one action of the round. Raises RoundClosed.

    Who closes the round waits for this transaction; so a view is counted or refused, never half. The database
    refuses an action that is not in the round, a partner that is not asked, and who does not speak for it.
    """
    if not db.session.scalar(text("SELECT wall.holds_open(:id)"), {"id": voice.round_id}):
        raise RoundClosed(voice.round_id)
    given = {
        "importance": importance,
        "urgency": urgency,
        "remark": remark,
        "rated_by_id": by.id,
        "rated_by_name": by.name,
        "rated_at": clock.now(),
    }
    key = {
        "workspace_id": voice.workspace_id,
        "round_id": voice.round_id,
        "action_id": action_id,
        "partner_id": voice.partner_id,
    }
    db.session.execute(
        postgresql.insert(Rating)
        .values(**key, **given)
        .on_conflict_do_update(index_elements=list(key), set_=given)
    )


def close(closing: PriorityRound, *, by: Membership | None) -> bool:
    """Close the round: from now on everyone sees what the partners said. False when it was closed already.

    `by` is who does it, or None when its day has come.
    """
    db.session.refresh(closing, with_for_update=True)
    if not closing.is_open:
        return False
    closing.closed_at, closing.closed_by_id = clock.now(), by.id if by else None
    db.session.flush()
    record("closed", "priority_round", "", by=by or _who_opened(closing), **known(closing))
    return True


def close_on_its_day(promised: Promise) -> None:
    """Close the round whose day has come, in the name of who opened it, or of who arranges now. Commits.

    Does nothing when it was closed already, so late, early or twice is no harm.
    """
    with entering(db.session, person_id=who_arranges(promised), workspace_id=promised.scope_id):
        closing = here(PriorityRound, promised.subject_id)
        if closing:
            close(closing, by=None)
        db.session.commit()


def _voices(*, is_shared: bool) -> Sequence[UUID]:
    """The partners of whom a member may see the whole round; with an account, or through who helps them."""
    inside = or_(Membership.circle == Circle.INNER, Membership.roles.overlap([Role.LEAD, Role.FACILITATOR]))
    return db.session.scalars(
        select(Membership.partner_id)
        .join(Membership.partner)
        .where(Membership.left_at.is_(None), Partner.left_at.is_(None), true() if is_shared else inside)
        .distinct()
    ).all()


def _who_opened(closing: PriorityRound) -> Membership:
    return db.session.get_one(Membership, (closing.workspace_id, closing.opened_by_id))


def known(about: PriorityRound) -> dict[str, Any]:
    """What the history keeps of a round: who may see the round may know."""
    return {"object_id": about.id, "circle": Circle(about.circle)}
