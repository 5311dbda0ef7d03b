"""What pages ask about proposals. The wall leaves out what this member may not see, and answers that are private yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vitaal.kernel.db import HIGHEST_NUMBER, db, here
from vitaal.spelregels.models import (
    Amendment,
    ConsentAnswer,
    ConsentVoice,
    ObjectionClosing,
    Proposal,
    Spelregel,
    Wording,
)
from vitaal.workspaces.models import Circle, Membership, Partner

MOST_PROPOSALS = 100


@dataclass(frozen=True, slots=True)
class VoiceOfMine:
    """A partner that a member speaks for, and whether it has spoken in the round."""

    partner: Partner
    has_spoken: bool


@dataclass(frozen=True, slots=True)
class AmendmentAt:
    """What was offered, and the proposal it was offered for."""

    proposal: Proposal
    amendment: Amendment

    @property
    def proposer_id(self) -> UUID:
        """Who decides what becomes of it."""
        return self.proposal.proposer_id

    @property
    def proposer_is_gone(self) -> bool:
        """Whether who decides about it left."""
        return self.proposal.proposer_is_gone


@dataclass(frozen=True, slots=True)
class ObjectionAt:
    """An objection, the voice that it came from and the proposal it is about."""

    proposal: Proposal
    voice: ConsentVoice
    answer: ConsentAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """A partner that is asked: whether it spoke, whether it left, and who can speak for it now."""

    partner: Partner
    has_spoken: bool
    speakers: Sequence[Membership]

    def is_of(self, member: Membership) -> bool:
        """Whether this member speaks for the partner, which takes part: they represent it, or help someone who does."""
        is_own = member.partner_id == self.partner.id or any(
            one.helper_id == member.id for one in self.speakers
        )
        return is_own and self.partner.left_at is None

    @property
    def nobody_speaks(self) -> bool:
        """Whether everyone who represented it has gone."""
        return not self.speakers

    @property
    def is_silent(self) -> bool:
        """Whether it is still asked; a partner that left the coalition is not."""
        return not self.has_spoken and self.partner.left_at is None


@dataclass(frozen=True, slots=True)
class Said:
    """What a partner said in a round, with how its objection came to an end when it did."""

    answer: ConsentAnswer
    closing: ObjectionClosing | None

    @property
    def is_open_objection(self) -> bool:
        """Whether it stops adoption."""
        return self.answer.answer == "objection" and self.closing is None


def proposal_numbered(number: int) -> Proposal | None:
    """The proposal with this number, its text, its rule and its two people; None when the reader may not see it."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(_in_full().where(Proposal.number == number)).one_or_none()


def proposal_with(proposal_id: UUID) -> Proposal | None:
    """The same for the proposal with this id."""
    return db.session.scalars(_in_full().where(Proposal.id == proposal_id)).one_or_none()


def open_proposals() -> Sequence[Proposal]:
    """The proposals that are on their way, those that close first before the others."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.ended_at.is_(None))
        .options(joinedload(Proposal.text), joinedload(Proposal.spelregel))
        .order_by(Proposal.closes_at.asc().nulls_last(), Proposal.number)
        .limit(MOST_PROPOSALS)
    ).all()


def ended_proposals() -> Sequence[Proposal]:
    """The proposals that were adopted or withdrawn, the last one first."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.ended_at.is_not(None))
        .options(joinedload(Proposal.text), joinedload(Proposal.spelregel))
        .order_by(Proposal.ended_at.desc(), Proposal.id)
        .limit(MOST_PROPOSALS)
    ).all()


def open_proposal_for(rule_id: UUID) -> Proposal | None:
    """The proposal about a rule that is on its way."""
    asked = select(Proposal).where(Proposal.spelregel_id == rule_id, Proposal.ended_at.is_(None))
    return db.session.scalars(asked).one_or_none()


def wordings_of(proposal: Proposal) -> Sequence[Wording]:
    """Every text that a proposal had, the first one first."""
    asked = select(Wording).where(Wording.proposal_id == proposal.id).order_by(Wording.number)
    return db.session.scalars(asked).all()


def amendments_of(proposal: Proposal) -> Sequence[Amendment]:
    """What others offered: what still waits for an answer first."""
    return db.session.scalars(
        select(Amendment)
        .where(Amendment.proposal_id == proposal.id)
        .options(joinedload(Amendment.partner))
        .order_by(Amendment.answered_at.is_not(None), Amendment.offered_at)
    ).all()


def amendment_at(number: int, amendment_id: UUID) -> AmendmentAt | None:
    """What was offered for the proposal with this number."""
    proposal = proposal_numbered(number)
    amendment = here(Amendment, amendment_id)
    if proposal is None or amendment is None or amendment.proposal_id != proposal.id:
        return None
    return AmendmentAt(proposal, amendment)


def objection_at(number: int, partner_id: UUID) -> ObjectionAt | None:
    """A partner's objection in the newest round, as far as the reader may know of it."""
    proposal, voice = proposal_numbered(number), voice_in(number, partner_id)
    answer = answer_of(voice, proposal.round) if proposal and voice else None
    if proposal is None or voice is None or answer is None or answer.answer != "objection":
        return None
    return ObjectionAt(proposal, voice, answer)


def asked_in(proposal: Proposal) -> Sequence[Asked]:
    """The partners that are asked, by name, with whether they spoke; never what. Two statements."""
    spoken = select(func.wall.spoken(proposal.id)).scalar_subquery()
    voices = db.session.execute(
        select(ConsentVoice, ConsentVoice.partner_id.in_(spoken))
        .join(ConsentVoice.partner)
        .where(ConsentVoice.proposal_id == proposal.id)
        .options(contains_eager(ConsentVoice.partner), selectinload(ConsentVoice.members))
        .order_by(func.lower(Partner.name), Partner.id)
    )
    return [Asked(voice.partner, has_spoken, voice.members) for voice, has_spoken in voices]


def voice_in(number: int, partner_id: UUID) -> ConsentVoice | None:
    """The voice of a partner in a proposal, with who may speak for it as far as this member may know."""
    if number > HIGHEST_NUMBER:
        return None
    return db.session.scalars(
        select(ConsentVoice)
        .join(ConsentVoice.proposal)
        .where(Proposal.number == number, ConsentVoice.partner_id == partner_id)
        .options(
            contains_eager(ConsentVoice.proposal).joinedload(Proposal.text),
            contains_eager(ConsentVoice.proposal)
            .joinedload(Proposal.spelregel)
            .joinedload(Spelregel.current),
            joinedload(ConsentVoice.partner),
            selectinload(ConsentVoice.members),
        )
    ).one_or_none()


def answer_of(voice: ConsentVoice, of_round: int) -> ConsentAnswer | None:
    """What a partner said in a round of a proposal."""
    key = (voice.workspace_id, voice.proposal_id, of_round, voice.partner_id)
    return db.session.get(ConsentAnswer, key)


def said_in(proposal: Proposal) -> Mapping[int, Sequence[Said]]:
    """What partners said, by round; in an open round only as far as the reader may know. One statement."""
    later = ObjectionClosing.closed_at >= ConsentAnswer.given_at
    same = and_(
        *(
            getattr(ObjectionClosing, name) == getattr(ConsentAnswer, name)
            for name in ("workspace_id", "proposal_id", "round", "partner_id")
        )
    )
    order = case({"objection": 0, "worry": 1, "agree": 2}, value=ConsentAnswer.answer, else_=3)
    rows = db.session.execute(
        select(ConsentAnswer, ObjectionClosing)
        .join(ConsentAnswer.partner)
        .outerjoin(ObjectionClosing, same & later)
        .where(ConsentAnswer.proposal_id == proposal.id)
        .options(contains_eager(ConsentAnswer.partner))
        .order_by(ConsentAnswer.round.desc(), order, func.lower(Partner.name), ObjectionClosing.closed_at)
    )
    found: dict[int, dict[UUID, Said]] = {}
    for answer, closing in rows:
        found.setdefault(answer.round, {})[answer.partner_id] = Said(answer, closing)
    return {number: list(said.values()) for number, said in found.items()}


def voices_of(proposal: Proposal, member: Membership) -> Sequence[VoiceOfMine]:
    """The partners that are asked and that this member speaks for, their own first."""
    helped = select(Membership.partner_id).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    spoken = select(func.wall.spoken(proposal.id)).scalar_subquery()
    rows = db.session.execute(
        select(Partner, Partner.id.in_(spoken))
        .join(
            ConsentVoice,
            (ConsentVoice.workspace_id == Partner.workspace_id) & (ConsentVoice.partner_id == Partner.id),
        )
        .where(
            ConsentVoice.proposal_id == proposal.id,
            or_(Partner.id == member.partner_id, Partner.id.in_(helped)),
            Partner.left_at.is_(None),
        )
        .order_by(Partner.id != member.partner_id, func.lower(Partner.name))
    )
    return [VoiceOfMine(partner, has_spoken) for partner, has_spoken in rows]


def possible_guides(proposal: Proposal) -> Sequence[Membership]:
    """Who can guide it: everyone inside with an account, but not who proposed it; who arranges first."""
    return guides_but(proposal.proposer_id)


def guides_but(member_id: UUID) -> Sequence[Membership]:
    """Who can guide what this member proposes."""
    members = db.session.scalars(
        select(Membership)
        .where(Membership.left_at.is_(None), Membership.person_id.is_not(None), Membership.id != member_id)
        .order_by(func.lower(Membership.name))
    )
    inside = [member for member in members if member.is_inside]
    return sorted(inside, key=lambda member: ("facilitator" not in member.roles, not member.arranges))


def partners_that_decide(
    ids: Collection[UUID], *, asks_all: bool
) -> tuple[Sequence[Partner], Sequence[Partner]]:
    """The partners with these ids, and those that would decide too if someone spoke for them; each by name."""
    decides = Partner.circle.in_((Circle.INNER, Circle.OUTER)) if asks_all else Partner.circle == Circle.INNER
    found = db.session.scalars(
        select(Partner)
        .where(Partner.left_at.is_(None), or_(decides, Partner.id.in_(ids)))
        .order_by(func.lower(Partner.name))
    ).all()
    return [one for one in found if one.id in ids], [one for one in found if one.id not in ids]


def _in_full() -> Select[Any]:
    return select(Proposal).options(
        joinedload(Proposal.text),
        joinedload(Proposal.spelregel).joinedload(Spelregel.current),
        joinedload(Proposal.guide).joinedload(Membership.partner),
        joinedload(Proposal.proposer).joinedload(Membership.partner),
    )
