"""A digest that is due: one per person, cadence and local day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel.db import Base
from vitaal.kernel.promises import Claimable


class Digest(Claimable, Base):
    """The digest of one person for one period; `empty` when there was nothing to say.

    What it says runs until `covers_until`. That counts as told only when its letter is sent, so what an
    unsent digest would have said is in the next one.
    """

    __tablename__ = "digest"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    cadence: Mapped[str]
    period: Mapped[date]
    covers_until: Mapped[datetime | None]
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("ops.letter.id"))
