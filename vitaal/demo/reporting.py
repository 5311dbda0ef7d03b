"""What the first locality reports: a published report that others read too, a draft, and a rhythm.

The files are left to the workers, so that the demo is there sooner.
"""

from datetime import timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta

from vitaal.demo.acting import being
from vitaal.demo.plan import FACILITATOR, LEAD
from vitaal.kernel import clock
from vitaal.reports import asking, gathering, publishing
from vitaal.reports.models import Cadence, Report
from vitaal.reports.periods import last_whole
from vitaal.workspaces.models import Circle, Membership
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.reporting import Period

_WORDS = {
    "done": "De eetmiddag begon met elf mensen en een pan soep. Nu zijn het er dertig, en koken de buren zelf. "
    "Een buurvrouw kwam drie keer kijken voor ze bleef eten. Nu dekt zij de tafels.",
    "collaboration": "We beginnen elke bijeenkomst met een rondje. Dat kost tien minuten, en het scheelt een uur.",
    "lessons": "Bellen werkt beter dan een brief. En vervoer regel je niet in een vergadering, maar met twee mensen "
    "en een telefoon.",
    "needs": "We zoeken een vaste plek met een keuken, voor twee dagdelen in de week. En van de gemeente graag één "
    "aanspreekpunt voor het vervoer.",
}


def report(workspace_id: UUID) -> None:
    """Let who leads publish one, and who facilitates begin another. Commits."""
    with being(workspace_id, LEAD, 9) as by:
        first = (clock.today() - relativedelta(months=2)).replace(day=1)
        made = _gathered(Period(first, clock.today() - timedelta(days=1)), by)
        made.write(
            made.version, title="Van een pan soep naar een lange tafel",
            lead="Wat we de afgelopen maanden samen deden, wat we leerden, en wat we nodig hebben.", words=_WORDS,
        )  # fmt: skip
        publishing.publish(
            made, by=by, workspace=this_workspace(), seen=made.version, circle=Circle.OUTER, to_municipality=True,
            to_programme=True,
        )  # fmt: skip
        asking.schedule(Cadence.QUARTERLY, by=by)
    with being(workspace_id, FACILITATOR, 1) as by:
        _gathered(last_whole(Cadence.MONTHLY, clock.today()), by)


def _gathered(period: Period, by: Membership) -> Report:
    asked = asking.ask("progress", by=by, period=period)
    made = gathering.take(asked.id)
    assert made
    return made
