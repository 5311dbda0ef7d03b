"""What there is to choose from in filters and forms of the agenda, asked in one statement."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Integer, Uuid, func, literal, select, union_all

from vitaal.agenda.models import Action, Goal, WorkingGroup
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership, Partner

MOST_LABELS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id, and the name that people read."""

    id: UUID
    name: str


@dataclass(slots=True)
class Choices:
    """Goals in their order; working groups, partners, owners of actions and labels by name."""

    goals: list[Choice] = field(default_factory=list)
    groups: list[Choice] = field(default_factory=list)
    partners: list[Choice] = field(default_factory=list)
    owners: list[Choice] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def choices() -> Choices:
    """Everything that the lines on the agenda can be narrowed by. One statement."""
    nothing, first = literal(None, Uuid), literal(0, Integer)
    owned = select(Action.owner_id).where(*ON_THE_AGENDA)
    labels = select(func.unnest(Action.labels).label("name")).where(*ON_THE_AGENDA).distinct().subquery()
    asked = union_all(
        select(literal("goals"), Goal.id, Goal.title, Goal.position).where(Goal.archived_at.is_(None)),
        select(literal("groups"), WorkingGroup.id, WorkingGroup.name, first).where(WorkingGroup.ended_at.is_(None)),
        select(literal("partners"), Partner.id, Partner.name, first).where(Partner.left_at.is_(None)),
        select(literal("owners"), Membership.id, Membership.name, first).where(Membership.id.in_(owned)),
        select(literal("labels"), nothing, labels.c.name, first).limit(MOST_LABELS),
    )  # fmt: skip
    found = Choices()
    for kind, row_id, name, _position in sorted(
        db.session.execute(asked), key=lambda row: (row[3], row[2].casefold())
    ):
        getattr(found, kind).append(name if kind == "labels" else Choice(row_id, name))
    return found
