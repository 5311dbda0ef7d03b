"""The conversation about a topic as a page shows it, and what a page does with what was sent.

A feature that lets people talk about something makes a `Topic` of it, opens the doors that `Talk.door` names (see
`vitaal/activity/talk_doors.py`), and puts the macros of `activity/_conversation.html` on its page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, g, request, url_for
from markupsafe import Markup

from vitaal.activity import attachments, conversation, following, mentions, queries
from vitaal.activity.access import ActivityPermission
from vitaal.activity.forms import AttachmentForm, CommentForm, EditForm
from vitaal.activity.kinds import KINDS, FileKind
from vitaal.activity.models import Attachment, Comment, Following
from vitaal.activity.topics import Topic
from vitaal.activity.unheard import anchor
from vitaal.kernel import clock
from vitaal.kernel.web import may
from vitaal.pages.days import moment_in_words


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as a page shows it."""

    row: Attachment
    kind: FileKind
    may_remove: bool
    may_come_back: bool

    @property
    def id(self) -> str:
        """Its id on the page."""
        return f"bijlage-{self.row.id}"

    @property
    def size(self) -> str:
        """How large it is, in kB or MB as people say it."""
        kilobytes = max(1, round(self.row.size / 1000))
        return f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Line:
    """A comment as a page shows it. `edit_form` is there for who may still improve it."""

    row: Comment
    html: Markup
    when: str
    is_to_me: bool
    may_withdraw: bool
    may_come_back: bool
    edit_form: EditForm | None
    files: Sequence[File]

    @property
    def id(self) -> str:
        """Its id on the page."""
        return anchor(self.row)


@dataclass(frozen=True)
class Talk:
    """Everything that the macros of `_conversation.html` show.

    `door(name, **values)` is the address of `show` (the page itself), `say`, `edit_comment`, `withdraw_comment`, `bring_back_comment`,
    `attach`, `attachment`, `preview`, `remove_attachment`, `bring_back_attachment` or `follow`.
    `focus` is the id of what just changed.
    """

    topic: Topic
    door: Callable[..., str]
    lines: Sequence[Line]
    earlier: UUID | None
    is_newest: bool
    files: Sequence[File]
    is_followed: bool
    form: CommentForm
    upload_form: AttachmentForm
    focus: str = ""

    @property
    def may_speak(self) -> bool:
        """Whether the reader may say something, or only read."""
        return self.topic.is_open

    def line(self, comment: Comment) -> Line | None:
        """How a comment is shown; None when it stands on another page."""
        return next((line for line in self.lines if line.row.id == comment.id), None)


@dataclass(frozen=True)
class Sent:
    """What someone just sent and how it ended: a form with its errors, or the id of what changed."""

    form: CommentForm | None = None
    upload_form: AttachmentForm | None = None
    edit_form: EditForm | None = None
    edited_id: UUID | None = None
    focus: str = ""


def doors(page: str, stem: str, **values: Any) -> Callable[..., str]:
    """Addresses of one topic: `door("show")` is its page, `door("say")` the endpoint `<stem>_say`, and so on."""

    def door(name: str, **more: Any) -> str:
        return url_for(page if name == "show" else f"{stem}_{name}", **values, **more)

    return door


def talk_about(topic: Topic, door: Callable[..., str], sent: Sent | None = None) -> Talk:
    """The conversation about a topic, for the member who is there; what they see now counts as seen.

    Three statements, and one more when there is something that they had not seen. `?reacties=<comment>` shows
    what was said before that comment.
    """
    sent = sent or Sent()
    before = _comment_id(request.args.get("reacties"))
    page = queries.page_of_comments(topic, before)
    files = [_as_file(row) for row in _attachments(topic)]
    own = following.of(g.member, topic)
    if own and before is None:
        _mark_seen(own, page.comments)
    return Talk(
        topic,
        door,
        [_as_line(comment, files, sent) for comment in page.comments],
        page.earlier,
        before is None,
        files,
        following.is_followed(topic, g.member, own),
        sent.form or CommentForm(formdata=None),
        sent.upload_form or AttachmentForm(formdata=None),
        sent.focus,
    )


def mentions_in(form: CommentForm | EditForm, topic: Topic) -> dict[str, list[str]] | None:
    """Who is mentioned in what was typed; None when the form has to ask first whom is meant."""
    found = mentions.find(form.text.data or "", topic, by=g.member, meant=form.meant.data)
    if found.unclear:
        form.meant.ask(found.unclear)
        return None
    return found.mentions


def _attachments(topic: Topic) -> Iterable[Attachment]:
    return queries.attachments_of(topic, g.member, gone_since=clock.now() - conversation.WAY_BACK)


def _as_file(row: Attachment) -> File:
    is_there = row.removed_at is None
    return File(
        row,
        KINDS[row.media_type],
        is_there and may(ActivityPermission.REMOVE_ATTACHMENT, row),
        attachments.may_come_back(row) and may(ActivityPermission.BRING_BACK_ATTACHMENT, row),
    )


def _as_line(comment: Comment, files: Sequence[File], sent: Sent) -> Line:
    is_there = comment.withdrawn_at is None
    may_edit = may(ActivityPermission.EDIT_COMMENT, comment) and conversation.may_be_edited(comment)
    is_edited_now = sent.edited_id == comment.id
    return Line(
        comment,
        mentions.marked(comment.text, comment.mentions, g.member.id) if is_there else Markup(),
        moment_in_words(comment.said_at),
        is_there and str(g.member.id) in comment.mentions,
        is_there and may(ActivityPermission.WITHDRAW_COMMENT, comment),
        conversation.may_come_back(comment) and may(ActivityPermission.BRING_BACK_COMMENT, comment),
        (sent.edit_form if is_edited_now else EditForm(comment, formdata=None)) if may_edit else None,
        [
            file
            for file in files
            if is_there and file.row.comment_id == comment.id and not file.row.removed_at
        ],
    )


def _mark_seen(own: Following, comments: Sequence[Comment]) -> None:
    last = max((comment.edited_at or comment.said_at for comment in comments), default=None)
    if last and (own.seen_at is None or own.seen_at < last):
        following.mark_seen(own, last)


def _comment_id(typed: str | None) -> UUID | None:
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        abort(404)
