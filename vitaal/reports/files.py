"""The files of a report: PDF to read, ODT to edit, tables for a spreadsheet. A worker makes them, each edition once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid5

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select

from vitaal.kernel import clock
from vitaal.kernel.db import db, take_turn
from vitaal.kernel.promises import Promise, promise
from vitaal.kernel.storage import keep, throw_away
from vitaal.kernel.tenancy import entering
from vitaal.kernel.web import promise as nudge_workers
from vitaal.pages.document import Document
from vitaal.pages.rendering.naming import file_name
from vitaal.pages.rendering.odt import odt
from vitaal.pages.rendering.pdf import pdf
from vitaal.pages.rendering.tables import tables, tables_of
from vitaal.pages.theme import Tokens
from vitaal.people.models import Person
from vitaal.post.compose import send_once
from vitaal.reports import mails
from vitaal.reports.gathering import LANGUAGE, document_of
from vitaal.reports.models import Report, ReportFile
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Circle, Membership, Workspace
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.theming import tokens_of

MAKE = "reports.make_files"
CLEAR = "reports.clear_file"
Made = tuple[bytes, str]  # what a file holds, and the ending of its name
_MAKE: dict[str, Callable[[Document, Tokens], Made]] = {
    "pdf": lambda document, tokens: (pdf(document, tokens=tokens), "pdf"),
    "odt": lambda document, tokens: (odt(document, tokens=tokens), "odt"),
    "ods": lambda document, _tokens: tables(document, "ods"),
    "xlsx": lambda document, _tokens: tables(document, "xlsx"),
    "csv": lambda document, _tokens: tables(document, "csv"),
}
_OF_TABLES = {"ods", "xlsx", "csv"}


def promise_files(report: Report, by: Membership) -> None:
    """Promise the files of the report as it is now; who asks twice gets them once."""
    promise(MAKE, report.id, due_at=clock.now(), person_id=by.person_id)
    nudge_workers()


def file_types(document: Document) -> list[str]:
    """What can be made of a document: without a table no spreadsheets."""
    has_tables = bool(tables_of(document))
    return [file_type for file_type in _MAKE if has_tables or file_type not in _OF_TABLES]


def circles_of(report: Report) -> list[Circle]:
    """Who get files of their own: the inner circle, and who reads from further out when it is for them too."""
    return [Circle.INNER, Circle.OUTER] if report.circle == Circle.OUTER else [Circle.INNER]


def make_files(kept: Promise) -> None:
    """Make what is not there yet of the edition as it is now, and tell who asked. Commits after each file.

    Two workers wait for each other; who dies leaves a file in the storage that no row names yet, and the next one
    writes it anew in the same place.
    """
    person_id = who_arranges(kept)
    if person_id is None:
        return
    with entering(db.session, person_id=person_id, workspace_id=kept.scope_id):
        while (made := _make_next(kept)) is not None:
            db.session.add(made)
            db.session.commit()
        _forget_earlier_editions(kept.subject_id)
        _tell(kept)
        db.session.commit()


def _make_next(kept: Promise) -> ReportFile | None:
    """The next file that is missing; None when all are there."""
    take_turn(f"report files {kept.subject_id}")
    report = db.session.scalars(select(Report).where(Report.id == kept.subject_id)).one_or_none()
    if report is None or report.data is None:
        return None
    there = {(file.circle, file.file_type) for file in files_of(report)}
    for circle in circles_of(report):
        document = _edition(report, circle)
        for file_type in file_types(document):
            if (circle, file_type) not in there:
                return _make(report, document, circle, file_type, this_workspace())
    return None


def _edition(report: Report, circle: Circle) -> Document:
    """The document as a circle reads it; a draft says that it is one."""
    document = document_of(report, circle)
    if not report.is_draft:
        return document
    with force_locale(LANGUAGE):
        return replace(document, aside=" · ".join(filter(None, (_("concept"), document.aside))))


def _make(
    report: Report, document: Document, circle: Circle, file_type: str, workspace: Workspace
) -> ReportFile:
    content, ending = _MAKE[file_type](document, tokens_of(workspace, current_app.extensions["storage"]))
    made = ReportFile(
        id=uuid5(report.id, f"{report.version} {circle} {file_type}"), workspace_id=report.workspace_id,
        report_id=report.id, edition=report.version, circle=circle,
        file_type=file_type, name=file_name(document, ending), size=len(content), sha256=sha256(content).hexdigest(),
    )  # fmt: skip
    keep(made.path, content)
    return made


def files_of(report: Report) -> Iterable[ReportFile]:
    """The files of the edition as it is now, as far as the reader may see them."""
    newest = ReportFile.report_id == report.id, ReportFile.edition == report.version
    return db.session.scalars(select(ReportFile).where(*newest)).all()


def clear(kept: Promise) -> None:
    """Remove a file that no row names any more."""
    throw_away(f"reports/{kept.scope_id}/{kept.subject_id}")


def forget_files(*which: ColumnElement[bool]) -> None:
    """Forget these files: their rows now, the files themselves by a worker once that is certain."""
    for file_id in db.session.scalars(delete(ReportFile).where(*which).returning(ReportFile.id)).all():
        promise(CLEAR, file_id, due_at=clock.now())
        nudge_workers()


def _forget_earlier_editions(report_id: UUID) -> None:
    newest = select(Report.version).where(Report.id == report_id).scalar_subquery()
    forget_files(ReportFile.report_id == report_id, ReportFile.edition < newest)


def _tell(kept: Promise) -> None:
    report = db.session.scalars(select(Report).where(Report.id == kept.subject_id)).one_or_none()
    asker = db.session.get(Person, kept.person_id) if kept.person_id else None
    if report and asker:
        about = uuid5(report.id, f"files {report.version} {report.state}")
        send_once(about, lambda: mails.files_are_ready(report, asker, this_workspace()))
