"""Taking an import back as a whole: to the trash, with thirty days' way back.

What someone has worked on since, stays where it is, with the reason.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, insert, or_, select, update
from sqlalchemy.dialects.postgresql import array

from vitaal.activity.models import Attachment, Comment, record
from vitaal.agenda.models import Action, ActionChange, ActionHelper, ActionImport, Goal, ImportState
from vitaal.agenda.models.change import as_json
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.workspaces.models import Membership


def undo(kept: ActionImport, *, by: Membership) -> int:
    """Throw away the actions of an import that nobody worked on since; returns how many.

    Goals that came along and have no actions any more go to the archive. Does nothing for what was not done.
    """
    db.session.refresh(kept, with_for_update={"key_share": True})
    if kept.state != ImportState.DONE:
        return 0
    now = clock.now()
    touched = or_(*(condition for _, condition in _touched(kept)))
    gone = _put(kept, Action.deleted_at.is_(None) & ~touched, by, now, deleted_at=now)
    kept.stayed = _stayed(kept)
    _archive_empty_goals(kept.goal_ids, now)
    kept.state, kept.undone_by_id, kept.undone_at = ImportState.UNDONE, by.id, now
    db.session.flush()
    record("undid", "action_import", kept.file_name, by=by, object_id=kept.id, number=gone)
    return gone


def bring_back(kept: ActionImport, *, by: Membership) -> int:
    """Put the actions that `undo` threw away on the agenda again, with their goals; returns how many."""
    db.session.refresh(kept, with_for_update={"key_share": True})
    if kept.state != ImportState.UNDONE:
        return 0
    back = _put(kept, Action.deleted_at == kept.undone_at, by, clock.now(), deleted_at=None)
    db.session.execute(
        update(Goal)
        .where(Goal.id.in_(kept.goal_ids), Goal.archived_at == kept.undone_at)
        .values(archived_at=None)
    )
    kept.state, kept.stayed = ImportState.DONE, []
    db.session.flush()
    record("brought_back", "action_import", kept.file_name, by=by, object_id=kept.id, number=back)
    return back


def _touched(kept: ActionImport) -> Iterable[tuple[str, ColumnElement[bool]]]:
    """In which ways someone can have worked on an action since it came, and the condition for each.

    That it went to the trash and came back, as `undo` and `bring_back` do, is no work on it.
    """
    this = (Comment.object_kind == "action", Comment.object_id == Action.id)
    file = (
        Attachment.object_kind == "action",
        Attachment.object_id == Action.id,
        Attachment.removed_at.is_(None),
    )
    worked = ActionChange.after.delete_path(array(["deleted_at"])) != {}
    since = ActionHelper.since_at > kept.ended_at
    yield "changed", exists().where(ActionChange.action_id == Action.id, worked)
    yield "talked", exists().where(*this) | exists().where(*file)
    yield "helped", exists().where(ActionHelper.action_id == Action.id, since)


def _put(
    kept: ActionImport, which: ColumnElement[bool], by: Membership, now: datetime, **after: datetime | None
) -> int:
    """Change many actions of an import in the same way, and keep the change of each."""
    (name, value), *_ = after.items()
    before: dict[UUID, Any] = dict(
        db.session.execute(
            select(Action.id, getattr(Action, name))
            .where(Action.import_id == kept.id, which)
            .with_for_update()
        ).all()
    )
    if not before:
        return 0
    changed = db.session.execute(
        update(Action)
        .where(Action.id.in_(before))
        .values(**after, changed_at=now, version=Action.version + 1)
        .returning(Action.id, Action.version)
        .execution_options(synchronize_session="fetch")
    ).all()
    about = {"changed_at": now, "by_id": by.id, "by_name": by.name, "after": as_json({name: value})}
    db.session.execute(
        insert(ActionChange),
        [
            {
                "workspace_id": kept.workspace_id,
                "id": new_id(),
                "action_id": action_id,
                "version": version,
                "before": as_json({name: before[action_id]}),
                **about,
            }
            for action_id, version in changed
        ],
    )
    return len(changed)


def _stayed(kept: ActionImport) -> list[dict[str, Any]]:
    """Which actions stay on the agenda, and why."""
    asked = select(
        Action.number, Action.title, *(condition.label(why) for why, condition in _touched(kept))
    ).where(Action.import_id == kept.id, Action.deleted_at.is_(None))
    return [
        {
            "number": number,
            "title": title,
            "why": [why for why, is_so in zip(_WHYS, reasons, strict=True) if is_so],
        }
        for number, title, *reasons in db.session.execute(asked.order_by(Action.number))
    ]


_WHYS = ("changed", "talked", "helped")


def _archive_empty_goals(goal_ids: Sequence[UUID], now: datetime) -> None:
    used = exists().where(Action.goal_id == Goal.id, Action.deleted_at.is_(None))
    unchanged = (Goal.id.in_(goal_ids), Goal.version == 1, Goal.archived_at.is_(None))
    db.session.execute(update(Goal).where(*unchanged, ~used).values(archived_at=now))
