"""The local mailbox: what would have been mailed, on a page. Only where VITAAL_LOCAL_MAILBOX is on."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, jsonify, render_template

from vitaal.kernel.web import public
from vitaal.post.mailbox import LocalMailbox
from vitaal.post.showing import as_it_looks

blueprint = Blueprint("post", __name__, template_folder="templates")
_ON_ONE_PAGE = 50


@blueprint.get("/dev/post")
@public
def show_mailbox() -> str:
    """The newest letters, each with its text and a link to the letter as it looks."""
    letters = [
        {**letter, "moment": datetime.fromisoformat(letter["sent_at"])}
        for letter in _mailbox().letters(_ON_ONE_PAGE)
    ]
    return render_template("post/mailbox.html", letters=letters)


@blueprint.get("/dev/post.json")
@public
def list_letters() -> Response:
    """The letters for a program, newest first."""
    return jsonify(_mailbox().letters())


@blueprint.get("/dev/post/<uuid:letter_id>.html")
@public
def show_letter(letter_id: UUID) -> Response:
    """One letter as it looks in a mail program."""
    letter = _mailbox().letter(str(letter_id))
    if letter is None:
        abort(404)
    return as_it_looks(letter["html"])


def _mailbox() -> LocalMailbox:
    return LocalMailbox(current_app.extensions["storage"])
