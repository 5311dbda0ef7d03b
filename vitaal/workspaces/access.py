"""Who may do what in a workspace; the predicates are the words that other features use too."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.workspaces.models import Role


def lead(asker: Asker, _on: Any) -> bool:
    """A lead (trekker) of this workspace."""
    return asker.member is not None and Role.LEAD in asker.member.roles


def facilitator(asker: Asker, _on: Any) -> bool:
    """A facilitator (procesbegeleider) of this workspace."""
    return asker.member is not None and Role.FACILITATOR in asker.member.roles


def inner(asker: Asker, _on: Any) -> bool:
    """A member who stands in the inner circle, or arranges."""
    return asker.member is not None and asker.member.is_inside


def member(asker: Asker, _on: Any) -> bool:
    """Any member, of the inner or the outer circle."""
    return asker.member is not None


def inner_may_invite(asker: Asker, _on: Any) -> bool:
    """The workspace lets its whole inner circle invite."""
    return asker.workspace is not None and asker.workspace.inviters == "inner"


def themselves(asker: Asker, on: Any) -> bool:
    """The member whom it is about."""
    return asker.member is not None and asker.member.id == on.id


def someone_else(asker: Asker, on: Any) -> bool:
    """Not the member whom it is about."""
    return not themselves(asker, on)


def their_helper(asker: Asker, on: Any) -> bool:
    """The named helper of the member whom it is about."""
    return asker.member is not None and asker.member.id == on.helper_id


def operator(asker: Asker, _on: Any) -> bool:
    """Someone who runs this installation of Vitaal."""
    return asker.person is not None and asker.person.is_operator


class WorkspacePermission(Permission):
    """What can be done with a workspace as a whole."""

    SEE = "workspace.see"
    SEE_PEOPLE = "workspace.see_people"
    ARRANGE = "workspace.arrange"
    MOVE_CIRCLES = "workspace.move_circles"
    KEEP_PARTNERS = "workspace.keep_partners"
    WELCOME_HELPED = "workspace.welcome_helped"
    SEE_CONTACT = "workspace.see_contact"
    GIVE_ROLES = "workspace.give_roles"
    CHANGE_MEMBER = "workspace.change_member"
    END_MEMBERSHIP = "workspace.end_membership"
    LEAVE = "workspace.leave"
    OPERATE = "workspace.operate"


grant(
    {
        WorkspacePermission.SEE: ((member,),),
        WorkspacePermission.SEE_PEOPLE: ((member,),),
        WorkspacePermission.ARRANGE: ((lead,), (facilitator,)),
        WorkspacePermission.MOVE_CIRCLES: ((lead,), (facilitator,)),
        WorkspacePermission.KEEP_PARTNERS: ((lead,), (facilitator,)),
        WorkspacePermission.WELCOME_HELPED: ((lead,), (facilitator,)),
        WorkspacePermission.SEE_CONTACT: ((lead,), (facilitator,), (their_helper,)),
        WorkspacePermission.GIVE_ROLES: ((lead, someone_else), (facilitator, someone_else)),
        WorkspacePermission.CHANGE_MEMBER: ((lead,), (facilitator,)),
        WorkspacePermission.END_MEMBERSHIP: ((lead, someone_else), (facilitator, someone_else)),
        WorkspacePermission.LEAVE: ((themselves,), (their_helper,)),
        WorkspacePermission.OPERATE: ((operator,),),
    }
)
