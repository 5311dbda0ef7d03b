"""What changed on an action: who, when, and how it was before."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.agenda.models.parts import OF_ACTION
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db
from vitaal.workspaces.models import Membership

STEP = "step:"  # before the id of a step, among the fields that changed


class ActionChange(Tenant, Base):
    """One change to an action: its fields before and after, as JSON (days as 2026-11-24, ids as text).

    A step that changed stands among them as `step:<id>`, with all of it before and after, or None.
    """

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

    @classmethod
    def last(cls, action_id: UUID) -> "ActionChange | None":
        """The last change to an action, when there is one."""
        newest_first = select(cls).where(cls.action_id == action_id).order_by(cls.version.desc())
        return db.session.scalars(newest_first.limit(1)).one_or_none()

    @classmethod
    def fields_before(cls, action_id: UUID, version: int) -> dict[str, Any]:
        """The fields that changed after a version, as they were at that version."""
        since = select(cls.before).where(cls.action_id == action_id, cls.version > version)
        then: dict[str, Any] = {}
        for before in db.session.scalars(since.order_by(cls.version.desc())):
            then.update(from_json(fields_of(before)))
        return then


class Kept(Tenant):
    """An action, as far as its changes are kept with who made them: each gives it the next version."""

    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    def seen_at(self, version: int, names: Iterable[str]) -> dict[str, Any]:
        """These fields as they were at a version: what someone saw who began to change it then."""
        now = {name: getattr(self, name) for name in names}
        then = ActionChange.fields_before(self.id, version) if version < self.version else {}
        return {name: then.get(name, value) for name, value in now.items()}

    def conflicts(self, version: int, wanted: Mapping[str, Any]) -> set[str]:
        """The fields that this reader and someone else both changed since a version, each to something else."""
        seen = self.seen_at(version, wanted)
        return {
            name
            for name, value in wanted.items()
            if value != seen[name] and getattr(self, name) not in (seen[name], value)
        }

    def keep(self, before: Mapping[str, Any], after: Mapping[str, Any], *, by: Membership) -> None:
        """Keep a change that was made, so that it can be told and undone."""
        self.version += 1
        self.changed_at = clock.now()
        db.session.add(
            ActionChange(
                action_id=self.id, changed_at=self.changed_at, by_id=by.id, by_name=by.name,
                version=self.version, before=as_json(before), after=as_json(after),
            )
        )  # fmt: skip
        db.session.flush()


def fields_of(changed: Mapping[str, Any]) -> dict[str, Any]:
    """What of a change is about the action's own fields."""
    return {name: value for name, value in changed.items() if not name.startswith(STEP)}


def steps_of(changed: Mapping[str, Any]) -> dict[UUID, dict[str, Any] | None]:
    """What of a change is about steps: all of each, or None where it was not there."""
    return {
        UUID(name.removeprefix(STEP)): from_json(value) if value else None
        for name, value in changed.items()
        if name.startswith(STEP)
    }


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an action as JSON can hold them."""
    return {name: _as_json(value) for name, value in values.items()}


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an action, as `as_json` wrote them."""
    return {
        name: _READERS.get(name.rpartition("_")[2], _as_it_is)(value) if value else value
        for name, value in values.items()
    }


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return as_json(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _as_it_is(value: Any) -> Any:
    return value


_READERS: dict[str, Any] = {"on": date.fromisoformat, "at": datetime.fromisoformat, "id": UUID}
