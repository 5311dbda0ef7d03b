"""What people talk about among the spelregels: proposals."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from vitaal.activity.talk import doors
from vitaal.activity.topics import Talk, Topic, Whereabouts
from vitaal.kernel.db import db
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.models import Proposal, Wording
from vitaal.spelregels.proposal_queries import proposal_with

KIND = "proposal"


def topic_of(proposal: Proposal) -> Topic:
    """A proposal to talk about until it is over; it concerns who proposed it and who guides it. Needs its text."""
    concerned = frozenset(one for one in (proposal.proposer_id, proposal.guide_id) if one)
    return Topic(
        KIND, proposal.id, proposal.text.title, proposal.circle, concerned, is_open=not proposal.is_over
    )


TALK = Talk(proposal_with, topic_of, SpelregelPermission.TALK)


def door_of(proposal: Proposal) -> Callable[..., str]:
    """The addresses of the conversation about a proposal."""
    return doors("spelregels.show_proposal", "spelregels.talk", number=proposal.number)


def whereabouts(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these proposals are, by the title of their text as it is now, as far as the reader may see them."""
    asked = select(Proposal.id, Wording.title, Proposal.number, Proposal.circle).join(Proposal.text)
    return {
        proposal_id: Whereabouts(title, "spelregels.show_proposal", {"number": number}, circle)
        for proposal_id, title, number, circle in db.session.execute(asked.where(Proposal.id.in_(ids)))
    }
