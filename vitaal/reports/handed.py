"""What officers and programme staff read of the reports that workspaces handed up.

Asked as vitaal_programme, which has no way into a workspace; the database shows it what was handed up to those for whom
the context's person works. What a workspace took back is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from vitaal.kernel.db import db
from vitaal.pages.document import Document, from_json
from vitaal.pages.theme import Tokens
from vitaal.reports import periods
from vitaal.reports.kinds import KINDS
from vitaal.reports.models import HandedReport
from vitaal.workspaces.reporting import Period

PAGE = 30
_NEWEST_FIRST = (HandedReport.handed_at.desc(), HandedReport.id.desc())
_LINE = (
    HandedReport.id,
    HandedReport.workspace_name,
    HandedReport.kind,
    HandedReport.title,
    HandedReport.first_on,
    HandedReport.last_on,
    HandedReport.handed_at,
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A report that a workspace handed up, without what it says."""

    id: UUID
    workspace_name: str
    kind: str
    title: str
    first_on: date | None
    last_on: date | None
    handed_at: datetime

    @property
    def about(self) -> str:
        """Its kind, and the period that it is about."""
        kind = str(KINDS[self.kind].name)
        if not (self.first_on and self.last_on):
            return kind
        return f"{kind} · {periods.in_words(Period(self.first_on, self.last_on))}"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them, newest first, and the one after which the next page begins, when there is one."""

    reports: Sequence[Handed]
    earlier: UUID | None


@dataclass(frozen=True, slots=True)
class HandedInFull:
    """One of them with what it says, the colours of its workspace, and to whom it was handed up."""

    line: Handed
    document: Document
    tokens: Tokens
    municipality_code: str | None
    programme_id: UUID | None


def handed_to_municipality(code: str, after: UUID | None = None) -> Page:
    """A page of what was handed up to a municipality, after this one; from the start when that is not there any more."""
    return _page(HandedReport.municipality_code == code, after)


def handed_to_programme(programme_id: UUID, after: UUID | None = None) -> Page:
    """A page of what was handed up to a programme; see `handed_to_municipality`."""
    return _page(HandedReport.programme_id == programme_id, after)


def the_handed(report_id: UUID) -> HandedInFull | None:
    """One that was handed up to whom the context's person works for; None for every other."""
    whole = (
        HandedReport.document,
        HandedReport.tokens,
        HandedReport.municipality_code,
        HandedReport.programme_id,
    )
    rows = _rows(select(*_LINE, *whole).where(HandedReport.id == report_id))
    if not rows:
        return None
    *line, document, tokens, code, programme_id = rows[0]
    return HandedInFull(Handed(*line), from_json(document), tokens, code, programme_id)


def _page(to_them: ColumnElement[bool], after: UUID | None) -> Page:
    asked = select(*_LINE).where(to_them).order_by(*_NEWEST_FIRST).limit(PAGE + 1)
    if after is not None:
        last = aliased(HandedReport)
        moment = select(last.handed_at).where(last.id == after).scalar_subquery()
        key = tuple_(HandedReport.handed_at, HandedReport.id)
        asked = asked.where(or_(moment.is_(None), key < tuple_(moment, literal(after))))
    found = [Handed(*row) for row in _rows(asked)]
    reports = found[:PAGE]
    return Page(reports, reports[-1].id if len(found) > PAGE else None)


def _rows(asked: Any) -> Sequence[Any]:
    with db.engines["programme"].begin() as connection:
        return connection.execute(asked).all()
