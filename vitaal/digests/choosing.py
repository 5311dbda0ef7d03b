"""Someone chooses their mail: how often, about which place, when not. It is theirs alone, and never sends at once.

Hold the person first (`hold`), so that two choices at the same moment follow one another, and none is reckoned with
what another just changed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from sqlalchemy import select, update

from vitaal.digests.models import MailChoice
from vitaal.digests.reckoning import Place, first_day, places_of, reckon, rhythm_of
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.models import Cadence, Person


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants of the mail about one place; without a cadence it goes along with all their mail."""

    cadence: Cadence | None = None
    weekday: int | None = None
    is_told_at_once: bool = True

    @classmethod
    def now_for(cls, place: Place) -> Self:
        """What they want now."""
        choice = place.choice
        if choice is None:
            return cls()
        return cls(
            Cadence(choice.cadence) if choice.cadence else None, choice.weekday, choice.is_told_at_once
        )


def hold(person_id: UUID) -> Person | None:
    """The person, kept from changing until this transaction ends; None when there is no such person any more."""
    return db.session.scalar(
        select(Person).where(Person.id == person_id).with_for_update(),
        execution_options={"populate_existing": True},
    )


def choose(
    person: Person,
    cadence: Cadence | None,
    weekday: int,
    places: Sequence[Place],
    wish_for: Callable[[Place], Wish | None],
) -> None:
    """Keep the rhythm of all mail (None is what fits where they stand), and what they wish for each of the places.

    The next day is reckoned anew only when a rhythm became different: otherwise today's mail still comes.
    """
    before = [rhythm_of(person, place) for place in places]
    person.digest_cadence, person.digest_weekday = cadence, weekday
    for place in places:
        _keep(person, place, wish_for(place) or Wish.now_for(place))
    db.session.flush()
    places = places_of(person.id)
    if person.digest_is_unplanned or before != [rhythm_of(person, place) for place in places]:
        reckon(person, places)


def hear_of_all(person: Person, cadence: Cadence) -> None:
    """One rhythm for all mail, also about places that had one of their own; what was never sent stays so."""
    own = MailChoice.person_id == person.id, MailChoice.cadence != Cadence.NEVER
    db.session.execute(update(MailChoice).where(*own).values(cadence=None, weekday=None))
    person.digest_cadence = cadence
    person.heard_on = clock.today(person.zone)
    reckon(person, places_of(person.id))


def hear_of(person: Person, place: Place, cadence: Cadence) -> None:
    """A rhythm of its own for the mail about one place."""
    _keep(person, place, replace(Wish.now_for(place), cadence=cadence, weekday=None))
    db.session.flush()
    reckon(person, places_of(person.id))


def hear_nothing_at_once(person: Person, places: Iterable[Place]) -> None:
    """No more mail at once about these places: the digest tells it."""
    for place in places:
        _keep(person, place, replace(Wish.now_for(place), is_told_at_once=False))
    db.session.flush()


def pause(person: Person, until: date | None) -> None:
    """No digests and notices until and with this day; None ends the pause."""
    person.away_until = until
    reckon(person, places_of(person.id))


def next_mail_on(person: Person, places: Iterable[Place]) -> date | None:
    """On which day their next digest comes, also when the planner has yet to reckon it; None for never."""
    if not person.digest_is_unplanned:
        return person.next_digest_on
    return first_day(person, places)


def _keep(person: Person, place: Place, wish: Wish) -> None:
    if place.choice is None and wish == Wish():
        return
    choice = place.choice or MailChoice(workspace_id=place.workspace.id, person_id=person.id)
    choice.cadence, choice.weekday = wish.cadence, wish.weekday
    choice.is_told_at_once = wish.is_told_at_once
    db.session.add(choice)
