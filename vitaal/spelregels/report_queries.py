"""What a report and the sheet of agreements ask about rules: which held at a moment, and who had signed them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from vitaal.kernel.db import db
from vitaal.spelregels.models import Proposal, RuleVersion, Signature, Spelregel
from vitaal.spelregels.rule_queries import same_rule
from vitaal.workspaces.models import Circle, Membership


@dataclass(frozen=True, slots=True)
class Known:
    """A rule, and the version of it that was the newest at some moment."""

    rule: Spelregel
    version: RuleVersion

    def holds_at(self, moment: datetime) -> bool:
        """Whether it was not retired before a moment."""
        return self.rule.retired_at is None or self.rule.retired_at >= moment


@dataclass(frozen=True, slots=True)
class Signed:
    """That someone signed a version of a rule for a partner; without a name for who stands in the outer circle."""

    partner_id: UUID
    number: int
    by: str
    at: datetime


def rules_before(moment: datetime) -> list[Known]:
    """Every rule that was adopted before a moment, also those that ended since, by number. One statement."""
    asked = (
        select(Spelregel, RuleVersion)
        .join(RuleVersion, same_rule(RuleVersion))
        .where(RuleVersion.adopted_at < moment)
        .order_by(Spelregel.number, RuleVersion.version)
    )
    newest = {rule.id: Known(rule, version) for rule, version in db.session.execute(asked)}
    return list(newest.values())


def signatures_before(moment: datetime, rules: Sequence[Known]) -> Mapping[UUID, Sequence[Signed]]:
    """Who had signed these versions of rules before a moment, by partner, the first one first. One statement."""
    versions = {(known.rule.id, known.version.version): known.rule.number for known in rules}
    signer = and_(Membership.workspace_id == Signature.workspace_id, Membership.id == Signature.signed_by_id)
    asked = (
        select(Signature, Membership)
        .outerjoin(Membership, signer)
        .where(Signature.signed_at < moment)
        .order_by(Signature.signed_at, Signature.spelregel_id)
    )
    found = defaultdict(list)
    for signature, member in db.session.execute(asked):
        number = versions.get((signature.spelregel_id, signature.version))
        if number is not None:
            signer_seen: Membership | None = member
            by = signature.signed_by_name if signer_seen and signer_seen.is_inside else ""
            found[signature.partner_id].append(Signed(signature.partner_id, number, by, signature.signed_at))
    return found


def on_their_way(moment: datetime) -> Mapping[str, int]:
    """How many proposals were on their way at a moment, by the circle that may know of them. One statement."""
    asked = (
        select(Proposal.circle, func.count())
        .where(Proposal.opened_at < moment, or_(Proposal.ended_at.is_(None), Proposal.ended_at >= moment))
        .group_by(Proposal.circle)
    )
    found = {str(circle): count for circle, count in db.session.execute(asked)}
    return {circle: found.get(circle, 0) for circle in (Circle.OUTER, Circle.INNER)}
