"""What an operator sees and does about the work that was promised: letters, digests and promises for later."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from vitaal.activity.models import Notice
from vitaal.digests import composing, planning
from vitaal.digests.models import Digest
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.promises import retry as try_again
from vitaal.people.models import person_with
from vitaal.post import delivery
from vitaal.post.models import Letter, LetterState

KINDS: dict[str, Any] = {"letters": Letter, "digests": Digest, "notices": Notice, "promises": Promise}
_NEEDS_A_LOOK = ("parked", LetterState.UNCERTAIN, LetterState.REFUSED)
_MOST_SHOWN = 50


def send_digests() -> str:
    """Do for this moment what the workers do when it comes: plan, write and deliver. Returns what was done."""
    planned = planning.plan()
    written = _until_nothing(composing.compose)
    carrier = delivery.carrier_for(current_app.config["VITAAL"], current_app.extensions["storage"])
    delivered = _until_nothing(lambda: delivery.deliver(carrier, is_bulk=True))
    return (
        f"Digests planned: {planned}. Written: {written['composed']}, nothing new: {written['empty']}, "
        f"failed: {written['failed']}. Delivered: {delivered[LetterState.SENT]}, "
        f"waiting: {delivered[LetterState.WAITING]}."
    )


def preview_digest(email: str) -> str | None:
    """The digest of the person with this address as it would be written now, as text; None when there is no such person."""
    person = person_with(email.strip().lower())
    if person is None:
        return None
    person_id = person.id
    db.session.rollback()
    db.session.remove()
    letter = composing.preview(person_id)
    return f"{letter.subject}\n\n{letter.text}" if letter else "There is nothing to say now."


def overview() -> Iterator[str]:
    """How much there is of each kind and state, and what needs a look, with the reason."""
    for name, model in KINDS.items():
        counts = db.session.execute(select(model.state, func.count()).group_by(model.state)).all()
        told = ", ".join(f"{state} {count}" for state, count in sorted(tuple(row) for row in counts))
        yield f"{name}: {told or 'none'}"
        yield from _needing_a_look(model)
    db.session.rollback()


def retry() -> int:
    """Let everything that was parked be tried again. Returns how much."""
    return sum(try_again(model) for model in KINDS.values())


def _needing_a_look(model: Any) -> Iterator[str]:
    rows = db.session.scalars(
        select(model)
        .where(model.state.in_(_NEEDS_A_LOOK))
        .order_by(model.due_at.desc(), model.id)
        .limit(_MOST_SHOWN)
    )
    for row in rows:
        about = row.recipient if model is Letter else row.person_id
        kind = row.period if model is Digest else row.kind
        yield f"  {row.state} {row.id} {kind} for {about}, due {row.due_at:%Y-%m-%d %H:%M} UTC: {row.last_error}"


def _until_nothing(do: Any) -> Counter[str]:
    total: Counter[str] = Counter()
    while ended := do():
        total += ended
    return total
