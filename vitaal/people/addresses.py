"""E-mail addresses as others may see them, and whose they become."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.models import Address, Person
from vitaal.post.bounces import is_unreachable


def masked(email: str) -> str:
    """An address that its owner recognises and others can't read: `j***@example.nl`."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}***@{domain}"


def attach(person: Person, email: str) -> bool:
    """Make a proven address the person's own too. False, and nothing changed, when it is someone else's."""
    db.session.execute(
        insert(Address)
        .values(email=email, person_id=person.id, proven_at=clock.now())
        .on_conflict_do_nothing()
    )
    return db.session.scalar(select(Address.person_id).where(Address.email == email)) == person.id


def let_mail_follow(person: Person, email: str) -> None:
    """Send mail to the address that someone just showed to be theirs, when the one it went to does not exist."""
    if email != person.email and is_unreachable(person.email):
        person.email = email
