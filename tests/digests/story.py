"""What the digest tests share: something happens, a morning comes, someone reads their mail."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select, update

from tests.cast import Cast, Place
from vitaal.activity.models import record
from vitaal.digests import composing, planning
from vitaal.digests.models import Digest
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.people.models import Person
from vitaal.post.models import Letter
from vitaal.workspaces.models import Circle, Membership

TOGETHER = datetime.fromisoformat("2026-09-01T14:00+02:00")
NEW_YEAR = datetime.fromisoformat("2027-01-06T14:00+01:00")  # after the first Tuesday
TUESDAY = datetime.fromisoformat("2027-01-12T07:00+01:00")
FIRST_TUESDAY = datetime.fromisoformat("2027-02-02T07:00+01:00")


def adds(
    cast: Cast,
    who: str,
    title: str,
    at: datetime,
    *,
    place: Place | None = None,
    circle: Circle = Circle.OUTER,
) -> None:
    """Someone puts an action on the agenda, as far as the history is concerned."""
    place = place or cast.amersfoort
    with clock.at(at), cast.acting_as(who, place):
        member = here(Membership, place.members[who])
        assert member
        record("added", "action", title, by=member, circle=circle)
        db.session.commit()


def morning(worker: Flask, at: datetime) -> Counter[str]:
    """Plan and write what is due at a moment; how many digests ended how."""
    with worker.app_context(), clock.at(at):
        planning.plan()
        return composing.compose()


def letters_to(worker: Flask, who: str) -> list[Letter]:
    """The digests that were written to someone, oldest first."""
    with worker.app_context():
        found = db.session.scalars(
            select(Letter)
            .where(Letter.recipient == f"{who.lower()}@example.nl", Letter.kind == "digest")
            .order_by(Letter.id)
        ).all()
        return list(found)


def ends(worker: Flask, letter: Letter, state: str) -> None:
    """The letter was delivered, or not."""
    with worker.app_context():
        db.session.execute(update(Letter).where(Letter.id == letter.id).values(state=state))
        db.session.commit()


def digests_of(worker: Flask, person_id: UUID) -> list[Digest]:
    """The rows that were planned for someone."""
    with worker.app_context():
        found = db.session.scalars(
            select(Digest).where(Digest.person_id == person_id).order_by(Digest.period)
        ).all()
        return list(found)


def reckoned(worker: Flask, at: datetime = NEW_YEAR) -> None:
    """Everyone's next digest was reckoned at a moment."""
    with worker.app_context(), clock.at(at):
        db.session.execute(update(Person).values(digest_is_unplanned=True))
        db.session.commit()
        planning.plan()


def wants(worker: Flask, cast: Cast, who: str, *, at: datetime = NEW_YEAR, **choices: object) -> None:
    """Someone chose a rhythm, a time zone or a language at a moment."""
    with worker.app_context():
        db.session.execute(update(Person).where(Person.id == cast.people[who]).values(**choices))
        db.session.commit()
    reckoned(worker, at)


def before(moment: datetime, **span: float) -> datetime:
    """A moment earlier."""
    return moment - timedelta(**span)
