"""Writing the letters about a meeting that were promised: each as its reader, so that it says only what they see.

What is told is the meeting as it is when the letter is written. Each of its versions has one letter per person,
so that promises that are kept twice, late or out of order change nothing.
"""

from email.utils import parseaddr
from uuid import UUID, uuid5

from flask import current_app
from sqlalchemy import select

from vitaal.agenda import calendar, meeting_mails
from vitaal.agenda.calendar import Mailbox
from vitaal.agenda.meeting_queries import asked_for, points_of
from vitaal.agenda.meeting_record import record_of
from vitaal.agenda.models import Invitee, Meeting
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import send
from vitaal.post.models import Letter
from vitaal.workspaces.models import Workspace
from vitaal.workspaces.queries import this_workspace


def invite(promise: Promise) -> None:
    """Write that someone is asked, or what changed since; nothing for who left, and nothing twice. Commits."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        found = asked_for(promise.subject_id, promise.person_id)
        if found and found[1].member and found[1].member.person:
            _invite(*found, reader=found[1].member.person)
        db.session.commit()


def send_minutes(promise: Promise) -> None:
    """Write what was said; nothing for who left, and each revision once. Commits."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        found = asked_for(promise.subject_id, promise.person_id)
        if found and found[1].member and found[1].member.person:
            meeting, reader = found[0], found[1].member.person
            letter_id = _id(meeting, reader, "minutes", meeting.minutes_revision)
            if not _written([letter_id]):
                _put(meeting_mails.minutes(record_of(meeting), reader, this_workspace()), letter_id)
        db.session.commit()


def _invite(meeting: Meeting, invitee: Invitee, *, reader: Person) -> None:
    ids = [_id(meeting, reader, "invitation", number) for number in range(meeting.sequence + 1)]
    written = _written(ids)
    is_for_nothing = meeting.is_over or (meeting.cancelled_at and not written)
    if ids[-1] in written or is_for_nothing:
        return
    workspace = this_workspace()
    letter = meeting_mails.invitation(
        meeting,
        points_of(meeting),
        reader,
        workspace,
        is_first=not written,
        calendar=_calendar(meeting, invitee, reader, workspace),
    )
    _put(letter, ids[-1])


def _calendar(meeting: Meeting, invitee: Invitee, reader: Person, workspace: Workspace) -> str:
    return calendar.invitation(
        meeting,
        address_of("agenda.show_meeting", slug=workspace.slug, number=meeting.number),
        organizer=Mailbox(workspace.name, parseaddr(current_app.config["VITAAL"].mail_from)[1]),
        reader=Mailbox(reader.name, reader.email),
        answer=invitee.answer_for(meeting),
    )


def _put(letter: Letter, letter_id: UUID) -> None:
    letter.id, letter.message_id = letter_id, f"<{letter_id}@vitaal>"
    send(letter)


def _written(ids: list[UUID]) -> set[UUID]:
    return set(db.session.scalars(select(Letter.id).where(Letter.id.in_(ids))))


def _id(meeting: Meeting, reader: Person, about: str, version: int) -> UUID:
    return uuid5(meeting.id, f"{reader.id} {about} {version}")
