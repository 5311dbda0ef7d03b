"""The letters about a meeting: come, it changed, it is off; and afterwards what was said."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.agenda import meeting_words
from vitaal.agenda.meeting_record import MeetingRecord
from vitaal.agenda.models import Meeting, Point
from vitaal.decisions import words as decision_words
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces.models import Workspace


def invitation(
    meeting: Meeting,
    points: Sequence[Point],
    reader: Person,
    workspace: Workspace,
    *,
    is_first: bool,
    calendar: str,
) -> Letter:
    """When and where it is, what it is about, and what changed for who was told before."""
    with force_locale(reader.language):
        subject, title = _opening(meeting, is_first)
        return _compose(
            "meeting.invitation", "agenda/mail/meeting", meeting, reader, workspace,
            subject=subject, title=title, points=points, calendar=calendar,
            give_up_at=meeting.ends_at,
        )  # fmt: skip


def minutes(record: MeetingRecord, reader: Person, workspace: Workspace) -> Letter:
    """What was said, decided and agreed; from the second time on, that this is the better version."""
    meeting = record.meeting
    with force_locale(reader.language):
        is_corrected = meeting.minutes_revision > 1
        name = _("Verbeterd verslag") if is_corrected else _("Verslag")
        return _compose(
            "meeting.minutes", "agenda/mail/minutes", meeting, reader, workspace,
            subject=f"{name}: {meeting.title}, {meeting_words.day(meeting)}", record=record,
            is_corrected=is_corrected, deciding=decision_words,
        )  # fmt: skip


def _opening(meeting: Meeting, is_first: bool) -> tuple[str, str]:
    about = {"title": meeting.title, "when": meeting_words.begins(meeting)}
    if meeting.cancelled_at:
        return _("Gaat niet door: %(title)s, %(when)s", **about), _("Dit gaat niet door")
    if is_first:
        return _("Kom je ook? %(title)s, %(when)s", **about), _("Kom je ook?")
    return _("Veranderd: %(title)s, %(when)s", **about), _("Er is iets veranderd")


def _compose(
    kind: str, template: str, meeting: Meeting, reader: Person, workspace: Workspace, **data: Any
) -> Letter:
    return compose(
        kind, reader.email, template=template, language=reader.language, assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name, workspace=workspace, meeting=meeting, words=meeting_words,
        href=address_of("agenda.show_meeting", slug=workspace.slug, number=meeting.number), **data,
    )  # fmt: skip
