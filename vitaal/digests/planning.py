"""Who gets a digest this morning. It is due because a row says so, not because a timer fired.

Between 07:00 and noon in the person's own time zone a digest is planned; after noon the next allowed morning
covers it. The row is unique per person and local day, so planning late, early or three times at once changes
nothing. Everyone is planned in one statement; on which day is reckoned before, when it is written down.
"""

from datetime import time, timedelta
from uuid import UUID

import structlog
from sqlalchemy import Date, Time, cast, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from vitaal.digests.models import Digest
from vitaal.digests.quiet import is_quiet
from vitaal.digests.reckoning import places_of, reckon
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person

NOON = time(12)
RECKONED_AT_ONCE = 1000
logger = structlog.get_logger()


def plan() -> int:
    """Make a row for everyone whose digest is due now. Returns how many were made."""
    _reckon()
    now = clock.now()
    local = func.timezone(Person.time_zone, literal(now))
    today, clock_time = cast(local, Date), cast(local, Time)
    around = [clock.day_of(now) + timedelta(days=days) for days in (-1, 0, 1)]
    is_planned = select(Digest.id).where(Digest.person_id == Person.id, Digest.period == today).exists()
    due = select(
        func.gen_random_uuid(),
        Person.id,
        today,
        func.row_number().over(partition_by=Person.digest_place, order_by=Person.id),
        literal(now),
        literal(now),
    ).where(
        Person.next_digest_on <= around[-1],  # the latest day anywhere: for the index
        Person.next_digest_on <= today,
        today.not_in([day for day in around if is_quiet(day)]),
        clock_time >= clock.MORNING,
        clock_time < NOON,
        ~is_planned,
    )
    columns = ["id", "person_id", "period", "turn", "due_at", "created_at"]
    made = insert(Digest).from_select(columns, due).on_conflict_do_nothing().returning(Digest.id).cte("made")
    count = db.session.scalar(select(func.count()).select_from(made)) or 0
    db.session.commit()
    return count


def _reckon() -> None:
    """Write down the next day of who joined, moved or chose since; one person's failure never stops the next."""
    unplanned = (
        select(Person.id).where(Person.digest_is_unplanned).order_by(Person.id).limit(RECKONED_AT_ONCE)
    )
    person_ids = db.session.scalars(unplanned).all()
    db.session.rollback()
    for person_id in person_ids:
        try:
            _reckon_for(person_id)
        except Exception:
            logger.exception("digests.reckon_failed", person=str(person_id))


def _reckon_for(person_id: UUID) -> None:
    with entering(db.session, person_id=person_id):
        held = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
        person = db.session.scalars(held).one_or_none()
        if person and person.digest_is_unplanned:
            reckon(person, places_of(person_id))
        db.session.commit()
