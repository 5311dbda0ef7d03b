"""The pages on which a municipality and a programme read what was handed up: the same for both, each at its own address."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for

from vitaal.pages.press import TooMuch
from vitaal.pages.rendering.naming import file_name
from vitaal.pages.rendering.pdf import pdf
from vitaal.reports.handed import Handed, HandedInFull, Page


@dataclass(frozen=True, slots=True)
class Desk:
    """Where reports are read: the name of a municipality or programme, its blueprint, its home, and what its URLs hold."""

    name: str
    blueprint: str
    home: str
    url: dict[str, Any]

    @property
    def home_href(self) -> str:
        """Where the place begins."""
        return self._href(self.home)

    def list_href(self, after: UUID | None = None) -> str:
        """All reports, or those after this one."""
        return self._href("reports", na=after)

    def href(self, report: Handed) -> str:
        """One report."""
        return self._href("report", report_id=report.id)

    def pdf_href(self, report: Handed) -> str:
        """One report as PDF."""
        return self._href("report_as_pdf", report_id=report.id)

    def _href(self, view: str, **values: Any) -> str:
        where: dict[str, Any] = {**self.url, **values}
        return url_for(f"{self.blueprint}.{view}", **where)


def after_asked() -> UUID | None:
    """After which report the page begins; nonsense begins at the start."""
    try:
        return UUID(request.args.get("na", ""))
    except ValueError:
        return None


def show_all(page: Page, desk: Desk) -> str:
    """The list."""
    return render_template(
        "reports/handed_reports.html", page=page, desk=desk, is_newest="na" not in request.args
    )


def show_one(report: HandedInFull, desk: Desk, *, too_long: bool = False) -> str:
    """One report to read; `too_long` tells that no PDF can be made of it."""
    return render_template("reports/handed_report.html", report=report, desk=desk, too_long=too_long)


def take_pdf(report: HandedInFull, desk: Desk) -> Any:
    """It as PDF in the colours of its workspace, made anew; what is too long for that is shown, with a word about it (422)."""
    try:
        made = pdf(report.document, tokens=report.tokens)
    except TooMuch:
        return show_one(report, desk, too_long=True), 422
    headers = {"Content-Disposition": f'attachment; filename="{file_name(report.document, "pdf")}"'}
    return Response(made, mimetype="application/pdf", headers=headers)
