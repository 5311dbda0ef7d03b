"""Writing what someone is told at once: one letter per person and workspace, about everything that waits for them there.

Each is written as its reader, so that it says only what they may see and have not seen yet. Who does not want it, and
what there is nothing left to say of, is dropped: the digest and the screen have it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, cast
from uuid import UUID

import structlog
from flask import current_app
from flask_babel import force_locale
from sqlalchemy import CursorResult, and_, delete, func, or_, select, update

from vitaal.activity.answering import reply_address
from vitaal.activity.models import Notice
from vitaal.activity.noticing import MENTIONED, NOTICED
from vitaal.agenda.models.telling import DUE
from vitaal.agenda.rounds import VIEW_DUE
from vitaal.decisions.agreeing import CHECK_DUE
from vitaal.digests import notice_mails
from vitaal.digests.hours import next_allowed_moment
from vitaal.digests.models import Digest
from vitaal.digests.notice_mails import Line
from vitaal.digests.reckoning import Place, places_of
from vitaal.kernel import clock
from vitaal.kernel.db import db, take_turn
from vitaal.kernel.promises import LAST_ATTEMPT, LEASE, claim, try_later
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Cadence, Person
from vitaal.post.compose import send
from vitaal.post.models import Letter

BATCH = 100
KEPT = timedelta(days=180)  # so long an answer to the letter can still be taken
REMEMBERED = timedelta(days=40)
ASKED_BY_DIGEST = {DUE, VIEW_DUE, CHECK_DUE}
_WORKING = "composing"
logger = structlog.get_logger()


def tell(limit: int = BATCH) -> Counter[str]:
    """Write the letters about up to `limit` notices that are due. Returns how many notices ended how.

    One reader's failure never stops the next; after the last attempt a notice is parked.
    """
    ended: Counter[str] = Counter()
    claimed = sorted(claim(Notice, working=_WORKING, limit=limit), key=_reader_of)
    for reader, own in groupby(claimed, key=_reader_of):
        waiting = _gather(*reader, list(own))
        if not waiting:
            continue
        try:
            state = _tell(*reader, waiting)
        except Exception as mistake:
            logger.exception("digests.tell_at_once_failed", person=str(reader[0]))
            state = _try_later(waiting, f"{type(mistake).__name__}: {mistake}")
        ended[state] += len(waiting)
    return ended


def told_at_once() -> frozenset[UUID]:
    """The things in the workspace we are in of which a letter reached the person who is there lately. One statement."""
    return frozenset(db.session.scalars(select(func.wall.told_at_once(clock.now() - REMEMBERED))))


def forget_old() -> int:
    """Throw away notices that were kept long enough; after that nobody answers them any more. Returns how many."""
    old = delete(Notice).where(Notice.created_at < clock.now() - KEPT)
    done = db.session.execute(old, execution_options={"synchronize_session": False})
    db.session.commit()
    return int(cast(CursorResult[Any], done).rowcount)


def _reader_of(notice: Notice) -> tuple[UUID, UUID]:
    return notice.person_id, notice.workspace_id


def _gather(person_id: UUID, workspace_id: UUID, own: Sequence[Notice]) -> list[Notice]:
    """Everything that waits for one reader in one workspace, under our claim, with an attempt counted. Commits.

    What another worker claimed of it becomes ours, and that worker then finds that it lost its claim; so two workers
    never write two letters. Empty when it was us who lost.
    """
    take_turn(f"notices {person_id} {workspace_id}")
    token, ids, now = own[0].lease_token, [notice.id for notice in own], clock.now()
    still_ours = select(Notice.id).where(Notice.id.in_(ids), Notice.lease_token == token)
    gathered: list[Notice] = []
    if db.session.scalars(still_ours).first():
        fresh = and_(Notice.state == "waiting", Notice.attempts == 0)
        taken = (
            update(Notice)
            .where(
                Notice.person_id == person_id,
                Notice.workspace_id == workspace_id,
                or_(fresh, Notice.state == _WORKING),
                Notice.attempts < LAST_ATTEMPT,
            )
            .values(state=_WORKING, lease_token=token, lease_until=now + LEASE, attempts=Notice.attempts + 1)
            .returning(Notice)
        )
        gathered = list(db.session.scalars(taken, execution_options={"synchronize_session": False}))
    db.session.commit()
    db.session.expunge_all()
    return gathered


def _tell(person_id: UUID, workspace_id: UUID, notices: Sequence[Notice]) -> str:
    """Bring one reader's notices to their end, in their own context. Returns the state that they have now."""
    with entering(db.session, person_id=person_id, workspace_id=workspace_id):
        person = db.session.get(Person, person_id)
        place = next(iter(places_of(person_id)), None)
        if person is None or place is None or not _wants(person, place):
            return _settle(notices, "dropped")
        allowed_at = next_allowed_moment(person, quiet_weekends=place.workspace.quiet_weekends)
        if allowed_at > clock.now():
            return _settle(
                notices, "waiting", due_at=allowed_at, lease_until=None, attempts=Notice.attempts - 1
            )
        letter = _letter(person, place, notices)
        if letter is None:
            return _settle(notices, "dropped")
        send(letter)
        db.session.flush()
        return _settle(notices, "composed", letter_id=letter.id, lease_until=None)


def _wants(person: Person, place: Place) -> bool:
    """Whether someone wants to hear at once: not where they said so, and not who wants no mail at all."""
    has_own_choice = place.choice is not None and place.choice.cadence is not None
    return place.is_told_at_once and (has_own_choice or person.digest_cadence != Cadence.NEVER)


def _letter(person: Person, place: Place, notices: Sequence[Notice]) -> Letter | None:
    """The letter about what there still is to say; None when that is nothing."""
    if _had_a_digest_today(person):
        notices = [notice for notice in notices if notice.kind not in ASKED_BY_DIGEST]
    with force_locale(person.language):
        lines = _lines(place, notices)
        if not lines:
            return None
        about = {line.noticed.item.topic for line in lines}
        is_one_talk = len(about) == 1 and all(line.kind == MENTIONED for line in lines)
        newest = max(lines, key=lambda line: line.noticed.item.happened_at)
        reply_to = reply_address(newest.notice_id) if is_one_talk else ""
        return notice_mails.notice(person, place.workspace, lines, reply_to=reply_to)


def _had_a_digest_today(person: Person) -> bool:
    """Whether this morning's digest asked already what is due soon."""
    todays = select(Digest.id).where(
        Digest.person_id == person.id, Digest.period == clock.today(person.zone), Digest.state == "composed"
    )
    return bool(db.session.scalar(select(todays.exists())))


def _lines(place: Place, notices: Sequence[Notice]) -> list[Line]:
    """What each feature has to say, in the order in which the app names them; what leads to the same place once."""
    found: dict[str, Line] = {}
    for kind, say in current_app.extensions[NOTICED].items():
        of_kind = {notice.subject_id: notice.id for notice in notices if notice.kind == kind}
        said = say(place.member, list(of_kind)) if of_kind else {}
        for subject_id, noticed in sorted(said.items(), key=lambda one: one[1].item.happened_at):
            found.setdefault(noticed.item.url, Line(kind, of_kind[subject_id], noticed))
    return list(found.values())


def _settle(notices: Sequence[Notice], state: str, **values: Any) -> str:
    """Write down how notices ended, all of them or none. Commits; `taken over` when another worker has some of them."""
    settled = db.session.execute(
        update(Notice)
        .where(Notice.id.in_([notice.id for notice in notices]), Notice.lease_token == notices[0].lease_token)
        .values(state=state, **values)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], settled).rowcount < len(notices):
        db.session.rollback()
        return "taken over"
    db.session.commit()
    return state


def _try_later(notices: Sequence[Notice], error: str) -> str:
    for notice in notices:
        try_later(notice, error)
    db.session.commit()
    return "failed"
