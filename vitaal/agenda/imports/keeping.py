"""An import before and after its run: looked at, confirmed, or forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import joinedload

from vitaal.agenda.imports.lines import Line, Listed
from vitaal.agenda.models import ActionImport, ImportState
from vitaal.kernel import clock, web
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.tenancy import entering
from vitaal.workspaces.models import Membership

RUN, FORGET = "agenda.import", "agenda.forget_import"
KEPT_UNCONFIRMED = timedelta(days=7)
SIGN_OF_LIFE = timedelta(minutes=10)  # after so long without one, something is wrong
SHOWN = 50


def keep(file_name: str, listed: Listed, *, by: Membership) -> ActionImport:
    """Keep what was in a file, to look at. It takes the place of what this member looked at and did not confirm.

    Without a confirmation it is forgotten after a week.
    """
    previewed = (ActionImport.by_id == by.id, ActionImport.state == ImportState.PREVIEWED)
    db.session.execute(delete(ActionImport).where(*previewed))
    kept = ActionImport(
        id=new_id(),
        file_name=file_name[:120],
        lines=[line.as_json() for line in listed.lines],
        unknown_columns=list(listed.unknown_columns),
        total=len(listed.lines),
        by_id=by.id,
    )
    db.session.add(kept)
    db.session.flush()
    promise(FORGET, kept.id, due_at=clock.now() + KEPT_UNCONFIRMED, person_id=by.person_id)
    return kept


def confirm(kept: ActionImport, *, makes_goals: bool, by: Membership) -> bool:
    """Promise to put the lines on the agenda; False when that was promised or done already.

    What failed, or gave no sign of life for long, is promised anew.
    """
    now = clock.now()
    may_begin = ActionImport.state.in_([ImportState.PREVIEWED, ImportState.FAILED]) | ActionImport.state.in_(
        [ImportState.WAITING, ImportState.RUNNING]
    ) & (ActionImport.moved_at < now - SIGN_OF_LIFE)
    begun: CursorResult[None] = db.session.execute(  # type: ignore[assignment]  # an update answers with a cursor
        update(ActionImport)
        .where(ActionImport.id == kept.id, may_begin)
        .values(
            state=ImportState.WAITING, makes_goals=makes_goals, by_id=by.id, confirmed_at=now, moved_at=now, progress=0
        )
    )  # fmt: skip
    if begun.rowcount:
        promise(RUN, kept.id, due_at=now, person_id=by.person_id)
        web.promise()
    return bool(begun.rowcount)


def forget(promise: Promise) -> None:
    """Forget what was looked at and never confirmed. Commits."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        unconfirmed = (ActionImport.id == promise.subject_id, ActionImport.state == ImportState.PREVIEWED)
        db.session.execute(delete(ActionImport).where(*unconfirmed))
        db.session.commit()


def is_stuck(kept: ActionImport) -> bool:
    """Whether it should be going on, and nothing was heard of it for long."""
    return ImportState(kept.state).is_going_on and kept.moved_at < clock.now() - SIGN_OF_LIFE


def lines_in(kept: ActionImport) -> list[Line]:
    """The lines as they were kept."""
    return [Line.from_json(line) for line in kept.lines]


def import_with(import_id: UUID) -> ActionImport | None:
    """The import with this id; None where there is none."""
    return here(ActionImport, import_id)


def earlier() -> Sequence[ActionImport]:
    """The imports that were confirmed, newest first, with who did it."""
    return db.session.scalars(
        select(ActionImport)
        .where(ActionImport.state != ImportState.PREVIEWED)
        .options(joinedload(ActionImport.by))
        .order_by(ActionImport.uploaded_at.desc(), ActionImport.id.desc())
        .limit(SHOWN)
    ).all()
