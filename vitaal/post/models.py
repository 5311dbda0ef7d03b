"""A letter: composed and stored first, sent second; what came in; and the addresses that turned out not to exist."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base
from vitaal.kernel.promises import Claimable


class Assurance(StrEnum):
    """Exactly once does not exist in SMTP: a kind of letter chooses which way it may fail."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"


class LetterState(StrEnum):
    """How far a letter is. `uncertain` may have arrived; an operator sees it. `lapsed` came too late."""

    WAITING = "waiting"
    SENDING = "sending"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    PARKED = "parked"
    LAPSED = "lapsed"


class Letter(Claimable, Base):
    """One mail to one address; `calendar` is what its reader's calendar program should do (iCalendar), if anything.

    `reply_to` is where an answer goes, when we can take one. A letter that `is_bulk` is one of many, and never stands
    before one that someone waits for.
    """

    __tablename__ = "letter"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    kind: Mapped[str]
    assurance: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="")
    unsubscribe_url: Mapped[str] = mapped_column(default="")
    reply_to: Mapped[str] = mapped_column(default="")
    is_bulk: Mapped[bool] = mapped_column(default=False)
    message_id: Mapped[str]
    give_up_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class Received(Base):
    """A mail that was dealt with, by its Message-ID and the address of ours it came to; the same again does nothing."""

    __tablename__ = "received"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    message_id: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)


class UnreachableAddress(Base):
    """An address of which a mail server said that it does not exist: since when, and in which words."""

    __tablename__ = "unreachable"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    email: Mapped[str] = mapped_column(primary_key=True)
    since_at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str]
