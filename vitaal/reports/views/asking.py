"""Asking for a report, now or every period."""

from typing import Any

from flask import flash, g, render_template
from flask_babel import gettext as _

from vitaal.kernel.web import requires, see_other
from vitaal.reports import asking, queries
from vitaal.reports.access import ReportPermission
from vitaal.reports.forms import AskForm, ScheduleForm
from vitaal.reports.kinds import KINDS
from vitaal.reports.models import Cadence, Report
from vitaal.reports.views.blueprint import blueprint


@blueprint.get("/w/<slug>/rapporten/nieuw")
@requires(ReportPermission.MAKE)
def new() -> str:
    """The form for a report."""
    form = AskForm(formdata=None, kind="progress", period=Cadence.QUARTERLY.value)
    return _page(form.offer(queries.meetings_held()))


@blueprint.post("/w/<slug>/rapporten/nieuw")
@requires(ReportPermission.MAKE)
def ask() -> Any:
    """Ask for it; a worker gathers it."""
    form = AskForm().offer(queries.meetings_held())
    if not form.validate():
        return _page(form), 422
    report = asking.ask(**form.wanted, by=g.member)
    return see_other("reports.show", number=report.number)


@blueprint.post("/w/<slug>/rapporten/<int:number>/opnieuw")
@requires(ReportPermission.MAKE, on=queries.report_numbered)
def ask_again(report: Report) -> Any:
    """Try anew what failed."""
    asking.ask_again(report, by=g.member)
    return see_other("reports.show", number=report.number)


@blueprint.route("/w/<slug>/rapporten/schema", methods=["GET", "POST"])
@requires(ReportPermission.MAKE)
def schedule() -> Any:
    """How often a report is made by itself."""
    plan = queries.the_schedule()
    form = ScheduleForm(data={"cadence": plan.cadence if plan else Cadence.NEVER})
    if form.validate_on_submit():
        asking.schedule(Cadence(form.cadence.data), by=g.member)
        flash(_("Bewaard."))
        return see_other("reports.all_reports")
    page = render_template("reports/schedule.html", form=form, plan=plan)
    return page, 422 if form.errors else 200


def _page(form: AskForm) -> str:
    return render_template(
        "reports/new.html", form=form, texts={key: kind.explanation for key, kind in KINDS.items()}
    )
