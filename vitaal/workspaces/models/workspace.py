"""A workspace: one coalition's or municipality's own place, behind the wall."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base
from vitaal.kernel.versions import revise


class Workspace(Base):
    """A workspace of kind `municipality` or `coalition`; a coalition may span several municipalities."""

    __tablename__ = "workspace"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    slug: Mapped[str]
    name: Mapped[str]
    challenge: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    route: Mapped[str]
    form: Mapped[str]
    theme_colour: Mapped[str | None]
    theme_file: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    inviters: Mapped[str] = mapped_column(default="arrangers")
    join_page_open: Mapped[bool] = mapped_column(default=False)
    deciders: Mapped[str] = mapped_column(default="inner")
    quorum: Mapped[str] = mapped_column(default="two-thirds")
    outer_talks: Mapped[bool] = mapped_column(default=False)
    quiet_weekends: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("oversight.programme.id"))
    founder_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    founded_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    def arrange(self, version: int, wanted: dict[str, Any]) -> list[str]:
        """Change settings, by column name; returns the names of those that became different.

        `version` is the one that the reader saw. Raises ChangedMeanwhile when it is no longer the newest.
        """
        return revise(self, version, wanted)


class WorkspaceMunicipality(Base):
    """A municipality in which a workspace is at work."""

    __tablename__ = "workspace_municipality"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("app.workspace.id"), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(
        ForeignKey("oversight.municipality.code"), primary_key=True
    )
