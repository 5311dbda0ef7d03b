"""An action: what we do, who does it, when it is due and how far it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKeyConstraint, Text, exists, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from vitaal.activity.models import record
from vitaal.agenda.models.change import STEP, ActionChange, Kept, fields_of, from_json, steps_of
from vitaal.agenda.models.goal import Goal
from vitaal.agenda.models.group import WorkingGroup
from vitaal.agenda.models.parts import ActionHelper, Step
from vitaal.agenda.models.status import Repeat, Status
from vitaal.agenda.models.telling import promise_in_time, tell_change, tell_given, tell_moved
from vitaal.agenda.models.waiting import refuse_circle
from vitaal.kernel import clock
from vitaal.kernel.db import Base, db, new_id
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.workspaces.models import Circle, Membership, Partner

DAYS = ("starts_on", "due_on")
COPIED = ("title", "reason", "goal_id", "owner_id", "partner_id", "group_id", "labels", "serves", "circle",
          "origin_kind", "origin_key", "origin_name")  # fmt: skip
CHECKED = (*DAYS, "status", "stop_reason")
REMEMBERED = 12  # how many times back the day of the month is looked for


class EndsBeforeStart(ValueError):
    """An action would be due before it starts."""


class NoReason(ValueError):
    """An action stops only with a reason."""


def _to(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], [f"app.{table}.workspace_id", f"app.{table}.id"])


class Action(Kept, Base):
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
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
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
    group: Mapped[WorkingGroup | None] = relationship(
        viewonly=True, lazy="raise", foreign_keys="[Action.workspace_id, Action.group_id]"
    )
    steps: Mapped[list[Step]] = relationship(viewonly=True, lazy="raise", order_by=[Step.position, Step.id])
    helpers: Mapped[list[ActionHelper]] = relationship(
        viewonly=True, lazy="raise", order_by=[ActionHelper.since_at, ActionHelper.member_id]
    )

    @classmethod
    def add(cls, title: str, *, by: Membership, **fields: Any) -> "Action":
        """Put a new action at the end of the agenda; its circle may know, and who leads it hears it."""
        action = next(iter(append([{"title": title, "added_by_id": by.id, **fields}])))
        if action.status == Status.IDEA:
            record("proposed", "action", title, by=by, asks="arranging", **action.known_by)
            return action
        asks = "" if action.owner_id in (None, by.id) else str(action.owner_id)
        record("added", "action", title, by=by, asks=asks, **action.known_by)
        if action.owner_id:
            tell_given(action.id, action.owner_id, version=action.version, by=by)
        return action

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return Status(self.status).is_open

    @property
    def is_idea(self) -> bool:
        """Whether it is proposed, and waits for an answer."""
        return self.status == Status.IDEA

    @property
    def known_by(self) -> dict[str, Any]:
        """What the history keeps of it, for `record`."""
        return {"object_id": self.id, "circle": Circle(self.circle), "number": self.number}

    def is_late(self, today: date) -> bool:
        """Whether its day has passed while something is still to be done."""
        return self.is_open and self.due_on is not None and self.due_on < today

    def conflicts(self, version: int, wanted: Mapping[str, Any]) -> set[str]:
        """The fields that this reader and someone else both changed since a version, each to something else.

        The first and the last day belong together: they conflict too when each alone would do.
        """
        found = super().conflicts(version, wanted)
        seen = self.seen_at(version, {*wanted, *DAYS})
        others_moved = any(getattr(self, name) != seen[name] for name in DAYS)
        days = {
            name: getattr(self, name) if wanted.get(name, seen[name]) == seen[name] else wanted[name]
            for name in DAYS
        }
        return found | set(DAYS) if others_moved and _is_turned(**days) else found

    def change(
        self, *, by: Membership, version: int | None = None, is_told: bool = True, **wanted: Any
    ) -> list[str]:
        """Change fields by name; returns the names of those that became different.

        `version` is the one that the reader saw: what they left as it was then stays as it is now, and
        ChangedMeanwhile is raised when someone else changed one of their fields too. Without it the last one to
        change wins. With `is_told` False it is kept but not told: one change to many is told by `together`.
        Raises EndsBeforeStart, NoReason for who stops without one, and CannotWait.
        """
        db.session.refresh(self, with_for_update={"of": Action})
        if version is not None:
            if self.conflicts(version, wanted):
                raise ChangedMeanwhile(self.id)
            seen = self.seen_at(version, wanted)
            wanted = {name: value for name, value in wanted.items() if value != seen[name]}
        if wanted.get("status", Status.STOPPED) != Status.STOPPED:
            wanted["stop_reason"] = ""
        after = {name: value for name, value in wanted.items() if getattr(self, name) != value}
        if after:
            self._refuse({name: getattr(self, name) for name in CHECKED} | after, after)
            self._become(after, by, is_told=is_told)
        return list(after)

    def change_steps(self, states: Mapping[UUID, dict[str, Any] | None], *, by: Membership) -> None:
        """Let steps of its checklist be as in `states`: all of each by id, or None for one that goes."""
        db.session.refresh(self, with_for_update={"of": Action})
        before = {step_id: Step.put(self.id, step_id, state) for step_id, state in states.items()}
        db.session.flush()
        if before != dict(states):
            self.keep(_as_fields(before), _as_fields(states), by=by)

    def undo(self, *, by: Membership, version: int | None = None) -> None:
        """Take the last change back, as a change of its own.

        Raises ChangedMeanwhile when `version` is given and something else changed after it, and CannotWait.
        """
        db.session.refresh(self, with_for_update={"of": Action})
        if version not in (None, self.version):
            raise ChangedMeanwhile(self.id)
        last = ActionChange.last(self.id)
        if last is None:
            return
        if steps := steps_of(last.before):
            self.change_steps(steps, by=by)
        self.change(by=by, **from_json(fields_of(last.before)))

    def _refuse(self, then: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        if _is_turned(then["starts_on"], then["due_on"]):
            raise EndsBeforeStart(self.id)
        if then["status"] == Status.STOPPED and not then["stop_reason"]:
            raise NoReason(self.id)
        if after.get("depends_on_id"):
            refuse_circle(self.id, after["depends_on_id"])

    def _become(self, after: Mapping[str, Any], by: Membership, *, is_told: bool) -> None:
        before = {name: getattr(self, name) for name in after}
        for name, value in after.items():
            setattr(self, name, value)
        if "status" in after:
            self.status_at = clock.now()
        self.keep(before, after, by=by)
        if is_told:
            tell_change(self.title, before, after, by=by, **self.known_by)
        if self.owner_id and self.is_open and {"owner_id", "due_on"} & set(after):
            self._let_owner_know(after, by)
        if "circle" in after:
            db.session.execute(select(func.wall.follow_circle("action", self.id, self.circle)))
        if after.get("status") == Status.DONE and self.repeats:
            self._come_back(by)

    def _let_owner_know(self, after: Mapping[str, Any], by: Membership) -> None:
        """At once when it became theirs, or its day is new and near; and two days before that day."""
        assert self.owner_id
        promise_in_time({self.id: self.due_on})
        if "owner_id" in after:
            tell_given(self.id, self.owner_id, version=self.version, by=by)
        else:
            tell_moved(self.id, self.owner_id, self.due_on, by=by)

    def _come_back(self, by: Membership) -> None:
        """Put it on the agenda again, for the first period that has not passed; once only."""
        if db.session.scalar(select(exists().where(Action.again_after_id == self.id))):
            return
        series = [self]
        while series[0].again_after_id and len(series) <= REMEMBERED:
            series.insert(0, db.session.get_one(Action, (self.workspace_id, series[0].again_after_id)))
        days = [(action.starts_on, action.due_on) for action in series]
        starts_on, due_on = Repeat(self.repeats).next(days, clock.today())
        again = {"starts_on": starts_on, "due_on": due_on, "repeats": self.repeats, "again_after_id": self.id}
        (action,) = append_copies([(self, again)], by=by)
        record("came_back", "action", action.title, by=by, **action.known_by)


def append(many: Iterable[dict[str, Any]]) -> list[Action]:
    """Put actions at the end of the agenda in this order, each with the next number. Nothing is recorded.

    Who leads one hears when its day comes near. Two who add at the same moment wait for each other, so that no number is given twice.
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
    promise_in_time({action.id: action.due_on for action in actions if action.owner_id})
    return actions


def append_copies(many: Sequence[tuple[Action, dict[str, Any]]], *, by: Membership) -> list[Action]:
    """Put copies at the end of the agenda, each to be done anew, with the changes that are given for it.

    Its steps come along unticked, and who helps keeps helping. Nothing is recorded.
    """
    copies = append(
        {name: getattr(original, name) for name in COPIED} | {"added_by_id": by.id} | changes
        for original, changes in many
    )
    place = {original.id: copy.id for (original, _), copy in zip(many, copies, strict=True)}
    for step in db.session.scalars(select(Step).where(Step.action_id.in_(place))):
        db.session.add(Step(action_id=place[step.action_id], text=step.text, position=step.position))
    for helper in db.session.scalars(select(ActionHelper).where(ActionHelper.action_id.in_(place))):
        db.session.add(
            ActionHelper(
                workspace_id=helper.workspace_id,
                action_id=place[helper.action_id],
                member_id=helper.member_id,
            )
        )
    db.session.flush()
    return copies


def _is_turned(starts_on: date | None, due_on: date | None) -> bool:
    return bool(starts_on and due_on and due_on < starts_on)


def _as_fields(states: Mapping[UUID, dict[str, Any] | None]) -> dict[str, Any]:
    return {f"{STEP}{step_id}": state for step_id, state in states.items()}
