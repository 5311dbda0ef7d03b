"""A person, the addresses proven to be theirs, how they prove them, and where they are signed in."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import FetchedValue, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, db, new_id


class Cadence(StrEnum):
    """How often someone wants a digest."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NEVER = "never"


class Person(Base):
    """One human being, known by a proven e-mail address, in any number of workspaces.

    `digest_is_unplanned` asks the planner to reckon `next_digest_on` anew (`rhythm.reckon_anew`). Until and with
    `away_until` they get no digests and notices. `asked_whether_on` is when we asked whether they still want mail, `heard_on` when
    they last said so without a visit.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="nl")
    time_zone: Mapped[str] = mapped_column(default="Europe/Amsterdam")
    colour_scheme: Mapped[str] = mapped_column(default="auto")
    digest_cadence: Mapped[str | None]
    digest_weekday: Mapped[int] = mapped_column(default=2)
    next_digest_on: Mapped[date | None]
    digest_is_unplanned: Mapped[bool] = mapped_column(default=True)
    digest_place: Mapped[UUID | None]
    away_until: Mapped[date | None]
    asked_whether_on: Mapped[date | None]
    heard_on: Mapped[date | None]
    is_operator: Mapped[bool] = mapped_column(server_default=FetchedValue())
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def zone(self) -> ZoneInfo:
        """The person's own time zone."""
        return ZoneInfo(self.time_zone)

    @classmethod
    def join(cls, name: str, email: str, language: str = "nl") -> "Person":
        """A new person whose address has just been proven; `email` is already normalised."""
        person = cls(id=new_id(), name=name, email=email, language=language)
        db.session.add(person)
        db.session.flush()
        person.prove(email)
        return person

    def prove(self, email: str) -> None:
        """Remember that this address is theirs too: they can sign in with it and accept with it."""
        db.session.add(Address(email=email, person_id=self.id))
        db.session.flush()


class Address(Base):
    """An e-mail address that a person has proven to be theirs."""

    __tablename__ = "address"

    email: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    proven_at: Mapped[datetime] = mapped_column(default=clock.now)


def person_with(email: str) -> Person | None:
    """The person to whom this (normalised) address belongs, or None."""
    return db.session.scalar(select(Person).join(Address).where(Address.email == email))


class SignedInSession(Base):
    """A browser in which someone is signed in; lives on the server, so it can be ended from anywhere."""

    __tablename__ = "session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    device: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class Purpose(StrEnum):
    """What someone gets by showing that an address is theirs."""

    SIGN_IN = "sign_in"
    PROVE_ADDRESS = "prove_address"


class SignInRequest(Base):
    """Someone asked, in one browser, to show that an address is theirs; a link and a code went to that address."""

    __tablename__ = "sign_in_request"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    browser_hash: Mapped[bytes]
    link_hash: Mapped[bytes]
    code_hash: Mapped[bytes]
    purpose: Mapped[str]
    return_to: Mapped[str] = mapped_column(default="")
    wrong_codes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
