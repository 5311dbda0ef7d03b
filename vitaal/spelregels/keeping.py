"""What is done about a proposal on its day, when nobody does it: by a worker, in the name of who arranges.

A promise that is kept late, early or twice does no harm: each looks whether its moment is still to come.
"""

from collections.abc import Callable

from sqlalchemy import select

from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import current, entering
from vitaal.spelregels import deciding
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models import Proposal
from vitaal.spelregels.proposing import hold
from vitaal.spelregels.telling import remind_silent
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Membership


def go_on_in_time(promise: Promise) -> None:
    """Open the next stage once the time for questions or reactions has passed. Commits."""
    _keep(promise, _go_on)


def close_in_time(promise: Promise) -> None:
    """Close the round whose time has passed. Commits."""
    _keep(promise, _close)


def remind_in_time(promise: Promise) -> None:
    """Remind who is silent while the round is open. Commits."""
    _keep(promise, _remind)


def _keep(promise: Promise, step: Callable[[Proposal, Membership], None]) -> None:
    with entering(db.session, person_id=who_arranges(promise), workspace_id=promise.scope_id):
        proposal = here(Proposal, promise.subject_id)
        if proposal:
            hold(proposal)
            step(proposal, _who_acts())
        db.session.commit()


def _who_acts() -> Membership:
    person_id = current().person_id
    own = select(Membership).where(Membership.person_id == person_id, Membership.left_at.is_(None))
    return db.session.scalars(own).one()


def _go_on(proposal: Proposal, by: Membership) -> None:
    if proposal.stage in {Stage.QUESTIONS, Stage.REACTIONS} and _is_past(proposal):
        deciding.go_on(proposal, Stage(proposal.stage), by=by)


def _close(proposal: Proposal, by: Membership) -> None:
    if proposal.is_in_round and _is_past(proposal):
        deciding.close(proposal, by=by)


def _remind(proposal: Proposal, _by: Membership) -> None:
    if proposal.is_in_round and not _is_past(proposal):
        remind_silent(proposal)


def _is_past(proposal: Proposal) -> bool:
    return proposal.closes_at is not None and proposal.closes_at <= clock.now()
