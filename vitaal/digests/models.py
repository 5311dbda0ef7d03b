"""A digest that is due, what it said; a notice that is told at once; and what someone chose for one workspace."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel.db import Base
from vitaal.kernel.promises import Claimable

_OPS = {"schema": "ops"}


class Digest(Claimable, Base):
    """The digest of one person for one local day; `empty` when there was nothing to say.

    What it says runs until `covers_until`. That counts as told only when its letter is sent, so what an
    unsent digest would have said is in the next one. `turn` is the place in the row of the workspace's people: first
    everyone's first, then everyone's second, so that a large workspace doesn't keep a small one waiting.
    """

    __tablename__ = "digest"
    __table_args__ = _OPS

    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    period: Mapped[date]
    turn: Mapped[int] = mapped_column(default=0)
    covers_until: Mapped[datetime | None]
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("ops.letter.id"))


class DigestPart(Base):
    """What a digest said about one workspace: the requests that it repeated, by id, to count how often.

    When nothing was told on purpose, because it was too little for a mail, `is_told` is off and it is said later.
    """

    __tablename__ = "digest_part"
    __table_args__ = _OPS

    digest_id: Mapped[UUID] = mapped_column(ForeignKey("ops.digest.id"), primary_key=True)
    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    asks: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    is_told: Mapped[bool] = mapped_column(default=True)


class MailChoice(Base):
    """What someone chose for the mail about one workspace; without a cadence it goes along with all their mail."""

    __tablename__ = "mail_choice"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("app.workspace.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"), primary_key=True)
    cadence: Mapped[str | None]
    weekday: Mapped[int | None]
    is_told_at_once: Mapped[bool] = mapped_column(default=True)
