"""What changed on an action: who, when, and how it was before."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.agenda.models.parts import OF_ACTION
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant


class ActionChange(Tenant, Base):
    """One change to an action: its fields before and after, as JSON (days as 2026-11-24, ids as text)."""

    __tablename__ = "action_change"
    __table_args__ = (
        ForeignKeyConstraint(*OF_ACTION, ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["app.membership.workspace_id", "app.membership.id"]),
    )

    action_id: Mapped[UUID]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID]
    by_name: Mapped[str]
    version: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an action as JSON can hold them."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, UUID)
        else value
        for name, value in values.items()
    }


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an action, as `as_json` wrote them."""
    return {
        name: _READERS.get(_sort(name), _as_it_is)(value) if value else value
        for name, value in values.items()
    }


def _sort(name: str) -> str:
    return name.rpartition("_")[2]


def _as_it_is(value: Any) -> Any:
    return value


_READERS: dict[str, Any] = {"on": date.fromisoformat, "at": datetime.fromisoformat, "id": UUID}
