"""Looking at a rule again: it stays, it has to change, or the group stops with it (rule D-55).

What came of it is kept and never rewritten. A rule that nobody looks at on its day goes on to hold. To change it or to
stop with it takes a proposal, as for a new one.
"""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from vitaal.activity.models import record
from vitaal.kernel.db import db, new_id
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.spelregels.models import Review, ReviewOutcome, Spelregel
from vitaal.workspaces.models import Circle, Membership


class Ended(RuntimeError):
    """The group stopped with this rule already."""


def review(
    rule: Spelregel,
    outcome: ReviewOutcome,
    *,
    note: str,
    next_on: date | None,
    version: int,
    reviews: int,
    by: Membership,
) -> Review:
    """Write down what the group does with a rule; when it stays, `next_on` is the day to look at it next.

    `version` is the one that the group looked at, and `reviews` how often it had done so before. Raises Ended, or
    ChangedMeanwhile when the rule changed or someone else wrote down a review.
    """
    db.session.refresh(rule, ["version", "review_on", "retired_at"], with_for_update={"of": Spelregel})
    if rule.retired_at:
        raise Ended(rule.id)
    if (rule.version, number_of_reviews(rule)) != (version, reviews):
        raise ChangedMeanwhile(rule.id)
    kept = outcome is ReviewOutcome.KEEP
    written = Review(
        id=new_id(), spelregel_id=rule.id, version=version, outcome=outcome, note=note,
        next_on=next_on if kept else None, reviewed_by_id=by.id, reviewed_by_name=by.name,
    )  # fmt: skip
    db.session.add(written)
    if kept and next_on:
        rule.review_on = next_on
    db.session.flush()
    _tell(rule, outcome, by)
    return written


def number_of_reviews(rule: Spelregel) -> int:
    """How often the group looked at a rule again."""
    counted = select(func.count()).select_from(Review).where(Review.spelregel_id == rule.id)
    return db.session.scalar(counted) or 0


def _tell(rule: Spelregel, outcome: ReviewOutcome, by: Membership) -> None:
    about: dict[str, Any] = {"by": by, "object_id": rule.id, "circle": Circle.OUTER, "number": rule.number}
    match outcome:
        case ReviewOutcome.KEEP:
            record("kept", "spelregel", rule.current.title, **about)
        case ReviewOutcome.CHANGE:
            record("wants_to_change", "spelregel", rule.current.title, **about)
        case ReviewOutcome.RETIRE:
            record("wants_to_stop", "spelregel", rule.current.title, **about)
