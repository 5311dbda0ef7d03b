"""Writing the digests that are due: each as its reader, so that it says only what they may see.

The letter and the row are stored in one transaction, so a worker that dies loses nothing and says nothing twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from flask_babel import force_locale
from sqlalchemy import and_, select, update

from vitaal.activity.contribution import reader_of
from vitaal.digests import mails
from vitaal.digests.chapter import Chapter, in_order
from vitaal.digests.contributions import chapter_of
from vitaal.digests.models import Digest, DigestPart
from vitaal.digests.noticing import told_at_once
from vitaal.digests.reckoning import Place, allowed_day, next_day, places_of, reckon, rhythm_of
from vitaal.digests.silence import Silence, silence_of
from vitaal.digests.telling import Told, told
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import begin, claim, settle, try_later
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Cadence, Person
from vitaal.post.compose import send
from vitaal.post.models import Letter, LetterState
from vitaal.workspaces.models import Membership, Workspace

BATCH = 50
LONGEST_HELD = timedelta(days=28)
logger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Due:
    """A workspace that a digest speaks of, for one of its members, and what they have been told of it."""

    workspace: Workspace
    member: Membership
    told: Told
    rhythm: tuple[Cadence, int]


def compose(limit: int = BATCH) -> Counter[str]:
    """Write up to `limit` digests that are due. Returns how many ended how.

    One digest's failure never stops the next; after the last attempt it is parked.
    """
    ended: Counter[str] = Counter()
    for digest in claim(
        Digest, working="composing", limit=limit, order=(Digest.due_at, Digest.turn, Digest.id)
    ):
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


def preview(person_id: UUID) -> Letter | None:
    """The digest as it would be written now, about all workspaces; None when there is nothing to say. Stores nothing."""
    with entering(db.session, person_id=person_id):
        person = db.session.get_one(Person, person_id)
        so_far = told(person_id)
        due = [_due(person, place, so_far) for place in places_of(person_id)]
        _end_reading()
    chapters = _chapters(person, due)
    if not chapters:
        return None
    return mails.digest(person, chapters, [one.rhythm for one in due], give_up_at=None)


def _compose(digest: Digest) -> str:
    """Write one digest, or find that there is nothing to say. Returns the state that it has now."""
    until = clock.now()
    with entering(db.session, person_id=digest.person_id):
        person = db.session.get_one(Person, digest.person_id)
        silence = silence_of(person)
        places = places_of(person.id)
        due = _due_on(digest.period, person, places) if silence is Silence.NONE else []
        _end_reading()
    chapters = _chapters(person, due)
    with entering(db.session, person_id=digest.person_id):
        person = db.session.get_one(Person, digest.person_id)
        letter = _letter(person, chapters, due, silence)
        if letter:
            _overtake_unsent(person.id)
            send(letter)
        if silence is Silence.FOR_GOOD:
            person.digest_cadence = Cadence.NEVER
        reckon(person, places)
        db.session.flush()
        state, letter_id = ("composed", letter.id) if letter else ("empty", None)
        if not settle(digest, state, covers_until=until, letter_id=letter_id, lease_until=None):
            return "taken over"
        db.session.add_all(_parts(digest, due, chapters, is_told=letter is not None or not chapters))
        db.session.commit()
    return state


def _letter(
    person: Person, chapters: Sequence[Chapter], due: Sequence[Due], silence: Silence
) -> Letter | None:
    """What there is to send now, if anything."""
    if silence is Silence.ASK:
        person.asked_whether_on = clock.today(person.zone)
        return mails.still_welcome(person)
    if not chapters or not _is_worth_a_mail(chapters, due):
        return None
    return mails.digest(person, chapters, [one.rhythm for one in due], give_up_at=_give_up_at(person))


def _is_worth_a_mail(chapters: Iterable[Chapter], due: Iterable[Due]) -> bool:
    """What there is to be glad about waits for something else to be said, at most four weeks (rule D-11)."""
    waits_since = min(one.told.until for one in due)
    return any(chapter.is_worth_a_mail for chapter in chapters) or clock.now() - waits_since >= LONGEST_HELD


def _due_on(day: date, person: Person, places: Iterable[Place]) -> list[Due]:
    """The workspaces whose day it is, or was since they were last spoken of."""
    so_far = told(person.id)
    due = []
    for place in places:
        one = _due(person, place, so_far)
        comes_on = next_day(person, place, clock.day_of(one.told.until, person.zone))
        if comes_on and comes_on <= day == allowed_day(place.workspace, day):
            due.append(one)
    return due


def _due(person: Person, place: Place, so_far: Mapping[UUID, Told]) -> Due:
    joined_at = place.member.joined_at
    said = so_far.get(place.workspace.id)
    since = Told(max(said.until, joined_at), said.requests) if said else Told(joined_at)
    return Due(place.workspace, place.member, since, rhythm_of(person, place))


def _chapters(person: Person, due: Iterable[Due]) -> list[Chapter]:
    """What there is to tell about each workspace, each from inside it: of what they just left the wall shows nothing."""
    with force_locale(person.language):
        found = (_chapter(person.id, one) for one in due)
        return in_order([chapter for chapter in found if not chapter.is_empty])


def _chapter(person_id: UUID, due: Due) -> Chapter:
    with entering(db.session, person_id=person_id, workspace_id=due.workspace.id):
        known = told_at_once()
        reader = reader_of(due.member, due.workspace, due.told.until, known)
        chapter = chapter_of(reader, due.told.requests)
        _end_reading()
        return chapter


def _end_reading() -> None:
    """End a transaction in which nothing was written, and keep what was read.

    By a commit, because after a rollback psycopg prepares every statement anew, and planning what waits for someone
    takes ten times as long as asking it.
    """
    db.session.expunge_all()
    db.session.commit()


def _parts(
    digest: Digest, due: Iterable[Due], chapters: Iterable[Chapter], *, is_told: bool
) -> Iterable[DigestPart]:
    said = {chapter.workspace_id: [request.id for request in chapter.requests] for chapter in chapters}
    for one in due:
        asks = said.get(one.workspace.id, [])
        yield DigestPart(digest_id=digest.id, workspace_id=one.workspace.id, asks=asks, is_told=is_told)


def _overtake_unsent(person_id: UUID) -> None:
    """Earlier digests that nobody carries now are not sent any more: this one says the same."""
    earlier = select(Digest.letter_id).where(Digest.person_id == person_id, Digest.letter_id.is_not(None))
    nobody_has_it = (Letter.state.in_((LetterState.WAITING, LetterState.PARKED))) | and_(
        Letter.state == LetterState.SENDING, Letter.lease_until < clock.now()
    )
    db.session.execute(
        update(Letter)
        .where(Letter.id.in_(earlier), nobody_has_it)
        .values(state=LetterState.LAPSED, last_error="A later digest says the same.")
        .execution_options(synchronize_session=False)
    )


def _give_up_at(person: Person) -> datetime:
    """The moment from which the next digest may say the same."""
    tomorrow = clock.today(person.zone) + timedelta(days=1)
    return clock.moment_on(max(person.next_digest_on or tomorrow, tomorrow), clock.MORNING, person.zone)
