"""What pages ask about rules, and what waits for someone. The wall leaves out the proposals that a reader may not see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from vitaal.kernel.db import HIGHEST_NUMBER, db
from vitaal.spelregels.consent import Answer, Closing, Stage
from vitaal.spelregels.models import (
    ConsentAnswer,
    ConsentVoice,
    ObjectionClosing,
    Proposal,
    ProposalKind,
    Review,
    RuleVersion,
    Signature,
    Spelregel,
)
from vitaal.workspaces.models import Circle, Membership, Partner

HOLDS = Spelregel.retired_at.is_(None)
TAKES_PART = and_(Partner.left_at.is_(None), Partner.circle.in_((Circle.INNER, Circle.OUTER)))


@dataclass(frozen=True, slots=True)
class Adopted:
    """A version of a rule, and the proposal that it came from, where the reader may see that."""

    version: RuleVersion
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class ToSign:
    """A partner for which a member can sign, how many rules wait for that, and since when the newest of them holds."""

    partner: Partner
    count: int
    newest_at: datetime


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A proposal in its round, and the partners of a member that have still to answer."""

    proposal: Proposal
    partners: Sequence[Partner]


def rules() -> Sequence[Spelregel]:
    """Every rule that was adopted, also those that ended, in the order of their numbers, with the text that holds."""
    return db.session.scalars(
        select(Spelregel).options(joinedload(Spelregel.current)).order_by(Spelregel.number)
    ).all()


def rule_numbered(number: int) -> Spelregel | None:
    """The rule with this number, also when it ended, with the text that holds; None where there is none."""
    if not 0 < number <= HIGHEST_NUMBER:
        return None
    asked = select(Spelregel).where(Spelregel.number == number).options(joinedload(Spelregel.current))
    return db.session.scalars(asked).one_or_none()


def ending_of(rule: Spelregel) -> Proposal | None:
    """The proposal by which the group stopped with this rule, with its text."""
    asked = select(Proposal).where(
        Proposal.spelregel_id == rule.id,
        Proposal.kind == ProposalKind.RETIRE,
        Proposal.stage == Stage.ADOPTED,
    )
    return db.session.scalars(asked.options(joinedload(Proposal.text))).one_or_none()


def versions_of(rule: Spelregel) -> Sequence[Adopted]:
    """Every version that a rule had, the newest first."""
    came_from = and_(
        Proposal.workspace_id == RuleVersion.workspace_id, Proposal.id == RuleVersion.proposal_id
    )
    asked = (
        select(RuleVersion, Proposal)
        .outerjoin(Proposal, came_from)
        .where(RuleVersion.spelregel_id == rule.id)
        .order_by(RuleVersion.version.desc())
    )
    return [Adopted(version, proposal) for version, proposal in db.session.execute(asked)]


def carried_along(rule: Spelregel) -> Sequence[ConsentAnswer]:
    """What the group keeps in mind about a rule: the worries of its last round, and who stayed of another mind.

    The latter is an objection with which the group went on (rules D-46 and D-53). With the partner that said it.
    """
    of_its_round = and_(
        Proposal.workspace_id == ConsentAnswer.workspace_id,
        Proposal.id == ConsentAnswer.proposal_id,
        Proposal.round == ConsentAnswer.round,
    )
    went_on = exists().where(
        ObjectionClosing.workspace_id == ConsentAnswer.workspace_id,
        ObjectionClosing.proposal_id == ConsentAnswer.proposal_id,
        ObjectionClosing.round == ConsentAnswer.round,
        ObjectionClosing.partner_id == ConsentAnswer.partner_id,
        ObjectionClosing.why != Closing.WITHDRAWN,
        ObjectionClosing.closed_at >= ConsentAnswer.given_at,
    )
    kept = or_(ConsentAnswer.answer == Answer.WORRY, and_(ConsentAnswer.answer == Answer.OBJECTION, went_on))
    asked = (
        select(ConsentAnswer)
        .join(Proposal, of_its_round)
        .join(ConsentAnswer.partner)
        .where(Proposal.id == rule.current.proposal_id, kept)
        .options(contains_eager(ConsentAnswer.partner))
        .order_by(func.lower(Partner.name))
    )
    return db.session.scalars(asked).all()


def reviews_of(rule: Spelregel) -> Sequence[Review]:
    """Each time that the group looked at a rule again, the newest first."""
    return db.session.scalars(
        select(Review)
        .where(Review.spelregel_id == rule.id)
        .order_by(Review.reviewed_at.desc(), Review.id.desc())
    ).all()


def to_sign(member: Membership) -> Sequence[ToSign]:
    """The partners for which a member can sign something, their own first. One statement."""
    asked = (
        select(Partner, func.count(), func.max(Spelregel.adopted_at))
        .join(Spelregel, Spelregel.workspace_id == Partner.workspace_id)
        .where(signs_for(member), HOLDS, ~signed_as_it_is())
        .group_by(Partner.workspace_id, Partner.id)
        .order_by(Partner.id != member.partner_id, func.lower(Partner.name))
    )
    return [ToSign(*row) for row in db.session.execute(asked)]


def to_answer(member: Membership) -> Sequence[ToAnswer]:
    """The rounds in which a partner of a member has still to answer, what closes first before the rest. One statement."""
    asked = (
        select(Proposal, Partner)
        .join(ConsentVoice, ConsentVoice.proposal_id == Proposal.id)
        .join(ConsentVoice.partner)
        .where(
            Proposal.stage == Stage.ROUND,
            _speaks_for(member),
            Partner.left_at.is_(None),
            Partner.id.not_in(select(func.wall.spoken(Proposal.id)).correlate(Proposal)),
        )
        .options(joinedload(Proposal.text))
        .order_by(
            Proposal.closes_at, Proposal.number, Partner.id != member.partner_id, func.lower(Partner.name)
        )
    )
    of_proposal = groupby(db.session.execute(asked), itemgetter(0))
    return [ToAnswer(proposal, [partner for _proposal, partner in rows]) for proposal, rows in of_proposal]


def signs_for(member: Membership) -> ColumnElement[bool]:
    """Whether a partner takes part and a member signs for it: they represent it, or help someone who does."""
    return and_(TAKES_PART, _speaks_for(member))


def signed_as_it_is() -> ColumnElement[bool]:
    """Whether a partner signed exactly the version of a rule that holds."""
    signed = exists().where(
        Signature.workspace_id == Spelregel.workspace_id,
        Signature.spelregel_id == Spelregel.id,
        Signature.version == Spelregel.version,
        Signature.partner_id == Partner.id,
    )
    return signed.correlate(Spelregel, Partner)


def same_rule(other: Any) -> ColumnElement[bool]:
    """Whether a row belongs to a rule, by (workspace_id, spelregel_id)."""
    return and_(other.workspace_id == Spelregel.workspace_id, other.spelregel_id == Spelregel.id)


def _speaks_for(member: Membership) -> ColumnElement[bool]:
    helped = select(Membership.partner_id).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    return or_(Partner.id == member.partner_id, Partner.id.in_(helped))
