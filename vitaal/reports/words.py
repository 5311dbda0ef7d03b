"""How reports are told: their states, kinds and rhythms, as people read them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.reports import periods
from vitaal.reports.gathering import period_of
from vitaal.reports.kinds import KINDS
from vitaal.reports.models import Cadence, Report, State
from vitaal.workspaces.models import Circle

STATES = {
    State.ASKED: _l("Wordt gemaakt"),
    State.FAILED: _l("Niet gelukt"),
    State.DRAFT: _l("Concept"),
    State.PUBLISHED: _l("Gepubliceerd"),
    State.WITHDRAWN: _l("Ingetrokken"),
}
CADENCES = {
    Cadence.NEVER: _l("Nee"),
    Cadence.MONTHLY: _l("Elke maand"),
    Cadence.QUARTERLY: _l("Elk kwartaal"),
    Cadence.YEARLY: _l("Elk jaar"),
}
FILE_TYPES = {
    "pdf": _l("Pdf om te lezen"),
    "odt": _l("Tekst om te bewerken (odt)"),
    "ods": _l("Tabellen (ods)"),
    "xlsx": _l("Tabellen voor Excel (xlsx)"),
    "csv": _l("Tabellen als csv"),
}


def about(report: Report) -> str:
    """Its kind, and the period that it is about."""
    kind, period = str(KINDS[report.kind].name), period_of(report)
    return f"{kind} · {periods.in_words(period)}" if period else kind


def readers(report: Report) -> str:
    """Who can read it now it is published."""
    inside = _("iedereen hier") if report.circle == Circle.OUTER else _("de binnencirkel")
    further = [
        name
        for goes, name in (
            (report.to_municipality, _("de gemeente")),
            (report.to_programme, _("het programma")),
        )
        if goes
    ]
    return ", ".join((inside, *further))
