"""Telling someone at once what can't wait for a digest. It is written in the transaction of the change itself.

What is told of each kind, a feature says when the letter is written: `app.extensions[NOTICED]` has, by kind, a
function from a member and the ids of things to what there is to say of each, in the member's own context.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity.contribution import Item
from vitaal.activity.models import Comment, Notice
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise, promise_for_each
from vitaal.kernel.tenancy import entering, the_workspace_id
from vitaal.kernel.web import promise as nudge_after_commit
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Membership

NOTICED = (
    "noticed"  # where the app keeps, by kind, what a feature has to say; in the order in which it is said
)
MENTIONED = "mentioned"
TELL_MENTIONED = "activity.tell_mentioned"
BUNDLE = timedelta(minutes=15)  # what happens meanwhile goes along in the same letter
SOON = timedelta(days=2)
_SPACE = UUID("0e6f5a1c-5b0b-4b64-9a53-3f3a6f1f6d11")


@dataclass(frozen=True, slots=True)
class Noticed:
    """What there is to say of one thing, and why at once: the words behind ‘Je krijgt deze mail omdat’.

    With `is_quote` the detail of the item is what someone wrote.
    """

    item: Item
    why: str
    is_quote: bool = False


Notices = Callable[[Membership, Sequence[UUID]], Mapping[UUID, Noticed]]


def tell_at_once(
    kind: str,
    subject_id: UUID,
    members: Iterable[Membership],
    *,
    again: str = "",
    by: Membership | None = None,
) -> None:
    """Let these members know of something, within a quarter of an hour; the same is told once.

    For a member without an account that is who helps them. `by` is who did it: they know. `again` says what makes it
    worth telling anew (another date). Two statements at most.
    """
    readers = set(_readers(members)) - {None, by.person_id if by else None}
    now = clock.now()
    rows = [
        {
            "id": uuid5(_SPACE, f"{kind}|{subject_id}|{reader}|{again}"),
            "workspace_id": the_workspace_id(),
            "person_id": reader,
            "kind": kind,
            "subject_id": subject_id,
            "due_at": now + BUNDLE,
            "created_at": now,
        }
        for reader in sorted(readers, key=str)
    ]
    if rows:
        db.session.execute(insert(Notice).values(rows).on_conflict_do_nothing(index_elements=["id"]))
        nudge_after_commit()


def tell_mentioned(comment: Comment, member_ids: Iterable[UUID]) -> None:
    """Let members know that a comment mentions them.

    Whom its author may not see (the outer circle does not know each other), and who helps whom, is found by who
    arranges (`tell_the_rest`).
    """
    wanted = set(member_ids) - {comment.author_id}
    if not wanted:
        return
    found = _tell_mentioned(comment, wanted)
    if len(found) < len(wanted) or any(member.helper_id for member in found):
        promise_for_each(TELL_MENTIONED, {comment.id: clock.now()})
        nudge_after_commit()


def tell_the_rest(promised: Promise) -> None:
    """Let everyone know whom a comment mentions, whoever wrote it (the worker keeps this promise). Commits."""
    with entering(db.session, person_id=who_arranges(promised), workspace_id=promised.scope_id):
        comment = here(Comment, promised.subject_id)
        if comment and comment.withdrawn_at is None:
            _tell_mentioned(
                comment, {UUID(member_id) for member_id in comment.mentions} - {comment.author_id}
            )
        db.session.commit()


def _tell_mentioned(comment: Comment, member_ids: set[UUID]) -> Sequence[Membership]:
    """Tell whom of these members we may see; returns them."""
    found = db.session.scalars(select(Membership).where(Membership.id.in_(member_ids))).all()
    tell_at_once(MENTIONED, comment.id, found, by=here(Membership, comment.author_id))
    return found


def is_soon(day: date | None) -> bool:
    """Whether a day is so near that who is asked something by then has to know at once."""
    return day is not None and clock.today() <= day <= clock.today() + SOON


def becomes_soon_at(day: date) -> datetime:
    """The moment from which a day is near: the morning of two days before."""
    return clock.moment_on(day - SOON, clock.MORNING)


def _readers(members: Iterable[Membership]) -> Iterator[Any]:
    """Who reads for each of these members: they themselves, or who helps them; nobody for who left."""
    live = [member for member in members if member.left_at is None]
    helpers = {member.helper_id for member in live if member.person_id is None}
    yield from (member.person_id for member in live)
    if helpers - {None}:
        yield from db.session.scalars(
            select(Membership.person_id).where(Membership.id.in_(helpers), Membership.left_at.is_(None))
        )
