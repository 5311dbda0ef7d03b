"""A letter: composed and stored first, sent second."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

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
