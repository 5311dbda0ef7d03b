"""An answer by mail to a notice that you were mentioned: it is said under what it answers, by the rules of the page.

The address of the answer is signed, and only works from an address of who got the notice. What can't be said is told
to them in one letter; someone else is refused at the door and gets none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity import answer_mails, conversation, mentions
from vitaal.activity.models import Comment, Notice
from vitaal.activity.noticing import MENTIONED
from vitaal.activity.topics import TALKS, Talk, Topic, Whereabouts, whereabouts
from vitaal.kernel import clock, web
from vitaal.kernel.access import Asker, permits
from vitaal.kernel.db import db, here
from vitaal.kernel.tenancy import entering
from vitaal.pages.forms import STORY
from vitaal.people.models import Person, person_with
from vitaal.post.addresses import For, OurAddresses
from vitaal.post.compose import send
from vitaal.post.incoming import Incoming
from vitaal.post.models import Received
from vitaal.post.reply_text import own_words
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.queries import this_workspace


class Outcome(StrEnum):
    """What became of an answer. A `stranger` and what is `unknown` are refused at the door, without a letter."""

    SAID = "said"
    SAID_IN_PART = "said in part"
    NOT_SAID = "not said"
    AGAIN = "again"
    STRANGER = "stranger"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer belongs: the topic, and what is known of its page."""

    topic: Topic
    where: Whereabouts | None


def reply_address(notice_id: UUID) -> str:
    """Where an answer to this notice goes; '' where this installation can't take mail in."""
    ours = OurAddresses.of(current_app.config["VITAAL"])
    return ours.address(For.ANSWERS, notice_id) if ours else ""


def answer(notice_id: UUID, mail: Incoming) -> Outcome:
    """Say what someone answered, once, or tell them why not. Commits; the mail and its outcome in one transaction."""
    notice = db.session.get(Notice, notice_id)
    reader = person_with(mail.sender) if notice else None
    db.session.commit()
    if notice is None or notice.kind != MENTIONED:
        return Outcome.UNKNOWN
    if reader is None or reader.id != notice.person_id:
        return Outcome.STRANGER
    with entering(db.session, person_id=reader.id, workspace_id=notice.workspace_id):
        outcome = _answer(notice, db.session.get_one(Person, reader.id), mail)
        web.commit()
        return outcome


def _answer(notice: Notice, reader: Person, mail: Incoming) -> Outcome:
    key = f"{notice.id} {mail.message_id}"
    if db.session.get(Received, key):
        return Outcome.AGAIN
    with force_locale(reader.language):
        member = db.session.scalars(
            select(Membership).where(Membership.person_id == reader.id, Membership.left_at.is_(None))
        ).one_or_none()
        if member is None:
            outcome = _refuse(reader, None, None, _("je doet niet meer mee met deze groep"))
        else:
            outcome = _say(notice, member, reader, mail)
    row = {"message_id": key, "outcome": outcome, "received_at": clock.now()}
    taken = insert(Received).values(row).on_conflict_do_nothing().returning(Received.message_id)
    if db.session.scalar(taken) is None:  # the same mail came in twice at once, and the other was first
        db.session.rollback()
        return Outcome.AGAIN
    return outcome


def _say(notice: Notice, member: Membership, reader: Person, mail: Incoming) -> Outcome:
    workspace = this_workspace()
    place = _place(notice, member, workspace)
    if place is None:
        why = _("waar het over ging, is er niet meer of is niet meer voor jou te zien")
        return _refuse(reader, workspace, None, why)
    text = own_words(mail.text)
    why_not = _why_not(text, place.topic)
    if why_not:
        return _refuse(reader, workspace, place, why_not)
    found = mentions.find(text, place.topic, by=member, meant={})
    comment = conversation.say(place.topic, text, by=member, mentions=found.mentions)
    left_out = [*_left_out(mail.file_names), *(_unclear(name) for name in found.unclear)]
    if not left_out:
        return Outcome.SAID
    send(answer_mails.said_in_part(reader, workspace, place.topic, place.where, comment, left_out))
    return Outcome.SAID_IN_PART


def _place(notice: Notice, member: Membership, workspace: Workspace) -> _Place | None:
    """Where the comment that mentioned them stands; None when they can't see or talk about it (any more)."""
    comment = here(Comment, notice.subject_id)
    if comment is None:
        return None
    talk: Talk = current_app.extensions[TALKS][comment.object_kind]
    thing = talk.find(comment.object_id)
    if thing is None or not permits(Asker(None, member, workspace), talk.permission, thing):
        return None
    topic = talk.topic_of(thing)
    return _Place(topic, whereabouts({(topic.kind, topic.id)}).get((topic.kind, topic.id)))


def _why_not(text: str, topic: Topic) -> str:
    if not topic.is_open:
        return str(_("het gesprek hierover is gesloten"))
    if not text:
        return str(_("we vonden er geen tekst van jou in"))
    if len(text) > STORY:
        return str(_("je antwoord is te lang: er passen %(most)d letters in een reactie", most=STORY))
    return ""


def _left_out(file_names: Sequence[str]) -> Sequence[str]:
    if not file_names:
        return ()
    named = ", ".join(name for name in file_names if name)
    if not named:
        return (_("Je bijlage kon niet mee. Voeg haar toe op de pagina."),)
    return (_("Je bijlage kon niet mee: %(names)s. Voeg haar toe op de pagina.", names=named),)


def _unclear(name: str) -> str:
    return str(
        _(
            "Er doen er meer mee die %(name)s heten. We wisten niet wie je bedoelt, dus niemand kreeg bericht.",
            name=name,
        )
    )


def _refuse(reader: Person, workspace: Workspace | None, place: _Place | None, why: str) -> Outcome:
    topic, where = (place.topic, place.where) if place else (None, None)
    send(answer_mails.not_said(reader, workspace, topic, where, why))
    return Outcome.NOT_SAID
