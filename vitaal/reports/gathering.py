"""Gathering a report: every feature says what it has, once, and that stays as it was taken.

It is gathered as someone who arranges. The document is kept twice: as the inner circle reads it, and as everyone who
reads from further out does; what is for the inner circle only is not in the second one.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from flask_babel import force_locale, format_date
from flask_babel import gettext as _
from sqlalchemy import select, update

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import LAST_ATTEMPT, Promise
from vitaal.kernel.tenancy import entering
from vitaal.pages.document import Document, Section, from_json, to_json
from vitaal.people.models import Person
from vitaal.post.compose import send_once
from vitaal.reports import mails, periods
from vitaal.reports.kinds import KINDS
from vitaal.reports.models import Report, State
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Circle, Membership, Municipality, Role, Workspace, WorkspaceMunicipality
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.reporting import Period

LANGUAGE = "nl"  # of the document: a workspace has one, whoever asked for it


def gather(kept: Promise) -> None:
    """Gather the report that was promised, unless that was done already, and tell who asked for it. Commits.

    Two workers with the same promise wait for each other. After the last attempt the page says that it failed.
    """
    person_id = who_arranges(kept)
    if person_id is None:
        return
    with entering(db.session, person_id=person_id, workspace_id=kept.scope_id):
        try:
            report = take(kept.subject_id)
            if report:
                _tell(report)
            db.session.commit()
        except Exception:
            db.session.rollback()
            if kept.attempts >= LAST_ATTEMPT:
                db.session.execute(
                    update(Report).where(Report.id == kept.subject_id).values(state=State.FAILED)
                )
                db.session.commit()
            raise


def take(report_id: UUID) -> Report | None:
    """Let every feature say what it has, in the context of who arranges; None when that is not to be done any more."""
    asked = select(Report).where(Report.id == report_id).with_for_update()
    report = db.session.scalars(asked).one_or_none()
    workspace = this_workspace()
    if report is None or not report.is_going_on or workspace.archived_at:
        return None
    with force_locale(LANGUAGE):
        taken_at = clock.now()
        readings = KINDS[report.kind].gather(period_of(report), report.subject_id)
        report.data = {
            circle: to_json(_document(report, workspace, sections, taken_at))
            for circle, sections in readings.items()
        }
    report.taken_at, report.state = taken_at, State.DRAFT
    db.session.flush()
    return report


def period_of(report: Report) -> Period | None:
    """The period that a report is about, if it is about one."""
    return Period(report.first_on, report.last_on) if report.first_on and report.last_on else None


def document_of(report: Report, circle: Circle) -> Document:
    """The document as a circle reads it: as it was taken, with the coalition's own words."""
    assert report.data
    document = from_json(report.data[circle])
    sections = (
        replace(section, words=report.words.get(section.key, ""))
        for section in document.sections
        if section.key not in report.left_out
    )
    kept = tuple(section for section in sections if section.blocks or section.words)
    return replace(document, title=report.title, lead=report.lead, sections=kept)


def sections_of(report: Report) -> tuple[Section, ...]:
    """Every section in which people can write, with the question that asks for their words."""
    assert report.data
    return from_json(report.data[Circle.INNER]).sections


def _document(
    report: Report, workspace: Workspace, sections: tuple[Section, ...], taken_at: datetime
) -> Document:
    names = db.session.scalars(
        select(Municipality.name)
        .join(WorkspaceMunicipality, WorkspaceMunicipality.municipality_code == Municipality.code)
        .where(WorkspaceMunicipality.workspace_id == workspace.id)
        .order_by(Municipality.name)
    ).all()
    day = clock.day_of(taken_at)
    period = period_of(report)
    parts = (
        periods.in_words(period) if period else "",
        _("gegevens van %(day)s", day=format_date(day, "d MMMM y")),
    )
    return Document(
        title=report.title, lead="", place=workspace.name, subplace=", ".join(names),
        aside=" · ".join(filter(None, parts)), language=LANGUAGE, made_on=day, sections=sections,
    )  # fmt: skip


def _tell(report: Report) -> None:
    """A letter to who asked for it, when they still take part; of what came by itself to everyone who arranges."""
    who = Membership.roles.overlap([Role.LEAD, Role.FACILITATOR])
    readers = db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            who if report.is_scheduled else Membership.id == report.asked_by_id, Membership.left_at.is_(None)
        )
    ).all()
    write = mails.came_by_itself if report.is_scheduled else mails.ready_to_read
    for reader in readers:
        letter_id = uuid5(report.id, f"gathered {reader.id}")
        send_once(letter_id, partial(write, report, reader, this_workspace()))
