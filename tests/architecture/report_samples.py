"""Something real among the reports for every variable in their URLs."""

from collections.abc import Callable
from typing import Any

from tests.architecture.agenda_samples import made_once
from tests.cast import Cast, Place
from vitaal.kernel import storage
from vitaal.kernel.db import db, new_id
from vitaal.reports import asking, gathering, publishing, queries
from vitaal.reports.models import Report, ReportFile
from vitaal.workspaces.models import Circle, Membership
from vitaal.workspaces.queries import this_workspace


def report_samples(cast: Cast, place: Place, path: str) -> dict[str, Callable[[], Any]]:
    """By name of the variable: a draft where one can be written in, else a report that was published."""
    if "/naar/<kind>" in path:
        return {
            "kind": lambda: "report",
            "object_id": lambda: made_once(cast, place, "_published", _published)["id"],
        }
    if "/rapporten/<int:number>" not in path:
        return {}
    make = (
        _draft if path.endswith(("/tekst", "/publicatie", "/weg", "/opnieuw", "/bestanden")) else _published
    )
    return {
        "number": lambda: made_once(cast, place, make.__name__, make)["number"],
        "file_type": lambda: "pdf",
    }


def _gathered(by: Membership) -> Report:
    asked = asking.ask("agreement", by=by)
    gathering.take(asked.id)
    report = queries.report_numbered(asked.number)
    assert report
    return report


def _draft(by: Membership) -> dict[str, Any]:
    return {"number": _gathered(by).number}


def _published(by: Membership) -> dict[str, Any]:
    report = _gathered(by)
    publishing.publish(report, by=by, workspace=this_workspace(), seen=report.version, circle=Circle.OUTER)
    for circle in Circle.INNER, Circle.OUTER:
        file = ReportFile(
            id=new_id(), workspace_id=report.workspace_id, report_id=report.id, edition=report.version, circle=circle,
            file_type="pdf", name="rapport.pdf", size=4, sha256="",
        )  # fmt: skip
        storage.keep(file.path, b"%PDF")
        db.session.add(file)
    db.session.flush()
    return {"number": report.number, "id": report.id}
