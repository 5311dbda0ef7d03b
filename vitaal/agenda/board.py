"""The board: a lane for each status, with its first cards and how many there are in all."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case

from vitaal.agenda.filters import Filter, Stage
from vitaal.agenda.lines import Line, first_of_each
from vitaal.agenda.models import Action, Status
from vitaal.agenda.narrowing import conditions
from vitaal.workspaces.models import Membership

IN_A_LANE = 16
ALWAYS = (Status.TO_DO, Status.DOING, Status.WAITING, Status.DONE)


@dataclass(frozen=True, slots=True)
class Lane:
    """The actions with one status: some of them, and how many there are."""

    status: Status
    lines: Sequence[Line]
    count: int

    @property
    def stage(self) -> Stage:
        """The part of the list that shows all of them."""
        return Stage.of(self.status)


def lanes(found: Filter, member: Membership) -> list[Lane]:
    """The lanes in the order of the work; ideas and what was stopped only where there are any. One statement.

    In a lane the order is that of the list; what is done stands with the latest first.
    """
    latest = case((Action.status == Status.DONE, Action.status_at)).desc().nulls_last()
    cards = first_of_each(
        Action.status, IN_A_LANE, conditions(found, member), [latest, Action.position, Action.id]
    )
    counts = {line.status: count for line, count in cards}
    return [
        Lane(status, [line for line, _ in cards if line.status == status], counts.get(status, 0))
        for status in Status
        if status in ALWAYS or status in counts
    ]
