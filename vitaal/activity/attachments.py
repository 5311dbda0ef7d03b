"""Files that members add to something, and take away again.

First the promise that a file is cleared when nobody turns out to own it, then the file, then the row that owns
it. So whatever fails in between leaves nothing behind, and no row ever points at half a file.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import text as sql

from vitaal.activity import following
from vitaal.activity.conversation import WAY_BACK, TooLate
from vitaal.activity.models import Attachment, Comment, record
from vitaal.activity.previews import MEDIA_TYPE
from vitaal.activity.topics import Topic
from vitaal.activity.uploads import Upload
from vitaal.kernel import clock, storage
from vitaal.kernel.db import db, new_id
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.workspaces.models import Circle, Membership

CLEAR = "activity.clear_file"
UNOWNED_FOR = timedelta(hours=1)  # longer than any request lives


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the storage that no row owns yet."""

    file_id: UUID
    upload: Upload


def store(upload: Upload) -> Stored:
    """Write a file to the storage. Commits, so call it before anything is changed. Raises OSError."""
    file_id = uuid4()
    promise(CLEAR, file_id, due_at=clock.now() + UNOWNED_FOR)
    db.session.commit()
    storage.keep(_path(the_workspace_id(), file_id), upload.content)
    if upload.preview:
        storage.keep(_preview_path(the_workspace_id(), file_id), upload.preview.content)
    return Stored(file_id, upload)


def add(topic: Topic, stored: Stored, *, by: Membership, comment: Comment | None = None) -> Attachment:
    """Let a stored file belong to a topic, and to the comment that brought it along."""
    upload = stored.upload
    attachment = Attachment(
        id=new_id(),
        object_kind=topic.kind,
        object_id=topic.id,
        circle=topic.circle,
        comment_id=comment.id if comment else None,
        name=upload.name,
        media_type=upload.kind.media_type,
        size=len(upload.content),
        file_id=stored.file_id,
        preview_width=upload.preview.width if upload.preview else None,
        preview_height=upload.preview.height if upload.preview else None,
        added_by_id=by.id,
        added_by_name=by.name,
        added_at=clock.now(),
    )
    db.session.add(attachment)
    db.session.flush()
    following.begin(topic, {by.id, *topic.concerned}, attachment.added_at)
    record("added", "attachment", attachment.name, by=by, object_id=topic.id, circle=Circle(topic.circle),
           topic=topic.name)  # fmt: skip
    return attachment


def content_of(attachment: Attachment) -> bytes | None:
    """What the file holds; None when it was lost."""
    return storage.fetch(_path(attachment.workspace_id, attachment.file_id))


def preview_of(attachment: Attachment) -> tuple[bytes, str] | None:
    """The small picture of an image and its media type; None when it has none, or it was lost."""
    if attachment.preview_width is None:
        return None
    content = storage.fetch(_preview_path(attachment.workspace_id, attachment.file_id))
    return (content, MEDIA_TYPE) if content is not None else None


def remove(attachment: Attachment, *, topic: Topic, by: Membership) -> None:
    """Take an attachment away. It can come back for thirty days; after that the file is cleared."""
    if attachment.removed_at is not None:
        return
    attachment.removed_at = clock.now()
    attachment.removed_by_id, attachment.removed_by_name = by.id, by.name
    promise(CLEAR, attachment.file_id, due_at=attachment.removed_at + WAY_BACK)
    db.session.flush()
    record("removed", "attachment", attachment.name, by=by, object_id=topic.id, circle=Circle(topic.circle),
           topic=topic.name)  # fmt: skip


def may_come_back(attachment: Attachment) -> bool:
    """Whether an attachment that was taken away still has its file."""
    return attachment.removed_at is not None and clock.now() < attachment.removed_at + WAY_BACK


def bring_back(attachment: Attachment, *, topic: Topic, by: Membership) -> None:
    """Put an attachment back that was taken away. Raises TooLate."""
    if attachment.removed_at is None:
        return
    if not may_come_back(attachment):
        raise TooLate(attachment.id)
    attachment.removed_at, attachment.removed_by_id, attachment.removed_by_name = None, None, ""
    db.session.flush()
    record("brought_back", "attachment", attachment.name, by=by, object_id=topic.id, circle=Circle(topic.circle),
           topic=topic.name)  # fmt: skip


def clear(promise: Promise) -> None:
    """Clear a file that no attachment owns, or whose attachment was taken away thirty days ago (by the worker)."""
    assert promise.scope_id
    is_nobodys = db.session.scalar(
        sql("SELECT wall.forget_attachment(:workspace, :file, :before)"),
        {
            "workspace": promise.scope_id,
            "file": promise.subject_id,
            "before": clock.now() - WAY_BACK,
        },
    )
    if is_nobodys:
        storage.throw_away(_path(promise.scope_id, promise.subject_id))
        storage.throw_away(_preview_path(promise.scope_id, promise.subject_id))


def _path(workspace_id: UUID, file_id: UUID) -> str:
    return f"workspaces/{workspace_id}/{file_id}"


def _preview_path(workspace_id: UUID, file_id: UUID) -> str:
    return f"{_path(workspace_id, file_id)}.preview"
