"""Writing the digests that are due: each as its reader, so that it says only what they may see.

The letter and the row are stored in one transaction, so a worker that dies loses nothing and says nothing
twice. What a digest said counts as told when its letter was sent (rule D-18).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from flask_babel import force_locale
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import joinedload

from vitaal.digests import mails
from vitaal.digests.chapter import Chapter, in_order
from vitaal.digests.contributions import chapter_of
from vitaal.digests.models import Digest
from vitaal.digests.planning import MORNING
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import begin, claim, settle, try_later
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post.compose import send
from vitaal.post.models import Letter, LetterState
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.queries import my_workspaces

BATCH = 50
logger = structlog.get_logger()


@dataclass(frozen=True)
class Reader:
    """Who reads, where they are a member, and until when they have been told."""

    language: str
    places: Sequence[tuple[UUID, UUID]]
    told_until: datetime | None


def compose(limit: int = BATCH) -> Counter[str]:
    """Write up to `limit` digests that are due. Returns how many ended how.

    One digest's failure never stops the next; after the last attempt it is parked.
    """
    ended: Counter[str] = Counter()
    for digest in claim(Digest, working="composing", limit=limit):
        if not begin(digest):
            continue
        try:
            ended[_compose(digest)] += 1
        except Exception as mistake:
            logger.exception("digests.compose_failed", digest=str(digest.id))
            try_later(digest, f"{type(mistake).__name__}: {mistake}")
            db.session.commit()
            ended["failed"] += 1
    return ended


def _compose(digest: Digest) -> str:
    until = clock.now()
    reader = _reader(digest.person_id)
    with force_locale(reader.language):
        chapters = [
            _chapter(digest.person_id, *place, told_until=reader.told_until) for place in reader.places
        ]
    worth_telling = in_order([chapter for chapter in chapters if chapter and not chapter.is_empty])
    with entering(db.session, person_id=digest.person_id):
        state = "empty"
        letter_id = None
        if worth_telling:
            person = db.session.get_one(Person, digest.person_id)
            _overtake_unsent(person.id)
            letter = send(mails.digest(person, digest.cadence, worth_telling, give_up_at=_give_up_at(person)))
            db.session.flush()
            state, letter_id = "composed", letter.id
        if not settle(digest, state, covers_until=until, letter_id=letter_id, lease_until=None):
            return "taken over"
        db.session.commit()
    return state


def _reader(person_id: UUID) -> Reader:
    with entering(db.session, person_id=person_id):
        person = db.session.get_one(Person, person_id)
        places = [
            (workspace.id, member.id)
            for workspace, member in my_workspaces(person_id)
            if not workspace.archived_at
        ]
        return Reader(person.language, places, _told_until(person_id))


def _told_until(person_id: UUID) -> datetime | None:
    """Until when this person has been told: by a digest that was sent, or that had nothing to say."""
    return db.session.scalar(
        select(func.max(Digest.covers_until))
        .outerjoin(Letter, Letter.id == Digest.letter_id)
        .where(
            Digest.person_id == person_id,
            or_(Digest.state == "empty", Letter.state == LetterState.SENT),
        )
    )


def _chapter(
    person_id: UUID, workspace_id: UUID, member_id: UUID, told_until: datetime | None
) -> Chapter | None:
    """What there is to tell about one workspace; None when they just left it."""
    with entering(db.session, person_id=person_id, workspace_id=workspace_id):
        member = db.session.scalar(
            select(Membership)
            .where(Membership.id == member_id, Membership.left_at.is_(None))
            .options(joinedload(Membership.partner))
        )
        workspace = db.session.get(Workspace, workspace_id)
        if member is None or workspace is None:
            return None
        return chapter_of(workspace, member, max(told_until or member.joined_at, member.joined_at))


def _overtake_unsent(person_id: UUID) -> None:
    """Earlier digests that nobody carries now are not sent any more: this one says the same."""
    earlier = select(Digest.letter_id).where(Digest.person_id == person_id, Digest.letter_id.is_not(None))
    nobody_has_it = or_(
        Letter.state.in_((LetterState.WAITING, LetterState.PARKED)),
        and_(Letter.state == LetterState.SENDING, Letter.lease_until < clock.now()),
    )
    db.session.execute(
        update(Letter)
        .where(Letter.id.in_(earlier), nobody_has_it)
        .values(state=LetterState.LAPSED, last_error="A later digest says the same.")
        .execution_options(synchronize_session=False)
    )


def _give_up_at(person: Person) -> datetime:
    """The moment from which the next digest says the same."""
    next_on = person.next_digest_on or clock.today(person.zone) + timedelta(days=1)
    return clock.moment_on(next_on, MORNING, person.zone)
