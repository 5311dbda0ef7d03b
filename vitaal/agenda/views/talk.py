"""Talking about an action: what people say, the files they add, and following it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import abort, g, render_template, request, send_file
from werkzeug.wrappers import Response

from vitaal.activity import attachments, conversation, following, queries
from vitaal.activity.access import ActivityPermission
from vitaal.activity.forms import AttachmentForm, CommentForm, EditForm, sent
from vitaal.activity.models import Attachment, Comment
from vitaal.activity.talk import Sent, mentions_in, talk_about
from vitaal.activity.unheard import anchor
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.action_queries import action_in_full
from vitaal.agenda.models import Action
from vitaal.agenda.talking import KIND, door_of, topic_of
from vitaal.agenda.views.action import action_page
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel.db import here
from vitaal.kernel.web import requires, see_other

_ACTION = "/w/<slug>/agenda/<int:number>"
_COMMENT = f"{_ACTION}/reacties/<uuid:comment_id>"
_FILE = f"{_ACTION}/bijlagen/<uuid:attachment_id>"
_SAFE = "default-src 'none'; sandbox"


def open_to_talk(number: int) -> Action | None:
    """The action with this number, unless it was thrown away."""
    action = action_in_full(number)
    return action if action and action.deleted_at is None else None


def the_comment(number: int, comment_id: UUID) -> Comment | None:
    """The comment with this id about this action."""
    action = open_to_talk(number)
    return queries.comment_about(KIND, action.id, comment_id) if action else None


def the_attachment(number: int, attachment_id: UUID) -> Attachment | None:
    """The attachment with this id of this action."""
    action = open_to_talk(number)
    return queries.attachment_of(KIND, action.id, attachment_id) if action else None


@blueprint.post(f"{_ACTION}/reacties")
@requires(AgendaPermission.TALK, on=open_to_talk)
def talk_say(action: Action) -> Any:
    """Say something, with or without a file."""
    form, topic = sent(CommentForm), topic_of(action)
    mentioned = mentions_in(form, topic) if form.validate() else None
    if mentioned is None:
        form.say_again_which_file()
        return _answer(action, Sent(form=form), "conversation", is_fine=False)
    stored = attachments.store(form.file.upload) if form.file.upload else None
    comment = conversation.say(topic, form.text.data or "", by=g.member, mentions=mentioned)
    if stored:
        attachments.add(topic, stored, by=g.member, comment=comment)
    parts = ("conversation", "attachments") if stored else ("conversation",)
    return _answer(action, Sent(focus=anchor(comment)), *parts)


@blueprint.post(f"{_COMMENT}/aanpassen")
@requires(ActivityPermission.EDIT_COMMENT, on=the_comment)
def talk_edit_comment(comment: Comment) -> Any:
    """Say it better."""
    action, form = _action_of(comment), EditForm(comment)
    topic = topic_of(action)
    mentioned = mentions_in(form, topic) if form.validate() else None
    if mentioned is None:
        return _answer(
            action, Sent(edit_form=form, edited_id=comment.id), "comment", comment=comment, is_fine=False
        )
    _unless_too_late(
        lambda: conversation.edit(comment, form.text.data or "", topic=topic, mentions=mentioned)
    )
    return _answer(action, Sent(focus=anchor(comment)), "comment", comment=comment)


@blueprint.post(f"{_COMMENT}/weg")
@requires(ActivityPermission.WITHDRAW_COMMENT, on=the_comment)
def talk_withdraw_comment(comment: Comment) -> Any:
    """Take a comment away; its place stays."""
    conversation.withdraw(comment, by=g.member)
    return _answer(_action_of(comment), Sent(focus=anchor(comment)), "comment", comment=comment)


@blueprint.post(f"{_COMMENT}/terug")
@requires(ActivityPermission.BRING_BACK_COMMENT, on=the_comment)
def talk_bring_back_comment(comment: Comment) -> Any:
    """Put a comment back that you took away."""
    _unless_too_late(lambda: conversation.bring_back(comment))
    return _answer(_action_of(comment), Sent(focus=anchor(comment)), "comment", comment=comment)


@blueprint.post(f"{_ACTION}/bijlagen")
@requires(AgendaPermission.TALK, on=open_to_talk)
def talk_attach(action: Action) -> Any:
    """Add a file."""
    form = sent(AttachmentForm)
    if not form.validate() or form.file.upload is None:
        return _answer(action, Sent(upload_form=form), "attachments", is_fine=False)
    stored = attachments.store(form.file.upload)
    attachment = attachments.add(topic_of(action), stored, by=g.member)
    return _answer(action, Sent(focus=f"bijlage-{attachment.id}"), "attachments")


@blueprint.get(_FILE)
@requires(AgendaPermission.TALK, on=the_attachment)
def talk_attachment(attachment: Attachment) -> Response:
    """The file itself, to keep: a browser never shows it as a page of ours."""
    content = attachments.content_of(attachment) if attachment.removed_at is None else None
    return _file(content, attachment.media_type, name=attachment.name)


@blueprint.get(f"{_FILE}/voorbeeld")
@requires(AgendaPermission.TALK, on=the_attachment)
def talk_preview(attachment: Attachment) -> Response:
    """The small picture of an image."""
    found = attachments.preview_of(attachment) if attachment.removed_at is None else None
    content, media_type = found or (None, "")
    return _file(content, media_type)


@blueprint.post(f"{_FILE}/weg")
@requires(ActivityPermission.REMOVE_ATTACHMENT, on=the_attachment)
def talk_remove_attachment(attachment: Attachment) -> Any:
    """Take a file away."""
    action = _action_of(attachment)
    attachments.remove(attachment, topic=topic_of(action), by=g.member)
    return _answer(action, Sent(focus=f"bijlage-{attachment.id}"), "attachments")


@blueprint.post(f"{_FILE}/terug")
@requires(ActivityPermission.BRING_BACK_ATTACHMENT, on=the_attachment)
def talk_bring_back_attachment(attachment: Attachment) -> Any:
    """Put a file back that you took away."""
    action = _action_of(attachment)
    _unless_too_late(lambda: attachments.bring_back(attachment, topic=topic_of(action), by=g.member))
    return _answer(action, Sent(focus=f"bijlage-{attachment.id}"), "attachments")


@blueprint.post(f"{_ACTION}/volgen")
@requires(AgendaPermission.TALK, on=open_to_talk)
def talk_follow(action: Action) -> Any:
    """Follow the action from now on, or no longer (`volg=nee`)."""
    choose = following.stop if request.form.get("volg") == "nee" else following.follow
    choose(topic_of(action), g.member)
    return _answer(action, Sent(focus="volg"), "follow")


def _action_of(row: Comment | Attachment) -> Action:
    action = here(Action, row.object_id)
    assert action
    found = action_in_full(action.number)
    assert found
    return found


def _unless_too_late(do: Callable[[], None]) -> None:
    try:
        do()
    except conversation.TooLate:
        abort(403)


def _answer(
    action: Action, sent: Sent, *parts: str, comment: Comment | None = None, is_fine: bool = True
) -> Any:
    """What changed for htmx, else the page: with its errors, or at the place that changed."""
    if "HX-Request" in request.headers:
        talk = talk_about(topic_of(action), door_of(action), sent)
        line = talk.line(comment) if comment else None
        shown = render_template("activity/_talk.html", t=talk, parts=parts, line=line)
        return shown if is_fine else (shown, 422)
    if not is_fine:
        return action_page(action, sent=sent), 422
    return see_other("agenda.show_action", number=action.number, _anchor=sent.focus)


def _file(content: bytes | None, media_type: str, name: str | None = None) -> Response:
    if content is None:
        abort(404)
    answer = send_file(
        BytesIO(content), mimetype=media_type, as_attachment=name is not None, download_name=name
    )
    answer.headers["Content-Security-Policy"] = _SAFE
    return answer
