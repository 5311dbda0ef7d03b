"""What reports let wait: a draft that was made by itself, until who arranges reads it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select

from vitaal.reports.models import Report, State
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line


def lines(member: Membership, _workspace: Workspace) -> Iterable[Select[Any]]:
    """Each scheduled report that was not published yet, for who arranges."""
    if member.arranges:
        yield line("report", since=Report.taken_at, number=Report.number, title=Report.title).where(
            Report.state == State.DRAFT, Report.is_scheduled
        )


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it."""
    return Ask(
        "file-text", _("‘%(title)s’ staat klaar", title=waits.title),
        _("Lees het na, schrijf het verhaal erbij en publiceer het."), _("Lees het rapport"),
        url("reports.show", number=waits.number),
    )  # fmt: skip
