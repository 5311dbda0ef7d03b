"""Putting actions away: in the archive for as long as anyone likes, or in the trash for thirty days.

Nothing goes without a way back. What lies in the trash for longer is removed by `empty_trash`.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from vitaal.agenda.models import Action
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership

WAY_BACK = timedelta(days=30)
PAGE = 50


def archive(action: Action, *, by: Membership) -> None:
    """Put an action in the archive; what is there already stays as it is."""
    if action.archived_at is None:
        action.change(by=by, archived_at=clock.now())


def throw_away(action: Action, *, by: Membership) -> None:
    """Put an action in the trash; what is there already does not stay longer for it."""
    if action.deleted_at is None:
        action.change(by=by, deleted_at=clock.now())


def bring_back(action: Action, *, by: Membership) -> None:
    """Put an action back on the agenda, from the archive and from the trash."""
    action.change(by=by, archived_at=None, deleted_at=None)


def days_left(action: Action) -> int:
    """How many days an action in the trash can still come back; 0 on the last one."""
    if action.deleted_at is None:
        return 0
    return max((clock.day_of(action.deleted_at + WAY_BACK) - clock.today()).days, 0)


def put_away(*, in_trash: bool, after: int | None = None) -> Sequence[Action]:
    """What lies in the archive or in the trash, newest first, after the action with a number; one more than PAGE."""
    when = Action.deleted_at if in_trash else Action.archived_at
    asked = (
        select(Action)
        .where(when.is_not(None), *([] if in_trash else [Action.deleted_at.is_(None)]))
        .options(joinedload(Action.owner))
        .order_by(when.desc(), Action.number.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        last = select(when).where(Action.number == after).scalar_subquery()
        asked = asked.where(tuple_(when, Action.number) < tuple_(last, after))
    return db.session.scalars(asked).all()


def empty_trash() -> int:
    """Remove for good what lies in the trash of any workspace for more than thirty days; how much (for the worker)."""
    emptied = db.session.scalar(select(func.wall.empty_trash())) or 0
    db.session.commit()
    return emptied
