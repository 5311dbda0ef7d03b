"""Who may ask people in, and answer who asks to join."""

from vitaal.kernel.access import Permission, grant
from vitaal.workspaces.access import facilitator, inner, inner_may_invite, lead


class InvitationPermission(Permission):
    """What can be done with invitations and with requests to join."""

    INVITE = "invitation.invite"
    GIVE_ROLES = "invitation.give_roles"
    ANSWER_REQUESTS = "invitation.answer_requests"


grant(
    {
        InvitationPermission.INVITE: ((lead,), (facilitator,), (inner, inner_may_invite)),
        InvitationPermission.GIVE_ROLES: ((lead,), (facilitator,)),
        InvitationPermission.ANSWER_REQUESTS: ((lead,), (facilitator,)),
    }
)
