"""Where reports are, for what speaks of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from vitaal.activity.topics import Whereabouts
from vitaal.kernel.db import db
from vitaal.reports.models import Report
from vitaal.workspaces.models import Circle


def reports(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these reports are, as far as the reader may read them."""
    asked = select(Report.id, Report.title, Report.number, Report.circle).where(Report.id.in_(ids))
    return {
        report_id: Whereabouts(title, "reports.show", {"number": number}, circle or Circle.INNER)
        for report_id, title, number, circle in db.session.execute(asked)
    }


FINDERS = {"report": reports}
