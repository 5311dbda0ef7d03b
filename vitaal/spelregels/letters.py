"""Writing the letters about a proposal that were promised: each as its reader, about how it stands at that moment.

A letter opens the page, and never answers by itself. Each round has one letter of a kind per person.
"""

from collections.abc import Callable
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post.compose import send_once
from vitaal.post.models import Letter
from vitaal.spelregels import mails
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models import ObjectionClosing, Proposal
from vitaal.spelregels.proposal_queries import proposal_with, voices_of
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace

Write = Callable[[Proposal, Membership, Person], Letter | None]


def ask(promise: Promise) -> None:
    """Write that a partner is asked, unless it spoke already or the round closed. Commits."""
    _write(promise, "ask", _question)


def write_reminder(promise: Promise) -> None:
    """Write that the round closes soon, unless the partner spoke or the round closed. Commits."""
    _write(promise, f"remind {promise.due_at:%Y-%m-%d}", _reminder)


def tell(promise: Promise) -> None:
    """Write how the round ended. Commits."""
    _write(promise, "tell", _outcome)


def tell_closed(promise: Promise) -> None:
    """Write to who objected what the group did with it. Commits."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        closing, reader = here(ObjectionClosing, promise.subject_id), _reader(promise.person_id)
        proposal = proposal_with(closing.proposal_id) if closing else None
        if closing and proposal and reader and reader.person:
            person = reader.person
            letter_id = uuid5(closing.id, str(person.id))
            send_once(letter_id, lambda: mails.objection_closed(proposal, closing, person, this_workspace()))
        db.session.commit()


def _write(promise: Promise, about: str, write: Write) -> None:
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        proposal, reader = proposal_with(promise.subject_id), _reader(promise.person_id)
        if proposal and reader and reader.person:
            letter = write(proposal, reader, reader.person)
            where = f"{proposal.stage} {proposal.round} {proposal.is_extended}"
            letter_id = uuid5(proposal.id, f"{reader.person.id} {about} {where}")
            if letter:
                send_once(letter_id, lambda: letter)
        db.session.commit()


def _outcome(proposal: Proposal, _reader: Membership, person: Person) -> Letter | None:
    """How the round ended; None when a next one began meanwhile, or it was withdrawn."""
    if proposal.is_in_round or proposal.stage == Stage.WITHDRAWN:
        return None
    return mails.outcome(proposal, person, this_workspace())


def _question(proposal: Proposal, reader: Membership, person: Person) -> Letter | None:
    return _ask(proposal, reader, person, is_reminder=False)


def _reminder(proposal: Proposal, reader: Membership, person: Person) -> Letter | None:
    return _ask(proposal, reader, person, is_reminder=True)


def _ask(proposal: Proposal, reader: Membership, person: Person, *, is_reminder: bool) -> Letter | None:
    """The question, for the partners of the reader that have still to answer; None when there are none."""
    if not proposal.is_in_round:
        return None
    waiting = [voice.partner.name for voice in voices_of(proposal, reader) if not voice.has_spoken]
    if not waiting:
        return None
    return mails.question(proposal, person, this_workspace(), waiting, is_reminder=is_reminder)


def _reader(person_id: UUID | None) -> Membership | None:
    """The member that this person is; None when they left."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .options(joinedload(Membership.person))
    ).one_or_none()
