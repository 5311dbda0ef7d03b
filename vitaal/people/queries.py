"""What pages ask about people."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from vitaal.kernel.db import db
from vitaal.people.models import Address


def addresses_of(person_id: UUID) -> Sequence[str]:
    """The addresses that are proven to be someone's, the oldest first."""
    return db.session.scalars(
        select(Address.email).where(Address.person_id == person_id).order_by(Address.proven_at, Address.email)
    ).all()


def known_among(emails: Sequence[str]) -> set[str]:
    """Which of these addresses are someone's."""
    return set(db.session.scalars(select(Address.email).where(Address.email.in_(emails))))
