"""From a stored letter to a sent one, or the reason why not.

Between handing a letter over and reading the answer, a worker can die. So a letter is marked `handing_over`
after its reader was accepted and before its content is sent. What died before the mark is simply tried again;
what died after it is sent again (`at_least_once`) or becomes `uncertain` and is never sent again by itself.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

import structlog
from fsspec.implementations.dirfs import DirFileSystem
from sqlalchemy import case, update

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import LEASE, begin, claim, give_back, settle, try_later
from vitaal.post import bounces
from vitaal.post.addresses import OurAddresses
from vitaal.post.carriers import Carrier, NoSuchAddress, Postponed, Refused, Unreachable, Unsure
from vitaal.post.mailbox import LocalMailbox
from vitaal.post.models import Assurance, Letter, LetterState
from vitaal.post.smtp import Smtp
from vitaal.settings import Settings

BATCH = 100
TAKEN_OVER = "taken over"
logger = structlog.get_logger()


def carrier_for(settings: Settings, storage: DirFileSystem) -> Carrier:
    """The local mailbox where that is on, else the configured mail server."""
    if settings.local_mailbox:
        return LocalMailbox(storage)
    return Smtp(settings.smtp_url, settings.mail_from, OurAddresses.of(settings))


def deliver(carrier: Carrier, limit: int = BATCH, *, is_bulk: bool = False) -> Counter[str]:
    """Deliver up to `limit` letters that are due, over one connection. Returns how many ended how.

    Safe to run anywhere, at any moment, any number of times at once. Letters that are one of many (`is_bulk`) go apart
    from those that someone waits for.
    """
    _judge_the_abandoned()
    lane = (Letter.is_bulk.is_(is_bulk),)
    claimed = claim(Letter, working=LetterState.SENDING, limit=limit, where=lane)
    held = set(bounces.hold_back(claimed)) if claimed else set()
    letters = [letter for letter in claimed if letter.id not in held]
    ended: Counter[str] = Counter({LetterState.LAPSED: len(held)} if held else {})
    with closing(carrier):
        for place, letter in enumerate(letters):
            try:
                carrier.greet()
            except Unreachable as error:
                logger.warning("post.unreachable", reason=str(error))
                ended[LetterState.WAITING] += _give_back(letters[place:], str(error))
                break
            ended[_deliver(letter, carrier) if begin(letter) else TAKEN_OVER] += 1
    return ended


def _give_back(letters: Sequence[Letter], reason: str) -> int:
    for letter in letters:
        give_back(letter, reason)
    db.session.commit()
    return len(letters)


def _judge_the_abandoned() -> None:
    """Letters whose worker died after the mark: sent again or uncertain, as their kind has chosen."""
    again = Letter.assurance == Assurance.AT_LEAST_ONCE
    db.session.execute(
        update(Letter)
        .where(Letter.state == LetterState.HANDING_OVER, Letter.lease_until < clock.now())
        .values(
            state=case((again, LetterState.WAITING.value), else_=LetterState.UNCERTAIN.value),
            last_error="The worker stopped while handing it over.",
        )
        .execution_options(synchronize_session=False)
    )
    db.session.commit()


def _deliver(letter: Letter, carrier: Carrier) -> str:
    """Bring one letter to its end."""
    if letter.give_up_at and letter.give_up_at <= clock.now():
        return _end(letter, LetterState.LAPSED)
    try:
        carrier.offer(letter)
    except Refused as reason:
        if isinstance(reason, NoSuchAddress):
            bounces.remember(letter.recipient, str(reason))
        return _end(letter, LetterState.REFUSED, str(reason))
    except Postponed as reason:
        return _later(letter, str(reason))
    except Exception as mistake:
        logger.exception("post.failed", letter=str(letter.id))
        return _later(letter, f"{type(mistake).__name__}: {mistake}")
    if not settle(letter, LetterState.HANDING_OVER, lease_until=clock.now() + LEASE):
        db.session.rollback()
        carrier.withdraw()
        return TAKEN_OVER
    db.session.commit()
    return _hand_over(letter, carrier)


def _hand_over(letter: Letter, carrier: Carrier) -> str:
    try:
        carrier.hand_over(letter)
    except Refused as reason:
        return _end(letter, LetterState.REFUSED, str(reason))
    except Postponed as reason:
        return _later(letter, str(reason))
    except Unsure as reason:
        if letter.assurance == Assurance.AT_LEAST_ONCE:
            return _later(letter, str(reason))
        return _end(letter, LetterState.UNCERTAIN, str(reason))
    return _end(letter, LetterState.SENT, sent_at=clock.now())


def _later(letter: Letter, reason: str) -> str:
    logger.warning("post.postponed", letter=str(letter.id))
    try_later(letter, reason)
    db.session.commit()
    return LetterState.WAITING


def _end(letter: Letter, state: LetterState, error: str = "", sent_at: datetime | None = None) -> str:
    settle(letter, state, last_error=error[:500], sent_at=sent_at)
    db.session.commit()
    return state
