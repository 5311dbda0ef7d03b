"""Claim, then do: how a worker takes rows that promise work, so that no two do the same and none is lost.

A claim is one atomic statement with a lease; who dies gives the rows back when the lease ends, and who comes
too late can't overwrite. An attempt counts from the moment that a row's own work begins, so a row that kills
its worker is found out, and the rows that were only claimed beside it are not blamed. After the last attempt
a row is parked and shown, never dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, and_, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, db, new_id
from vitaal.kernel.tenancy import current, the_workspace_id

LEASE = timedelta(minutes=5)
LAST_ATTEMPT = 5
_PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))


class Claimable:
    """What a row that promises work has: when it is due, who has it, how often it was tried."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    state: Mapped[str] = mapped_column(default="waiting")
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Promise(Claimable, Base):
    """Something to do for one subject at a later moment, of a kind that the worker knows."""

    __tablename__ = "promise"
    __table_args__ = {"schema": "ops"}  # noqa: RUF012 - SQLAlchemy's own declaration

    kind: Mapped[str]
    scope_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    subject_id: Mapped[UUID]


Row = TypeVar("Row", bound=Any)


def promise(kind: str, subject_id: UUID, *, due_at: datetime, person_id: UUID | None = None) -> None:
    """Promise something in the workspace we are in, unless exactly this was promised already."""
    promise_each(kind, subject_id, [person_id], due_at=due_at)


def promise_each(kind: str, subject_id: UUID, person_ids: Iterable[UUID | None], *, due_at: datetime) -> None:
    """Promise the same to each of these people."""
    _promise(
        {"kind": kind, "subject_id": subject_id, "due_at": due_at, "person_id": person_id}
        for person_id in person_ids
    )


def promise_for_each(kind: str, due_at: Mapping[UUID, datetime]) -> None:
    """Promise the same for each of these subjects, at its own moment, in the name of who acts now."""
    _promise(
        {"kind": kind, "subject_id": subject_id, "due_at": moment, "person_id": current().person_id}
        for subject_id, moment in due_at.items()
    )


def _promise(each: Iterable[dict[str, Any]]) -> None:
    shared = {"scope_id": the_workspace_id(), "created_at": clock.now()}
    rows = [{"id": new_id(), **one, **shared} for one in each]
    if rows:
        db.session.execute(insert(Promise).on_conflict_do_nothing(), rows)


def claim(
    model: type[Row], *, working: str, limit: int = 100, where: Sequence[Any] = (), order: Sequence[Any] = ()
) -> list[Row]:
    """Take up to `limit` due rows and commit the claim; rows whose lease ran out are taken over.

    `order` says which rows come first, when that is not what was due first. `working` is the state of a row that
    someone has. Rows that were tried too often are parked instead. The
    rows belong to no session: nothing that is rolled back later changes whose claim they carry.
    """
    now = clock.now()
    due = or_(
        and_(model.state == "waiting", model.due_at <= now),
        and_(model.state == working, model.lease_until < now),
    )
    free = (
        select(model.id)
        .where(due, *where)
        .order_by(*(order or (model.due_at, model.id)))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    park = update(model).where(model.id.in_(free.where(model.attempts >= LAST_ATTEMPT)))
    db.session.execute(park.values(state="parked").execution_options(synchronize_session=False))
    taken = (
        update(model)
        .where(model.id.in_(free.where(model.attempts < LAST_ATTEMPT)))
        .values(state=working, lease_until=now + LEASE, lease_token=uuid4())
        .returning(model)
    )
    rows = list(db.session.scalars(taken, execution_options={"synchronize_session": False}))
    db.session.commit()
    for row in rows:
        db.session.expunge(row)
    return sorted(rows, key=lambda row: (row.due_at, row.id))


def begin(row: Any) -> bool:
    """Count an attempt at a claimed row and renew its lease, just before its work; False when the claim was lost.

    Commits, without waiting for the disk: a worker that is killed can't undo it.
    """
    row.attempts += 1
    db.session.execute(text("SET LOCAL synchronous_commit = off"))
    still_ours = settle(row, row.state, attempts=row.attempts, lease_until=clock.now() + LEASE)
    db.session.commit()
    return still_ours


def settle(row: Any, state: str, **values: Any) -> bool:
    """Write down how a claimed row ended; False when the lease was lost to someone else meanwhile."""
    model = type(row)
    settled = db.session.execute(
        update(model)
        .where(model.id == row.id, model.lease_token == row.lease_token)
        .values(state=state, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(cast(CursorResult[Any], settled).rowcount)


def try_later(row: Any, error: str) -> bool:
    """Give a claimed row back for another attempt, each time a bit later; after the last one it is parked."""
    if row.attempts >= LAST_ATTEMPT:
        return settle(row, "parked", last_error=error[:500])
    pause = _PAUSES[min(row.attempts, len(_PAUSES)) - 1]
    return settle(row, "waiting", due_at=clock.now() + pause, lease_until=None, last_error=error[:500])


def give_back(row: Any, error: str) -> bool:
    """Give a claimed row back untried: what was in the way had nothing to do with it, so it does not count."""
    again_at = clock.now() + _PAUSES[0]
    return settle(row, "waiting", due_at=again_at, lease_until=None, last_error=error[:500])


def retry(model: type[Row]) -> int:
    """Let every parked row of a kind be tried again from the start. Returns how many."""
    again = (
        update(model).where(model.state == "parked").values(state="waiting", attempts=0, due_at=clock.now())
    )
    done = db.session.execute(again.execution_options(synchronize_session=False))
    db.session.commit()
    return int(cast(CursorResult[Any], done).rowcount)
