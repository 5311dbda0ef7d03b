"""What the last mail said about a workspace, for who arranges: per circle, to nobody in particular (rule D-24).

Everyone's mail differs: it leaves out what they did themselves or saw on screen. This is what there was to tell to a
whole circle, so neither what was asked of one person nor who got it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from vitaal.activity.models import Event
from vitaal.digests.reckoning import TUESDAY, allowed_day
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.rhythm import effective_cadence, next_digest_day
from vitaal.workspaces.models import Circle, Workspace

MOST = 30
_LONG_AGO = timedelta(days=100)  # at least two first Tuesdays of a month


@dataclass(frozen=True, slots=True)
class Told:
    """What there was to tell to one circle on one morning, newest first; and whether there was more.

    On a morning that `is_too_early` the workspace was not there yet.
    """

    circle: Circle
    on: date
    events: Sequence[Event]
    is_cut: bool
    is_too_early: bool


def told_lately(workspace: Workspace) -> list[Told]:
    """What the last mail said to the inner circle and to the outer. For the context of who arranges: they see both."""
    return [_told(workspace, circle) for circle in (Circle.INNER, Circle.OUTER)]


def _told(workspace: Workspace, circle: Circle) -> Told:
    previous, last = _last_two_mornings(workspace, circle)
    told = (
        select(Event)
        .where(
            Event.happened_at > _at(previous), Event.happened_at <= _at(last), Event.detail["asks"].is_(None)
        )
        .order_by(Event.happened_at.desc(), Event.id.desc())
        .limit(MOST + 1)
    )
    if circle is Circle.OUTER:
        told = told.where(Event.circle == Circle.OUTER)
    events = db.session.scalars(told).all()
    is_too_early = workspace.founded_at is None or workspace.founded_at > _at(last)
    return Told(circle, last, events[:MOST], len(events) > MOST, is_too_early)


def _last_two_mornings(workspace: Workspace, circle: Circle) -> tuple[date, date]:
    """The last days on which mail went to who chose nothing, in the Netherlands."""
    cadence = effective_cadence(None, circle is Circle.INNER)
    found: list[date] = []
    day = next_digest_day(cadence, TUESDAY, clock.today() - _LONG_AGO)
    while day and _at(allowed_day(workspace, day)) <= clock.now():
        found.append(allowed_day(workspace, day))
        day = next_digest_day(cadence, TUESDAY, day)
    return found[-2], found[-1]


def _at(day: date) -> datetime:
    return clock.moment_on(day, clock.MORNING)
