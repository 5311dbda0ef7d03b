"""What decisions let wait: the agreements that a member looks after, from a week before the day on which they look."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select

from vitaal.activity.unheard import shortened
from vitaal.decisions import words
from vitaal.decisions.models import Agreement
from vitaal.decisions.queries import A_WEEK
from vitaal.kernel import clock
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line


def lines(member: Membership, _workspace: Workspace) -> Iterable[Select[Any]]:
    """Whether each agreement of this member still works whose day has come, or comes within a week."""
    yield line(
        "agreement",
        since=Agreement.written_at,
        thing=Agreement.id,
        title=Agreement.text,
        until=Agreement.check_on,
    ).where(
        Agreement.owner_id == member.id,
        Agreement.ended_at.is_(None),
        Agreement.check_on <= clock.today() + A_WEEK,
    )


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it."""
    day = clock.day_of(waits.until or waits.since)
    return Ask(
        "handshake", shortened(waits.title), f"{_('Werkt deze afspraak nog?')} {words.when_to_check(day)}",
        _("Kijk terug"), url("decisions.show_agreement", agreement_id=waits.thing),
    )  # fmt: skip
