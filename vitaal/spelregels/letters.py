"""Writing the letters about a proposal that were promised: each as its reader, about how it stands at that moment.

A letter opens the page, and never answers by itself. Each round has one letter of a kind per person.
"""

from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post.compose import send_once
from vitaal.post.models import Letter
from vitaal.spelregels import mails
from vitaal.spelregels.models import Proposal
from vitaal.spelregels.proposal_queries import voices_of
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace


def ask(promise: Promise) -> None:
    """Write that a partner is asked, unless it spoke already or the round closed. Commits."""
    _write(promise, "ask", open_only=True)


def write_reminder(promise: Promise) -> None:
    """Write that the round closes soon, unless the partner spoke or the round closed. Commits."""
    _write(promise, f"remind {promise.due_at:%Y-%m-%d}", open_only=True)


def tell(promise: Promise) -> None:
    """Write how the round ended. Commits."""
    _write(promise, "tell", open_only=False)


def _write(promise: Promise, about: str, *, open_only: bool) -> None:
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        found = _proposal_and_reader(promise.subject_id, promise.person_id)
        if found and (not open_only or _is_asked(*found)):
            proposal, reader = found
            person = reader.person
            assert person
            letter_id = uuid5(proposal.id, f"{person.id} {about} {proposal.round} {proposal.is_extended}")
            send_once(letter_id, lambda: _letter(about, proposal, person))
        db.session.commit()


def _letter(about: str, proposal: Proposal, person: Person) -> Letter:
    workspace = this_workspace()
    if about == "tell":
        return mails.outcome(proposal, person, workspace)
    return mails.question(proposal, person, workspace, is_reminder=about != "ask")


def _is_asked(proposal: Proposal, reader: Membership) -> bool:
    return proposal.is_in_round and any(not voice.has_spoken for voice in voices_of(proposal, reader))


def _proposal_and_reader(proposal_id: UUID, person_id: UUID | None) -> tuple[Proposal, Membership] | None:
    """The proposal and the member who reads about it; None when they left or may not see it."""
    reader = db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .options(joinedload(Membership.person))
    ).one_or_none()
    proposal = db.session.scalars(
        select(Proposal).where(Proposal.id == proposal_id).options(joinedload(Proposal.text))
    ).one_or_none()
    return (proposal, reader) if proposal and reader else None
