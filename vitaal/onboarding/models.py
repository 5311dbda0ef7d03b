"""A coalition in preparation: the answers of the five steps, kept until it is founded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, new_id


class CoalitionDraft(Base):
    """What an officer has filled in so far; theirs alone."""

    __tablename__ = "coalition_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("oversight.municipality.code"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    founded_slug: Mapped[str | None]
