"""Being signed in: sessions on the server, known by the hash of the secret in the browser's cookie."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, select, update

from vitaal.kernel import clock, tokens
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import Context, switch
from vitaal.kernel.web import SESSION_PURPOSE
from vitaal.people.models import Person, SignedInSession

_FRESH_ENOUGH = timedelta(minutes=5)


def begin(person: Person, device: str) -> str:
    """Sign a person in: a new session with a new secret, which is returned for the cookie.

    What was done before is committed; from here on the context is that of the person.
    """
    secret = tokens.fresh_secret(SESSION_PURPOSE)
    db.session.commit()
    switch(db.session, Context(person_id=person.id))
    db.session.add(SignedInSession(token_hash=secret.hash, person_id=person.id, device=device[:200]))
    db.session.flush()
    return secret.plain


def person_signed_in(token_hash: bytes, idle: timedelta, absolute: timedelta) -> Person | None:
    """Whose living session this is, in the context of its own secret; None when it is over or unknown."""
    now = clock.now()
    found = db.session.execute(
        select(Person, SignedInSession)
        .join(SignedInSession, SignedInSession.person_id == Person.id)
        .where(
            SignedInSession.token_hash == token_hash,
            SignedInSession.ended_at.is_(None),
            SignedInSession.seen_at > now - idle,
            SignedInSession.created_at > now - absolute,
        )
    ).first()
    if found is None:
        return None
    person, session = found
    if session.seen_at < now - _FRESH_ENOUGH:
        session.seen_at = now
    return person


def my_sessions(idle: timedelta, absolute: timedelta) -> Sequence[SignedInSession]:
    """The living sessions of the context's person, the latest used first."""
    now = clock.now()
    return db.session.scalars(
        select(SignedInSession)
        .where(
            SignedInSession.ended_at.is_(None),
            SignedInSession.seen_at > now - idle,
            SignedInSession.created_at > now - absolute,
        )
        .order_by(SignedInSession.seen_at.desc())
    ).all()


def end(session_id: UUID) -> bool:
    """End one session of the context's person; False when there is no such living session."""
    return _end(SignedInSession.id == session_id) > 0


def end_this(token_hash: bytes) -> None:
    """End the session of this secret: signing out here."""
    _end(SignedInSession.token_hash == token_hash)


def end_everywhere(person_id: UUID) -> None:
    """End every session of the person, this one too."""
    _end(SignedInSession.person_id == person_id)


def _end(which: ColumnElement[bool]) -> int:
    ended = db.session.execute(
        update(SignedInSession)
        .where(which, SignedInSession.ended_at.is_(None))
        .values(ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], ended).rowcount
