"""Writing in a draft: the title, and the coalition's own words."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template
from flask_babel import gettext as _

from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.pages.document import Section
from vitaal.reports import asking, queries
from vitaal.reports.access import ReportPermission
from vitaal.reports.forms import WordsForm
from vitaal.reports.gathering import sections_of
from vitaal.reports.models import Report
from vitaal.reports.views.blueprint import blueprint

_TEXT = "/w/<slug>/rapporten/<int:number>/tekst"


def draft_numbered(number: int) -> Report | None:
    """The report with this number when it is a draft."""
    report = queries.report_numbered(number)
    return report if report and report.is_draft else None


def gathered_numbered(number: int) -> Report | None:
    """The report with this number when it was gathered."""
    report = queries.report_numbered(number)
    return report if report and report.taken_at else None


@blueprint.get(_TEXT)
@requires(ReportPermission.MAKE, on=draft_numbered)
def edit(report: Report) -> str:
    """The form for the words."""
    sections = sections_of(report)
    said = {f"words_{section.key}": report.words.get(section.key, "") for section in sections}
    kept = {f"has_{section.key}": section.key not in report.left_out for section in sections}
    form = WordsForm.about(sections)(
        formdata=None, title=report.title, lead=report.lead, version=report.version, **said, **kept
    )
    return _page(report, form)


@blueprint.post(_TEXT)
@requires(ReportPermission.MAKE, on=gathered_numbered)
def save(report: Report) -> Any:
    """Keep what was written; who was second sees what the other wrote beside their own, or that it was published."""
    sections = sections_of(report)
    form = WordsForm.about(sections)()
    if not form.validate():
        return _page(report, form), 422
    try:
        _write(report, form, sections)
    except ChangedMeanwhile:
        form.now_at(report.version)
        if report.is_draft:
            return _page(report, form, theirs=report), 409
        form.form_errors.append(
            _(
                "Dit rapport is intussen gepubliceerd. Je tekst staat hieronder nog, maar komt er niet meer bij."
            )
        )
        return _page(report, form), 409
    flash(_("Bewaard."))
    return see_other("reports.show", number=report.number)


@blueprint.post("/w/<slug>/rapporten/<int:number>/weg")
@requires(ReportPermission.MAKE, on=queries.report_numbered)
def throw_away(report: Report) -> Any:
    """Forget a report that was never published."""
    if report.published_at is None:
        asking.throw_away(report)
        flash(_("‘%(title)s’ is weggegooid.", title=report.title))
        return see_other("reports.all_reports")
    return see_other("reports.show", number=report.number)


def _write(report: Report, form: WordsForm, sections: Sequence[Section]) -> None:
    """Raises ChangedMeanwhile."""
    if not report.is_draft:
        raise ChangedMeanwhile(report.id)
    report.write(form.seen, **form.wanted(sections))


def _page(report: Report, form: WordsForm, theirs: Report | None = None) -> str:
    return render_template(
        "reports/words.html", report=report, form=form, sections=sections_of(report), theirs=theirs
    )
