"""On which day someone's next digest comes: the first on which one of their workspaces has its day.

Everyone has one rhythm for all their mail, and may choose another for one workspace. Who chose nothing gets a mail
that fits where they stand: every Tuesday in the inner circle, the first Tuesday of the month in the outer (rule D-16).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, select

from vitaal.digests.models import MailChoice
from vitaal.digests.quiet import rests
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.models import Cadence, Person
from vitaal.people.rhythm import effective_cadence, next_digest_day, weekday_of
from vitaal.workspaces.models import Membership, Workspace

TUESDAY = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace that is open, someone's membership of it, and what they chose for its mail, if anything."""

    workspace: Workspace
    member: Membership
    choice: MailChoice | None

    @property
    def is_told_at_once(self) -> bool:
        """Whether they want to hear some things at once."""
        return self.choice is None or self.choice.is_told_at_once


def places_of(person_id: UUID) -> Sequence[Place]:
    """Where the person, whose own context it is, takes part, by name. One statement."""
    choice = and_(MailChoice.workspace_id == Workspace.id, MailChoice.person_id == person_id)
    rows = db.session.execute(
        select(Workspace, Membership, MailChoice)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .outerjoin(MailChoice, choice)
        .where(
            Membership.person_id == person_id,
            Membership.left_at.is_(None),
            Workspace.founded_at.is_not(None),
            Workspace.archived_at.is_(None),
        )
        .order_by(Workspace.name, Workspace.id),
        execution_options={"across_workspaces": True},
    ).all()
    return [Place(*row) for row in rows]


def rhythm_of(person: Person, place: Place) -> tuple[Cadence, int]:
    """How often, and for weekly mail on which ISO weekday, this person hears of this workspace."""
    if place.choice and place.choice.cadence:
        return Cadence(place.choice.cadence), place.choice.weekday or TUESDAY
    return effective_cadence(person.digest_cadence, place.member.is_inside), weekday_of(person)


def next_day(person: Person, place: Place, after: date) -> date | None:
    """The first day later than `after` on which this person hears of this workspace; None for never.

    Days of rest move it to the next allowed morning (rule D-14), and so does a pause of their own.
    """
    cadence, weekday = rhythm_of(person, place)
    day = next_digest_day(cadence, weekday, after)
    if day is None:
        return None
    if person.away_until and day <= person.away_until:
        day = person.away_until + timedelta(days=1)
    return allowed_day(place.workspace, day)


def allowed_day(workspace: Workspace, day: date) -> date:
    """This day, or when it is one of rest the first after it on which mail about this workspace may go out."""
    while rests(day, quiet_weekends=workspace.quiet_weekends):
        day += timedelta(days=1)
    return day


def first_day(person: Person, places: Iterable[Place]) -> date | None:
    """The first day later than today on which this person hears of any of these workspaces; None for never."""
    today = clock.today(person.zone)
    return min((day for place in places if (day := next_day(person, place, today))), default=None)


def reckon(person: Person, places: Iterable[Place]) -> None:
    """Write down on which day the person's next digest comes, from tomorrow on in their own time zone (rule D-17)."""
    places = list(places)
    person.next_digest_on = first_day(person, places)
    person.digest_place = places[0].workspace.id if places else None
    person.digest_is_unplanned = False
