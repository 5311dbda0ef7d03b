"""Single-use secrets: 256 bits, stored hashed, expiring, bound to one purpose."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, db


class Token(Base):
    """A secret that was given out; only its hash is kept."""

    __tablename__ = "token"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    subject_id: Mapped[UUID]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Secret:
    """A fresh secret (to send away, never to store) and its hash (to store)."""

    plain: str
    hash: bytes


def fresh_secret(purpose: str) -> Secret:
    """A new secret for one purpose."""
    plain = secrets.token_urlsafe(32)
    return Secret(plain, hash_of(plain, purpose))


def hash_of(plain: str, purpose: str) -> bytes:
    """The hash under which a secret of this purpose is known."""
    return hashlib.sha256(f"{purpose}:{plain}".encode()).digest()


def issue(purpose: str, subject_id: UUID, lifetime: timedelta) -> str:
    """Make a secret for a subject and remember its hash; earlier ones for the same purpose die.

    Returns the plain secret, for the link. Commits with the caller's transaction.
    """
    revoke(purpose, subject_id)
    return issue_another(purpose, subject_id, lifetime)


def issue_another(purpose: str, subject_id: UUID, lifetime: timedelta) -> str:
    """The same, but the secrets that were given out earlier keep working (a reminder repeats its letter)."""
    secret = fresh_secret(purpose)
    db.session.add(
        Token(hash=secret.hash, purpose=purpose, subject_id=subject_id, expires_at=clock.now() + lifetime)
    )
    db.session.flush()
    return secret.plain


def revoke(purpose: str, subject_id: UUID) -> None:
    """Make every secret of a subject for this purpose worthless."""
    db.session.execute(delete(Token).where(Token.purpose == purpose, Token.subject_id == subject_id))


def subject_of(purpose: str, plain: str) -> UUID | None:
    """What a living secret is about, without using it up; None when unknown, used or expired."""
    return db.session.scalar(
        select(Token.subject_id).where(
            Token.hash == hash_of(plain, purpose),
            Token.purpose == purpose,
            Token.used_at.is_(None),
            Token.expires_at > clock.now(),
        )
    )


def spend(purpose: str, plain: str) -> UUID | None:
    """Use a secret up, in one atomic statement. Returns its subject, or None when it is worth nothing."""
    return db.session.scalar(
        update(Token)
        .where(
            Token.hash == hash_of(plain, purpose),
            Token.purpose == purpose,
            Token.used_at.is_(None),
            Token.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
        .returning(Token.subject_id)
        .execution_options(synchronize_session=False)
    )
