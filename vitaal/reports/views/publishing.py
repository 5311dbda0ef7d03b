"""Publishing a report, and taking it back."""

from typing import Any

from flask import flash, g, render_template
from flask_babel import gettext as _

from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.reports import publishing, queries
from vitaal.reports.access import ReportPermission
from vitaal.reports.forms import PublishForm, WithdrawForm
from vitaal.reports.gathering import document_of
from vitaal.reports.models import Report
from vitaal.reports.views.blueprint import blueprint
from vitaal.reports.views.writing import draft_numbered
from vitaal.workspaces.models import Circle

_PUBLISH = "/w/<slug>/rapporten/<int:number>/publicatie"
_WITHDRAW = "/w/<slug>/rapporten/<int:number>/intrekking"


def published_numbered(number: int) -> Report | None:
    """The report with this number when it is published."""
    report = queries.report_numbered(number)
    return report if report and report.is_published else None


@blueprint.get(_PUBLISH)
@requires(ReportPermission.MAKE, on=draft_numbered)
def review(report: Report) -> str:
    """Who may read it, and what those who read from further out will see."""
    return _page(
        report, PublishForm(formdata=None, circle=Circle.INNER, version=report.version).offer(g.workspace)
    )


@blueprint.post(_PUBLISH)
@requires(ReportPermission.MAKE, on=draft_numbered)
def publish(report: Report) -> Any:
    """Publish it as it was when they saw it."""
    form = PublishForm().offer(g.workspace)
    if not form.validate():
        return _page(report, form), 422
    try:
        publishing.publish(report, by=g.member, workspace=g.workspace, seen=form.seen, **form.wanted)
    except ChangedMeanwhile:
        form.now_at(report.version)
        form.form_errors.append(
            _("Iemand veranderde dit rapport net. Lees het nog eens, en publiceer het dan.")
        )
        return _page(report, form), 409
    except publishing.NotForOutside:
        form.form_errors.append(
            _("Waar dit over gaat, weet alleen de binnencirkel. Publiceer het voor de binnencirkel.")
        )
        return _page(report, form), 422
    flash(_("Het rapport is gepubliceerd."))
    return see_other("reports.show", number=report.number)


@blueprint.get(_WITHDRAW)
@requires(ReportPermission.MAKE, on=published_numbered)
def reconsider(report: Report) -> str:
    """The form for taking it back."""
    return render_template("reports/withdraw.html", report=report, form=WithdrawForm(formdata=None))


@blueprint.post(_WITHDRAW)
@requires(ReportPermission.MAKE, on=published_numbered)
def withdraw(report: Report) -> Any:
    """Take it back, with the reason."""
    form = WithdrawForm()
    if not form.validate():
        return render_template("reports/withdraw.html", report=report, form=form), 422
    publishing.withdraw(report, form.why.data or "", by=g.member)
    flash(_("Het rapport is ingetrokken. Niemand leest het meer."))
    return see_other("reports.show", number=report.number)


def _page(report: Report, form: PublishForm) -> str:
    has_outside = publishing.has_outside(report)
    outside = document_of(report, Circle.OUTER) if has_outside else None
    return render_template("reports/publish.html", report=report, form=form, outside=outside)
