"""The addresses where people talk about something: the same ten for every kind of thing that has a number.

A feature says what it lets people talk about, and opens the doors below its page (`vitaal/agenda/views/talk.py`). Its
blueprint then has the endpoints `talk_say`, `talk_attach` and so on, that `Talk.door` leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.activity import attachments, conversation, following, queries
from vitaal.activity.access import ActivityPermission
from vitaal.activity.forms import AttachmentForm, CommentForm, EditForm, sent
from vitaal.activity.models import Attachment, Comment
from vitaal.activity.talk import Sent, mentions_in, talk_about
from vitaal.activity.topics import Topic
from vitaal.activity.unheard import anchor
from vitaal.kernel.access import Permission
from vitaal.kernel.web import requires

_SAFE = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class TalkedAbout:
    """A kind of thing that people talk about, and what happens at each of its doors.

    `find(number)` is the thing or None, with what the others need of it at hand; `topic_of` and `door_of` are its
    topic and its addresses; `page(thing, sent=…)` shows it again; `permission` is what talking about it takes.
    """

    find: Callable[[int], Any]
    topic_of: Callable[[Any], Topic]
    door_of: Callable[[Any], Callable[..., str]]
    page: Callable[..., str]
    permission: Permission

    def open_thing(self, number: int) -> Any:
        """The thing with this number. Answers 404 with the reason when nobody talks about it any more."""
        thing = self.find(number)
        if thing and not self.topic_of(thing).is_open:
            abort(404, _("Het gesprek hierover is gesloten. Wat er gezegd is, kun je nog lezen."))
        return thing

    def open_comment(self, number: int, comment_id: UUID) -> Comment | None:
        """The comment with this id about this thing, while people talk about it."""
        thing = self.open_thing(number)
        return queries.comment_about(self.topic_of(thing), comment_id) if thing else None

    def open_attachment(self, number: int, attachment_id: UUID) -> Attachment | None:
        """The attachment with this id of this thing, while people talk about it."""
        return self.kept_attachment(number, attachment_id) if self.open_thing(number) else None

    def kept_attachment(self, number: int, attachment_id: UUID) -> Attachment | None:
        """The attachment with this id of this thing, also after people talked about it."""
        thing = self.find(number)
        return queries.attachment_of(self.topic_of(thing), attachment_id) if thing else None

    def say(self, thing: Any) -> Any:
        """Say something, with or without a file."""
        form, topic = sent(CommentForm), self.topic_of(thing)
        mentioned = mentions_in(form, topic) if form.validate() else None
        if mentioned is None:
            form.say_again_which_file()
            return self._answer(thing, Sent(form=form), "conversation", is_fine=False)
        stored = attachments.store(form.file.upload) if form.file.upload else None
        comment = conversation.say(topic, form.text.data or "", by=g.member, mentions=mentioned)
        if stored:
            attachments.add(topic, stored, by=g.member, comment=comment)
        parts = ("conversation", "attachments") if stored else ("conversation",)
        return self._answer(thing, Sent(focus=anchor(comment)), *parts)

    def edit_comment(self, comment: Comment) -> Any:
        """Say it better."""
        thing, form = self._thing(), EditForm(comment)
        topic = self.topic_of(thing)
        mentioned = mentions_in(form, topic) if form.validate() else None
        if mentioned is None:
            wrong = Sent(edit_form=form, edited_id=comment.id)
            return self._answer(thing, wrong, "comment", comment=comment, is_fine=False)
        _unless_too_late(
            lambda: conversation.edit(comment, form.text.data or "", topic=topic, mentions=mentioned)
        )
        return self._answer(thing, Sent(focus=anchor(comment)), "comment", comment=comment)

    def withdraw_comment(self, comment: Comment) -> Any:
        """Take a comment away; its place stays."""
        conversation.withdraw(comment, by=g.member)
        return self._answer(self._thing(), Sent(focus=anchor(comment)), "comment", comment=comment)

    def bring_back_comment(self, comment: Comment) -> Any:
        """Put a comment back that you took away."""
        _unless_too_late(lambda: conversation.bring_back(comment))
        return self._answer(self._thing(), Sent(focus=anchor(comment)), "comment", comment=comment)

    def attach(self, thing: Any) -> Any:
        """Add a file."""
        form = sent(AttachmentForm)
        if not form.validate() or form.file.upload is None:
            return self._answer(thing, Sent(upload_form=form), "attachments", is_fine=False)
        stored = attachments.store(form.file.upload)
        attachment = attachments.add(self.topic_of(thing), stored, by=g.member)
        return self._answer(thing, Sent(focus=f"bijlage-{attachment.id}"), "attachments")

    def attachment(self, attachment: Attachment) -> Response:
        """The file itself, to keep: a browser never shows it as a page of ours."""
        content = attachments.content_of(attachment) if attachment.removed_at is None else None
        return _file(content, attachment.media_type, name=attachment.name)

    def preview(self, attachment: Attachment) -> Response:
        """The small picture of an image."""
        found = attachments.preview_of(attachment) if attachment.removed_at is None else None
        content, media_type = found or (None, "")
        return _file(content, media_type)

    def remove_attachment(self, attachment: Attachment) -> Any:
        """Take a file away."""
        thing = self._thing()
        attachments.remove(attachment, topic=self.topic_of(thing), by=g.member)
        return self._answer(thing, Sent(focus=f"bijlage-{attachment.id}"), "attachments")

    def bring_back_attachment(self, attachment: Attachment) -> Any:
        """Put a file back that you took away."""
        thing = self._thing()
        topic = self.topic_of(thing)
        _unless_too_late(lambda: attachments.bring_back(attachment, topic=topic, by=g.member))
        return self._answer(thing, Sent(focus=f"bijlage-{attachment.id}"), "attachments")

    def follow(self, thing: Any) -> Any:
        """Follow the thing from now on, or no longer (`volg=nee`)."""
        choose = following.stop if request.form.get("volg") == "nee" else following.follow
        choose(self.topic_of(thing), g.member)
        return self._answer(thing, Sent(focus="volg"), "follow")

    def _thing(self) -> Any:
        """The thing that the address names, when the guard loaded a comment or an attachment of it."""
        return self.find((request.view_args or {})["number"])

    def _answer(
        self, thing: Any, sent: Sent, *parts: str, comment: Comment | None = None, is_fine: bool = True
    ) -> Any:
        """What changed for htmx, else the page: with its errors, or at the place that changed."""
        door = self.door_of(thing)
        if "HX-Request" in request.headers:
            talk = talk_about(self.topic_of(thing), door, sent)
            line = talk.line(comment) if comment else None
            shown = render_template("activity/_talk.html", t=talk, parts=parts, line=line)
            return shown if is_fine else (shown, 422)
        if not is_fine:
            return self.page(thing, sent=sent), 422
        return redirect(door("show", _anchor=sent.focus), code=303)


def open_doors(blueprint: Blueprint, path: str, to: TalkedAbout) -> None:
    """Let people talk at addresses below `path`, the page of the thing, which has its `<int:number>`."""
    comment, file = f"{path}/reacties/<uuid:comment_id>", f"{path}/bijlagen/<uuid:attachment_id>"
    may = ActivityPermission
    for method, address, view, permission, on in (
        ("POST", f"{path}/reacties", to.say, to.permission, to.open_thing),
        ("POST", f"{comment}/aanpassen", to.edit_comment, may.EDIT_COMMENT, to.open_comment),
        ("POST", f"{comment}/weg", to.withdraw_comment, may.WITHDRAW_COMMENT, to.open_comment),
        ("POST", f"{comment}/terug", to.bring_back_comment, may.BRING_BACK_COMMENT, to.open_comment),
        ("POST", f"{path}/bijlagen", to.attach, to.permission, to.open_thing),
        ("GET", file, to.attachment, to.permission, to.kept_attachment),
        ("GET", f"{file}/voorbeeld", to.preview, to.permission, to.kept_attachment),
        ("POST", f"{file}/weg", to.remove_attachment, may.REMOVE_ATTACHMENT, to.open_attachment),
        ("POST", f"{file}/terug", to.bring_back_attachment, may.BRING_BACK_ATTACHMENT, to.open_attachment),
        ("POST", f"{path}/volgen", to.follow, to.permission, to.open_thing),
    ):
        guarded = requires(permission, on=on)(view)
        blueprint.add_url_rule(address, f"talk_{view.__name__}", guarded, methods=[method])


def _unless_too_late(do: Callable[[], None]) -> None:
    try:
        do()
    except conversation.TooLate:
        abort(403)


def _file(content: bytes | None, media_type: str, name: str | None = None) -> Response:
    if content is None:
        abort(404)
    answer = send_file(
        BytesIO(content), mimetype=media_type, as_attachment=name is not None, download_name=name
    )
    answer.headers["Content-Security-Policy"] = _SAFE
    return answer
