"""What invitations contribute to a digest: who asks to join, and who did not answer."""

from datetime import datetime

from flask_babel import gettext as _

from vitaal.activity.contribution import ASKS, Item, Section, Weight
from vitaal.invitations.access import InvitationPermission
from vitaal.invitations.queries import open_requests, unanswered
from vitaal.kernel.access import Asker, permits
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import LastSeen, Membership
from vitaal.workspaces.queries import this_workspace


def sections(member: Membership, since: datetime) -> list[Section]:
    """What asks something of this member since a moment; runs in the member's own context."""
    workspace = this_workspace()
    asker = Asker(None, member, workspace)
    since = max(since, LastSeen.of(member))
    page = address_of("invitations.open_invitations", slug=workspace.slug)
    items: list[Item] = []
    if permits(asker, InvitationPermission.ANSWER_REQUESTS):
        items += [
            Item(_("%(name)s wil meedoen", name=request.name), page, request.created_at, Weight.ASKS)
            for request in open_requests()
            if request.created_at > since
        ]
    if permits(asker, InvitationPermission.INVITE):
        items += [
            Item(
                _(
                    "%(who)s antwoordde niet op je uitnodiging",
                    who=row.invitation.name or row.invitation.email,
                ),
                page,
                row.invitation.expires_at,
                Weight.ASKS,
            )
            for row in unanswered(member.id)
            if row.state == "expired" and row.invitation.expires_at > since
        ]
    return [Section(ASKS, _("Wat vraagt iets van je"), tuple(items))] if items else []
