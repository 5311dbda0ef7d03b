"""Addresses that do not exist: how we hear of one, that mail to it waits for nothing, and when it begins again.

A report is only believed when it came to the address that one letter of ours was sent from, and tells of the reader of
that letter; so nobody can silence someone else.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.post.delivery_reports import failures
from vitaal.post.incoming import Incoming
from vitaal.post.models import Letter, LetterState, UnreachableAddress

# With these someone shows that an address is theirs after all, so they always go out.
ALWAYS = ("sign_in", "sign_in_unknown", "prove_address")
WHY_HELD = "The address bounced."
logger = structlog.get_logger()


def take_in(letter_id: UUID, mail: Incoming) -> None:
    """See what came back from a letter. What tells nothing for sure is let go. Commits."""
    letter = db.session.get(Letter, letter_id)
    for failure in failures(mail.message):
        if letter and failure.is_gone and letter.recipient.lower() in failure.addresses:
            remember(letter.recipient, failure.reason)
            db.session.execute(
                update(Letter)
                .where(Letter.id == letter.id, Letter.state.in_((LetterState.SENT, LetterState.UNCERTAIN)))
                .values(state=LetterState.REFUSED, last_error=failure.reason)
                .execution_options(synchronize_session=False)
            )
            logger.info("post.bounced", letter=str(letter.id))
            break
    db.session.commit()


def remember(email: str, reason: str) -> None:
    """Write down that an address does not exist, since when we know, and who said so. Commits with the caller."""
    row = {"email": email.lower(), "since_at": clock.now(), "reason": reason[:500]}
    db.session.execute(insert(UnreachableAddress).values(row).on_conflict_do_nothing())


def forget(email: str) -> None:
    """Mail to an address begins again: someone showed that it exists. Commits with the caller."""
    db.session.execute(delete(UnreachableAddress).where(UnreachableAddress.email == email.lower()))


def is_unreachable(email: str) -> bool:
    """Whether mail to this address does not arrive."""
    return bool(db.session.scalar(select(is_held(email))))


def is_held(email: str | InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The same as a condition, for an address or a column of addresses."""
    return exists().where(UnreachableAddress.email == func.lower(email))


def hold_back(letters: Collection[Letter]) -> Sequence[UUID]:
    """End those of these claimed letters that go to an address that does not exist. Returns their ids. Commits.

    One statement.
    """
    held = db.session.scalars(
        update(Letter)
        .where(
            Letter.id.in_([letter.id for letter in letters]),
            Letter.state == LetterState.SENDING,
            Letter.kind.not_in(ALWAYS),
            is_held(Letter.recipient),
        )
        .values(state=LetterState.LAPSED, last_error=WHY_HELD)
        .returning(Letter.id),
        execution_options={"synchronize_session": False},
    ).all()
    db.session.commit()
    return held
