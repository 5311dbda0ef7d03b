"""What becomes of an idea: an action, or not now, with a reason that everyone may read."""

from vitaal.agenda.models import Action, Status
from vitaal.workspaces.models import Membership


def accept(idea: Action, *, by: Membership) -> None:
    """Make an action of an idea; does nothing for what is an action already."""
    if idea.is_idea:
        idea.change(by=by, status=Status.TO_DO)


def put_aside(idea: Action, reason: str, *, by: Membership) -> None:
    """Say that an idea has to wait, and why; does nothing for what is an action already."""
    if idea.is_idea:
        idea.change(by=by, status=Status.STOPPED, stop_reason=reason)
