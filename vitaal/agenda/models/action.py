"""An action: what we do, who does it, when it is due and how far it is."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKeyConstraint, Text, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from vitaal.activity.models import record
from vitaal.agenda.models.change import ActionChange, as_json, from_json
from vitaal.agenda.models.goal import Goal
from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db, new_id
from vitaal.workspaces.models import Circle, Membership, Partner
from vitaal.workspaces.models.workspace import ChangedMeanwhile


class Status(StrEnum):
    """How far an action is."""

    IDEA = "idea"
    TO_DO = "to_do"
    DOING = "doing"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self not in {Status.DONE, Status.STOPPED}


class Repeat(StrEnum):
    """After which period an action that is done comes back."""

    NEVER = ""
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _to(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], [f"app.{table}.workspace_id", f"app.{table}.id"])


class Action(Tenant, Base):
    """Something to do together, with what and why, in the order that the group agreed on.

    Within a workspace it is known by its number. `change` is the one way in which its fields change: each
    change is kept, can be undone, and is told in the history.
    """

    __tablename__ = "action"
    __table_args__ = (
        _to("goal_id", "goal"),
        _to("owner_id", "membership"),
        _to("partner_id", "partner"),
        _to("group_id", "working_group"),
        _to("depends_on_id", "action"),
        _to("again_after_id", "action"),
        _to("added_by_id", "membership"),
    )

    number: Mapped[int]
    title: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    goal_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    partner_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    depends_on_id: Mapped[UUID | None]
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default=Status.TO_DO)
    stop_reason: Mapped[str] = mapped_column(default="")
    status_at: Mapped[datetime] = mapped_column(default=clock.now)
    repeats: Mapped[str] = mapped_column(default=Repeat.NEVER)
    labels: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    serves: Mapped[str] = mapped_column(default="")
    circle: Mapped[str] = mapped_column(default=Circle.OUTER)
    origin_kind: Mapped[str] = mapped_column(default="")
    origin_key: Mapped[str] = mapped_column(default="")
    origin_name: Mapped[str] = mapped_column(default="")
    quadrant: Mapped[str] = mapped_column(default="")
    again_after_id: Mapped[UUID | None]
    added_by_id: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    search: Mapped[Any] = deferred(
        mapped_column(
            TSVECTOR,
            Computed(
                "setweight(to_tsvector('dutch', title), 'A') || to_tsvector('dutch', reason || ' ' || serves)"
            ),
        )
    )

    owner: Mapped[Membership | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Action.workspace_id, Action.owner_id]"
    )
    partner: Mapped[Partner | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Action.workspace_id, Action.partner_id]"
    )
    goal: Mapped[Goal | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Action.workspace_id, Action.goal_id]"
    )

    @classmethod
    def add(cls, title: str, *, by: Membership, **fields: Any) -> "Action":
        """Put a new action at the end of the agenda; its circle may know."""
        action = next(iter(append([{"title": title, "added_by_id": by.id, **fields}])))
        record(
            "added",
            "action",
            title,
            by=by,
            object_id=action.id,
            circle=Circle(action.circle),
            number=action.number,
        )
        return action

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return Status(self.status).is_open

    def is_late(self, today: date) -> bool:
        """Whether its day has passed while something is still to be done."""
        return self.is_open and self.due_on is not None and self.due_on < today

    def change(self, *, by: Membership, version: int | None = None, **wanted: Any) -> list[str]:
        """Change fields by name; returns the names of those that became different.

        `version` is the one that the reader saw: ChangedMeanwhile is raised when one of these fields was
        changed by someone else since. Without it the last one to change wins.
        """
        db.session.refresh(self, with_for_update=True)
        before = {name: getattr(self, name) for name in wanted}
        changed = [name for name, value in wanted.items() if before[name] != value]
        if not changed:
            return []
        if version is not None and version != self.version and self._changed_since(version) & set(changed):
            raise ChangedMeanwhile(self.id)
        for name in changed:
            setattr(self, name, wanted[name])
        self.version += 1
        self.changed_at = clock.now()
        if "status" in changed:
            self.status_at = self.changed_at
        self._keep(by, {name: before[name] for name in changed}, {name: wanted[name] for name in changed})
        db.session.flush()
        return changed

    def undo(self, *, by: Membership) -> list[str]:
        """Take the last change back, as a change of its own; returns the names of what became different."""
        last = db.session.scalars(
            select(ActionChange)
            .where(ActionChange.action_id == self.id)
            .order_by(ActionChange.version.desc())
            .limit(1)
        ).first()
        return self.change(by=by, **from_json(last.before)) if last else []

    def _changed_since(self, version: int) -> set[str]:
        kept = db.session.scalars(
            select(ActionChange.after).where(
                ActionChange.action_id == self.id, ActionChange.version > version
            )
        )
        return {name for after in kept for name in after}

    def _keep(self, by: Membership, before: dict[str, Any], after: dict[str, Any]) -> None:
        db.session.add(
            ActionChange(
                action_id=self.id, by_id=by.id, by_name=by.name, version=self.version,
                before=as_json(before), after=as_json(after),
            )
        )  # fmt: skip
        record(
            "changed", "action", self.title, by=by, object_id=self.id, circle=Circle(self.circle),
            number=self.number, what=sorted(after),
        )  # fmt: skip


def append(many: Iterable[dict[str, Any]]) -> list[Action]:
    """Put actions at the end of the agenda in this order, each with the next number. Nothing is recorded.

    Two who add at the same moment wait for each other, so that no number is given twice.
    """
    last_number, last_position = db.session.execute(
        text("SELECT number, place FROM wall.end_of_agenda()")
    ).one()
    actions = [
        Action(**{"id": new_id(), **fields}, number=last_number + place, position=last_position + place)
        for place, fields in enumerate(many, start=1)
    ]
    db.session.add_all(actions)
    db.session.flush()
    return actions
