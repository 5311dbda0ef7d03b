"""What becomes of a proposal that nothing stands in the way of: a rule, the next version of one, or the end of one."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id, take_turn
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.spelregels.models import Proposal, ProposalKind, RuleVersion, Spelregel
from vitaal.workspaces.models import Circle, Membership

REVIEW_AFTER = timedelta(days=182)  # half a year, unless the proposal names a day (rule D-53)


def adopt(proposal: Proposal, *, by: Membership) -> Spelregel:
    """Let the text of an adopted proposal hold from now on; nobody has signed that version yet.

    Needs the proposal's `text` at hand. The caller holds the proposal and has decided that it is adopted.
    """
    rule = _end(proposal) if proposal.kind == ProposalKind.RETIRE else _hold(proposal)
    _tell(proposal, rule, by)
    return rule


def _hold(proposal: Proposal) -> Spelregel:
    now, text = clock.now(), proposal.text
    rule = _held(proposal)
    review_on = _review_day(text.review_on)
    if rule is None:
        rule = Spelregel(
            id=new_id(),
            number=_next_number(),
            theme=proposal.theme,
            version=1,
            review_on=review_on,
            adopted_at=now,
        )
        db.session.add(rule)
        db.session.flush()
        proposal.spelregel_id = rule.id
    else:
        rule.version, rule.review_on, rule.adopted_at = rule.version + 1, review_on, now
    db.session.flush()
    db.session.add(
        RuleVersion(
            workspace_id=the_workspace_id(), spelregel_id=rule.id, version=rule.version, proposal_id=proposal.id,
            title=text.title, example=text.example, why=text.why, silence_leaves=text.silence_leaves, adopted_at=now,
        )
    )  # fmt: skip
    db.session.flush()
    return rule


def _end(proposal: Proposal) -> Spelregel:
    rule = _held(proposal)
    assert rule
    rule.retired_at = clock.now()
    db.session.flush()
    return rule


def _tell(proposal: Proposal, rule: Spelregel, by: Membership) -> None:
    about: dict[str, Any] = {"by": by, "object_id": rule.id, "circle": Circle.OUTER, "number": rule.number}
    match ProposalKind(proposal.kind):
        case ProposalKind.NEW:
            record("adopted", "spelregel", proposal.text.title, **about)
        case ProposalKind.CHANGE:
            record("changed", "spelregel", proposal.text.title, **about)
        case ProposalKind.RETIRE:
            record("retired", "spelregel", proposal.text.title, **about)


def _held(proposal: Proposal) -> Spelregel | None:
    """The rule that it is about, kept from changing until this transaction ends; None for a new one."""
    rule = here(Spelregel, proposal.spelregel_id) if proposal.spelregel_id else None
    if rule:
        db.session.refresh(rule, with_for_update={"of": Spelregel})
    return rule


def _next_number() -> int:
    """The number after the last; who adopts a rule at the same moment waits."""
    take_turn(f"spelregel {the_workspace_id()}")
    return (db.session.scalar(select(func.max(Spelregel.number))) or 0) + 1


def _review_day(wanted: date) -> date:
    """The day that the proposal names; when deciding took longer than that, half a year from now."""
    today = clock.today()
    return wanted if wanted > today else today + REVIEW_AFTER
