"""Who lets nothing be heard for half a year is asked once whether they still want mail (rule D-15)."""

from datetime import timedelta
from enum import Enum, auto

from sqlalchemy import func, select

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.models import Person, SignedInSession

ASK_AFTER = timedelta(days=180)
STOP_AFTER = timedelta(days=30)


class Silence(Enum):
    """How long someone let nothing be heard: no matter, so long that we ask, asked, or too long after that."""

    NONE = auto()
    ASK = auto()
    ASKED = auto()
    FOR_GOOD = auto()


def silence_of(person: Person) -> Silence:
    """How it is with this person, in their own context. One statement.

    A visit counts, and an answer to the question does (`heard_on`).
    """
    visited_at = db.session.scalar(
        select(func.max(SignedInSession.seen_at)).where(SignedInSession.person_id == person.id)
    )
    today = clock.today(person.zone)
    days = [clock.day_of(moment, person.zone) for moment in (person.created_at, visited_at) if moment]
    heard_on = max([*days, *([person.heard_on] if person.heard_on else [])])
    if today - heard_on < ASK_AFTER:
        return Silence.NONE
    if person.asked_whether_on is None or person.asked_whether_on < heard_on:
        return Silence.ASK
    return Silence.FOR_GOOD if today - person.asked_whether_on >= STOP_AFTER else Silence.ASKED
