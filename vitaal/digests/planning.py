"""Who gets a digest this morning. It is due because a row says so, not because a timer fired.

Between 07:00 and noon in the person's own time zone a digest is planned; after noon the next allowed morning
covers it. The row is unique per person, cadence and local day, so planning late, early or three times at once
changes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from vitaal.digests.models import Digest
from vitaal.digests.quiet import is_quiet
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Cadence, Person
from vitaal.people.rhythm import effective_cadence, next_day_for
from vitaal.workspaces.models import Circle, Membership
from vitaal.workspaces.queries import my_workspaces

MORNING = time(7)
NOON = time(12)
logger = structlog.get_logger()


def plan() -> int:
    """Make a row for everyone whose digest is due now. Returns how many were made.

    One person's failure never stops the next.
    """
    made = 0
    for person_id in _in_their_morning():
        try:
            made += _plan_for(person_id)
        except Exception:
            logger.exception("digests.plan_failed", person=str(person_id))
    return made


def _in_their_morning() -> list[UUID]:
    """Whose day may have come, and for whom it is between seven and noon."""
    now = clock.now()
    latest_day_anywhere = clock.day_of(now) + timedelta(days=1)
    candidates = db.session.execute(
        select(
            Person.id, Person.time_zone, Person.digest_cadence, Person.digest_weekday, Person.next_digest_on
        )
        .where(
            or_(Person.next_digest_on <= latest_day_anywhere, Person.next_digest_on.is_(None)),
            Person.digest_cadence.is_distinct_from(Cadence.NEVER),
        )
        .order_by(Person.id)
    ).all()
    db.session.rollback()
    return [
        candidate.id
        for candidate in candidates
        if _is_their_morning(now.astimezone(ZoneInfo(candidate.time_zone)), candidate)
    ]


def _is_their_morning(local: datetime, candidate: Any) -> bool:
    if not MORNING <= local.time() < NOON:
        return False
    if candidate.next_digest_on:
        return bool(candidate.next_digest_on <= local.date())
    return candidate.digest_cadence == Cadence.DAILY or local.isoweekday() in {2, candidate.digest_weekday}


def _plan_for(person_id: UUID) -> int:
    """Make the person's row if it is due, and move their next day on; in their own context."""
    with entering(db.session, person_id=person_id):
        person = db.session.get_one(Person, person_id)
        members = [member for workspace, member in my_workspaces(person_id) if not workspace.archived_at]
        stands_inner = any(member.circle == Circle.INNER for member in members)
        today = clock.today(person.zone)
        due_on = person.next_digest_on or next_day_for(
            person, stands_inner, _before_first(person, members, today)
        )
        made = 0
        if due_on is None or due_on > today or is_quiet(today):
            person.next_digest_on = due_on
        else:
            person.next_digest_on = next_day_for(person, stands_inner, today)
            if members:
                made = _insert(person_id, effective_cadence(person.digest_cadence, stands_inner), today)
        db.session.commit()
    return made


def _before_first(person: Person, members: Sequence[Membership], today: date) -> date:
    """After which day the first digest may come: today counts, unless they only just came in."""
    morning = clock.moment_on(today, MORNING, person.zone)
    just_came = all(morning <= member.joined_at <= clock.now() for member in members)
    return today if just_came else today - timedelta(days=1)


def _insert(person_id: UUID, cadence: Cadence, today: date) -> int:
    now = clock.now()
    row = insert(Digest).values(
        id=new_id(), person_id=person_id, cadence=cadence, period=today, due_at=now, created_at=now
    )
    inserted = db.session.scalars(row.on_conflict_do_nothing().returning(Digest.id))
    return len(inserted.all())
