"""A notice: someone has to be told something at once."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel.db import Base
from vitaal.kernel.promises import Claimable


class Notice(Claimable, Base):
    """Of which kind, and about which thing; the words are found in the reader's own context when it is written.

    `dropped` are those of which there was nothing to tell any more, or not at once. It is no part of the workspace's
    content, so it can be found without entering one.
    """

    __tablename__ = "notice"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    workspace_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("ops.letter.id"))
