"""What the spelregels ask of a member now, in one statement: the same for Vandaag and for the digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all

from vitaal.kernel.db import db
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models import Amendment, ConsentVoice, Proposal, Wording
from vitaal.workspaces.models import Membership, Partner


class Wants(StrEnum):
    """What is asked."""

    ANSWER = "answer"
    WORD = "word"
    REPLY = "reply"
    GUIDE = "guide"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing that is asked of a member: about which proposal, for which partner, since when and until when."""

    wants: Wants
    number: int
    title: str
    partner: str
    since: datetime
    closes_at: datetime | None


def asking(member: Membership) -> Sequence[Asking]:
    """What proposals ask of a member: to answer for a partner, to better the text, or to take the next step."""
    wants = _to_answer, _to_word, _to_reply, _to_guide, _to_open
    of_member = union_all(*(asked(member) for asked in wants)).subquery()
    rows = db.session.execute(
        select(of_member).order_by(of_member.c.closes_at.asc().nulls_last(), of_member.c.number)
    )
    return [Asking(Wants(row[0]), *row[1:]) for row in rows]


def _line(wants: Wants, partner: Any, since: Any) -> Select[Any]:
    return (
        select(
            literal(wants.value).label("wants"), Proposal.number.label("number"), Wording.title.label("title"),
            partner.label("partner"), since.label("since"), Proposal.closes_at.label("closes_at"),
        )
        .join(Wording, and_(Wording.proposal_id == Proposal.id, Wording.number == Proposal.wording))
    )  # fmt: skip


def _to_answer(member: Membership) -> Select[Any]:
    helped = select(Membership.partner_id).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    return (
        _line(Wants.ANSWER, Partner.name, Proposal.stage_at)
        .join(ConsentVoice, ConsentVoice.proposal_id == Proposal.id)
        .join(Partner, Partner.id == ConsentVoice.partner_id)
        .where(
            Proposal.stage == Stage.ROUND,
            or_(Partner.id == member.partner_id, Partner.id.in_(helped)),
            Partner.left_at.is_(None),
            Partner.id.not_in(select(func.wall.spoken(Proposal.id)).correlate(Proposal)),
        )
    )


def _to_word(member: Membership) -> Select[Any]:
    return _line(Wants.WORD, literal(""), Proposal.stage_at).where(
        Proposal.proposer_id == member.id,
        Proposal.stage.in_((Stage.ADJUSTING, Stage.INTEGRATING)),
        ~_waits_for_reply(),
        Proposal.wording == func.greatest(Proposal.asked, 1),
    )


def _to_reply(member: Membership) -> Select[Any]:
    return _line(Wants.REPLY, literal(""), Proposal.stage_at).where(
        Proposal.proposer_id == member.id,
        Proposal.stage.in_((Stage.ADJUSTING, Stage.INTEGRATING)),
        _waits_for_reply(),
    )


def _to_guide(member: Membership) -> Select[Any]:
    """To choose someone who guides, for who proposes."""
    return _line(Wants.GUIDE, literal(""), Proposal.opened_at).where(
        Proposal.proposer_id == member.id, Proposal.guide_id.is_(None), Proposal.ended_at.is_(None)
    )


def _to_open(member: Membership) -> Select[Any]:
    """A round to open, for who guides."""
    return _line(Wants.OPEN, literal(""), Proposal.stage_at).where(
        Proposal.guide_id == member.id,
        Proposal.stage.in_((Stage.ADJUSTING, Stage.INTEGRATING)),
        ~_waits_for_reply(),
    )


def _waits_for_reply() -> ColumnElement[bool]:
    return exists().where(Amendment.proposal_id == Proposal.id, Amendment.taken_over.is_(None))
