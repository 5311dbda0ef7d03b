"""What the agenda contributes to Vandaag: the first actions, as steps on the road together."""

from vitaal.agenda.queries import first_open
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Contribution, Step

STEPS = 3


def contribution(_member: Membership, _workspace: Workspace) -> Contribution:
    """The first actions. One statement."""
    return Contribution(steps=tuple(Step(action.title, action.reason) for action in first_open(STEPS)))
