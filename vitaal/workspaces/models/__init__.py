"""The tables of a workspace and of those who oversee it."""

from vitaal.workspaces.models.circle import Circle, CirclePeriod
from vitaal.workspaces.models.membership import LastSeen, Membership, Reach, Role
from vitaal.workspaces.models.oversight import Municipality, Officer, Programme, ProgrammeStaff, Progress
from vitaal.workspaces.models.partner import Partner, PartnerKind
from vitaal.workspaces.models.workspace import Workspace, WorkspaceMunicipality

__all__ = [
    "Circle",
    "CirclePeriod",
    "LastSeen",
    "Membership",
    "Municipality",
    "Officer",
    "Partner",
    "PartnerKind",
    "Programme",
    "ProgrammeStaff",
    "Progress",
    "Reach",
    "Role",
    "Workspace",
    "WorkspaceMunicipality",
]
