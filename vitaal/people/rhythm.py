"""How often someone gets a digest, and on which day the next one is."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from vitaal.kernel.db import db
from vitaal.people.models import Cadence, Person

_TUESDAY = 2


def effective_cadence(person_cadence: str | None, stands_inner: bool) -> Cadence:
    """What someone chose; else weekly for who stands in an inner circle anywhere, and monthly for others."""
    if person_cadence:
        return Cadence(person_cadence)
    return Cadence.WEEKLY if stands_inner else Cadence.MONTHLY


def next_digest_day(cadence: Cadence, weekday: int, after: date) -> date | None:
    """The first day later than `after` on which a digest is due; None for never.

    Daily is every day, weekly the ISO `weekday` (1 is Monday), monthly the first Tuesday of the month.
    """
    match cadence:
        case Cadence.NEVER:
            return None
        case Cadence.DAILY:
            return after + timedelta(days=1)
        case Cadence.WEEKLY:
            return _next(weekday, after)
        case Cadence.MONTHLY:
            day = _next(_TUESDAY, after)
            return day if day.day <= 7 else _next(_TUESDAY, _last_of_month(day))


def weekday_of(person: Person) -> int:
    """The ISO weekday of their weekly digest: Tuesday for who chose nothing."""
    return person.digest_weekday if person.digest_cadence else _TUESDAY


def reckon_anew(person_ids: Iterable[UUID]) -> None:
    """Let the planner reckon these people's next day anew: their rhythm, or what they are a member of, changed.

    They are held in one order, so that two who do this at once never wait for each other forever.
    """
    ids = list(person_ids)
    if not ids:
        return
    db.session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update())
    db.session.execute(update(Person).where(Person.id.in_(ids)).values(digest_is_unplanned=True))


def _next(weekday: int, after: date) -> date:
    return after + timedelta(days=(weekday - after.isoweekday() - 1) % 7 + 1)


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
