"""What the agenda contributes to Vandaag: the first steps on the road together."""

from vitaal.agenda.queries import actions
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Contribution, Step

SHOWN = 3


def contribution(_member: Membership, _workspace: Workspace) -> Contribution:
    """The first actions, in their order."""
    return Contribution(steps=tuple(Step(action.title, action.reason) for action in actions(SHOWN)))
