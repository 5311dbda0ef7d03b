"""What operators do: make programmes, and appoint who works for a municipality or a programme.

The database accepts all of this from an operator only (policies of migration 0003).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from slugify import slugify
from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert

from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.people.models import Person, person_with
from vitaal.workspaces.models import Municipality, Officer, Programme, ProgrammeStaff


@dataclass(frozen=True)
class Appointed:
    """Who was appointed, and whether they are new here; `is_change` is False when they already were."""

    person: Person
    is_new_person: bool
    is_change: bool


def municipality_named(name: str) -> Municipality | None:
    """The municipality with this name, however it is capitalised; None when there is none."""
    return db.session.scalar(
        select(Municipality).where(func.lower(Municipality.name) == name.strip().lower())
    )


def appoint_officer(municipality: Municipality, email: str, name: str) -> Appointed:
    """Let someone start coalitions for a municipality; an unknown address makes a person. Repeating is harmless."""
    person, is_new = _person(email, name)
    row = {"municipality_code": municipality.code, "person_id": person.id, "since_at": clock.now()}
    return Appointed(person, is_new, _store(Officer, row))


def officer_of(municipality_slug: str, person_id: UUID) -> Officer | None:
    """This appointment for a municipality, or None; the wall shows it to operators and to the officer."""
    return db.session.scalar(
        select(Officer)
        .join(Municipality, Municipality.code == Officer.municipality_code)
        .where(Municipality.slug == municipality_slug, Officer.person_id == person_id)
    )


def dismiss(appointment: Officer | ProgrammeStaff) -> None:
    """End an appointment; what was started stays, and they no longer see what is handed up."""
    db.session.delete(appointment)
    db.session.flush()


def make_programme(name: str) -> Programme:
    """A new programme with an address of its own."""
    programme = Programme(id=new_id(), name=name, slug=_free_slug(name))
    db.session.add(programme)
    db.session.flush()
    return programme


def appoint_staff(programme: Programme, email: str, name: str) -> Appointed:
    """Let someone see what localities hand up to a programme. Repeating is harmless."""
    person, is_new = _person(email, name)
    row = {"programme_id": programme.id, "person_id": person.id, "since_at": clock.now()}
    return Appointed(person, is_new, _store(ProgrammeStaff, row))


def staff_of(programme_slug: str, person_id: UUID) -> ProgrammeStaff | None:
    """This appointment for a programme, or None; the wall shows it to operators and to who it is about."""
    return db.session.scalar(
        select(ProgrammeStaff)
        .join(Programme, Programme.id == ProgrammeStaff.programme_id)
        .where(Programme.slug == programme_slug, ProgrammeStaff.person_id == person_id)
    )


def municipality_names() -> Sequence[str]:
    """All municipalities, to choose from."""
    return db.session.scalars(select(Municipality.name).order_by(Municipality.name)).all()


def officers() -> Sequence[Row[Municipality, Person]]:
    """Every officer, by municipality and name."""
    return db.session.execute(
        select(Municipality, Person)
        .join(Officer, Officer.municipality_code == Municipality.code)
        .join(Person, Person.id == Officer.person_id)
        .order_by(Municipality.name, Person.name, Person.id)
    ).all()


def programmes() -> Sequence[Programme]:
    """Every programme, by name."""
    return db.session.scalars(select(Programme).order_by(Programme.name)).all()


def staff() -> Sequence[Row[UUID, Person]]:
    """Everyone who works for a programme, with the programme's id, by name."""
    return db.session.execute(
        select(ProgrammeStaff.programme_id, Person)
        .join(Person, Person.id == ProgrammeStaff.person_id)
        .order_by(Person.name, Person.id)
    ).all()


def _person(email: str, name: str) -> tuple[Person, bool]:
    known = person_with(email)
    return (known, False) if known else (Person.join(name, email), True)


def _store(model: type[Officer] | type[ProgrammeStaff], row: dict[str, object]) -> bool:
    """Whether it was not so before."""
    stored = db.session.execute(insert(model).values(row).on_conflict_do_nothing().returning(model.person_id))
    return stored.first() is not None


def _free_slug(name: str) -> str:
    wanted = slugify(name, max_length=60) or "programma"
    taken = set(db.session.scalars(select(Programme.slug).where(Programme.slug.startswith(wanted))))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
