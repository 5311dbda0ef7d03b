"""What pages ask about one decision or agreement, and what a member has to look at."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vitaal.decisions.models import Agreement, AgreementCheck, Decision
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Membership

A_WEEK = timedelta(days=7)
MOST = 30


def decision_with(decision_id: UUID) -> Decision | None:
    """The decision with this id; None where there is none that the reader may see."""
    return here(Decision, decision_id)


def agreement_with(agreement_id: UUID) -> Agreement | None:
    """The agreement with this id, with who looks after it and the decision that it goes with; or None."""
    asked = select(Agreement).where(Agreement.id == agreement_id)
    at_hand = joinedload(Agreement.owner).joinedload(Membership.partner), joinedload(Agreement.decision)
    return db.session.scalars(asked.options(*at_hand)).one_or_none()


def chain_of(decision: Decision) -> Sequence[Decision]:
    """The decisions that replaced one another, from the oldest to the newest, of which this is one. One statement."""
    start = select(Decision.id, Decision.replaces_id).where(Decision.id == decision.id)
    chain = start.cte("chain", recursive=True)
    next_to_it = or_(Decision.id == chain.c.replaces_id, Decision.replaces_id == chain.c.id)
    chain = chain.union(select(Decision.id, Decision.replaces_id).join(chain, next_to_it))
    return db.session.scalars(
        select(Decision).where(Decision.id.in_(select(chain.c.id))).order_by(Decision.written_at, Decision.id)
    ).all()


def checks_of(agreement: Agreement) -> Sequence[AgreementCheck]:
    """When people looked whether an agreement works, newest first, each with who did as far as the reader sees them."""
    return db.session.scalars(
        select(AgreementCheck)
        .where(AgreementCheck.agreement_id == agreement.id)
        .options(joinedload(AgreementCheck.by))
        .order_by(AgreementCheck.checked_at.desc(), AgreementCheck.id.desc())
    ).all()
