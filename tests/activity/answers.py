"""What the tests of answering by mail share: someone is mentioned, and answers."""

from email.message import EmailMessage
from email.utils import make_msgid
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.agenda.story import address
from tests.cast import Cast
from vitaal.activity import answering
from vitaal.activity.answering import Outcome
from vitaal.activity.models import Comment, Notice
from vitaal.kernel.db import db
from vitaal.post import incoming
from vitaal.post.models import Letter

QUOTE = "\n\nOp di 24 nov 2026 om 10:12 schreef Vitaal <post@vitaal.example>:\n\n> Anna noemde je\n> @Bram, kun jij bellen?\n"


def mentioned(cast: Cast, worker: Flask, number: int, name: str = "Bram", by: str = "Anna") -> UUID:
    """Someone mentions someone at an action; the notice of it."""
    said = {"reactie-text": f"@{name}, kun jij bellen?"}
    assert cast.client(by).post(address(cast, number, "reacties"), data=said).status_code == 303
    return notice_for(cast, worker, name)


def notice_for(cast: Cast, worker: Flask, name: str) -> UUID:
    """The last notice for someone."""
    with worker.app_context():
        asked = select(Notice.id).where(Notice.person_id == cast.people[name])
        found = db.session.scalars(asked.order_by(Notice.created_at.desc())).first()
    assert found
    return found


def a_mail(text: str = "Ja hoor." + QUOTE, sender: str = "bram@example.nl", **headers: str) -> EmailMessage:
    """A mail as people write them."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, "Re: Anna noemde je", make_msgid()
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def answers(
    worker: Flask, notice_id: UUID, mail: EmailMessage | bytes, envelope_sender: str = "x@y.nl"
) -> Outcome:
    """The mail comes in."""
    content = mail if isinstance(mail, bytes) else mail.as_bytes()
    with worker.app_context():
        return answering.answer(notice_id, incoming.read(content, envelope_sender))


def said(cast: Cast, name: str = "Anna") -> list[tuple[str, str]]:
    """Who said what, after the first comment, as someone may see it."""
    with cast.acting_as(name):
        comments = db.session.scalars(select(Comment).order_by(Comment.id)).all()
        return [(comment.author_name, comment.text) for comment in comments[1:]]


def letters_to(worker: Flask, email: str = "bram@example.nl") -> list[Letter]:
    """The letters about an answer that someone gets."""
    with worker.app_context():
        mine = select(Letter).where(Letter.recipient == email, Letter.kind.like("answer%"))
        return list(db.session.scalars(mine.order_by(Letter.id)))
