"""Whom to write about a proposal: who speaks for a partner that is asked, with help or without.

Here it is only promised; what the letter says is decided when it is written (`letters`).
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from vitaal.kernel import clock, web
from vitaal.kernel.db import db
from vitaal.kernel.promises import promise_each
from vitaal.spelregels.models import ConsentVoice, Proposal
from vitaal.workspaces.models import Membership

ASK, WRITE_REMINDER, TELL = "spelregels.ask", "spelregels.write_reminder", "spelregels.tell"
TELL_CLOSED = "spelregels.tell_closed"


def tell_asked(proposal: Proposal) -> None:
    """Let everyone who speaks for a partner know that it is asked."""
    _promise(ASK, proposal, _speakers(proposal))


def tell_outcome(proposal: Proposal) -> None:
    """Let everyone who speaks for a partner, and who proposed it, know how the round ended."""
    proposer = select(Membership.person_id).where(Membership.id == proposal.proposer_id)
    _promise(TELL, proposal, {*_speakers(proposal), *db.session.scalars(proposer)})


def tell_closed(proposal: Proposal, partner_id: UUID, closing_id: UUID) -> None:
    """Let everyone who speaks for a partner know what the group did with its objection."""
    people = sorted(each for each in set(_speakers(proposal, only=partner_id)) if each)
    promise_each(TELL_CLOSED, closing_id, people, due_at=clock.now())
    web.promise()


def remind_silent(proposal: Proposal) -> None:
    """Remind everyone who speaks for a partner that has still to answer."""
    _promise(WRITE_REMINDER, proposal, set(_speakers(proposal, silent_only=True)))


def _promise(kind: str, proposal: Proposal, person_ids: set[UUID | None] | Sequence[UUID | None]) -> None:
    promise_each(kind, proposal.id, sorted(each for each in set(person_ids) if each), due_at=clock.now())
    web.promise()


def _speakers(
    proposal: Proposal, *, silent_only: bool = False, only: UUID | None = None
) -> Sequence[UUID | None]:
    """The people with an account who speak for a partner that is asked, themselves or for whom they help."""
    helper = aliased(Membership)
    asked = (
        select(func.coalesce(Membership.person_id, helper.person_id))
        .join(ConsentVoice, ConsentVoice.partner_id == Membership.partner_id)
        .outerjoin(helper, (helper.id == Membership.helper_id) & helper.left_at.is_(None))
        .where(ConsentVoice.proposal_id == proposal.id, Membership.left_at.is_(None))
        .distinct()
    )
    if only:
        asked = asked.where(ConsentVoice.partner_id == only)
    if silent_only:
        asked = asked.where(ConsentVoice.partner_id.not_in(select(func.wall.spoken(proposal.id))))
    return db.session.scalars(asked).all()
