"""What someone has been told already: of each workspace until when, and how often a request was repeated.

A digest counts as told when its letter was sent, or when there was nothing to say (rule D-18). What an unsent digest
would have said is therefore in the next one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import func, or_, select

from vitaal.digests.models import Digest, DigestPart
from vitaal.kernel.db import db
from vitaal.post.models import Letter, LetterState


@dataclass(frozen=True, slots=True)
class Told:
    """About one workspace: until when, and how often each request was said."""

    until: datetime
    requests: Mapping[UUID, int] = field(default_factory=dict)


def told(person_id: UUID) -> dict[UUID, Told]:
    """What a person has been told, by workspace. One statement."""
    counts = or_(Digest.state == "empty", Letter.state == LetterState.SENT)
    asks = func.jsonb_agg(func.to_jsonb(DigestPart.asks))
    rows = db.session.execute(
        select(DigestPart.workspace_id, func.max(Digest.covers_until), asks)
        .join(Digest, Digest.id == DigestPart.digest_id)
        .outerjoin(Letter, Letter.id == Digest.letter_id)
        .where(Digest.person_id == person_id, DigestPart.is_told, counts)
        .group_by(DigestPart.workspace_id)
    )
    return {
        workspace_id: Told(until, Counter(map(UUID, chain.from_iterable(said))))
        for workspace_id, until, said in rows
    }
