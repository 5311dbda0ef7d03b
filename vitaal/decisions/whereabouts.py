"""Where decisions and agreements are, for what speaks of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from vitaal.activity.topics import Whereabouts
from vitaal.activity.unheard import shortened
from vitaal.decisions.models import Agreement, Decision
from vitaal.kernel.db import db


def decisions(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these decisions are, as far as the reader may see them."""
    asked = select(Decision.id, Decision.text, Decision.circle).where(Decision.id.in_(ids))
    return {
        decision_id: Whereabouts(
            shortened(text), "decisions.show_decision", {"decision_id": decision_id}, circle
        )
        for decision_id, text, circle in db.session.execute(asked)
    }


def agreements(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these agreements are, as far as the reader may see them."""
    asked = select(Agreement.id, Agreement.text, Agreement.circle).where(Agreement.id.in_(ids))
    return {
        agreement_id: Whereabouts(
            shortened(text), "decisions.show_agreement", {"agreement_id": agreement_id}, circle
        )
        for agreement_id, text, circle in db.session.execute(asked)
    }


FINDERS = {"decision": decisions, "agreement": agreements}
