"""What invitations ask of a member on Vandaag."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.invitations.access import InvitationPermission
from vitaal.invitations.queries import open_requests, unanswered
from vitaal.kernel.access import Asker, permits
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask, Contribution

_SHOWN = 3


def contribution(member: Membership, workspace: Workspace) -> Contribution:
    """Who asks to join, and which of this member's invitations got no answer. Two statements at most."""
    asker = Asker(None, member, workspace)
    asks: list[Ask] = []
    if permits(asker, InvitationPermission.ANSWER_REQUESTS):
        asks += _requests()
    if permits(asker, InvitationPermission.INVITE):
        asks += _silence(member)
    return Contribution(asks=tuple(asks))


def _requests() -> Iterator[Ask]:
    for request in open_requests()[:_SHOWN]:
        yield Ask(
            "hand-waving",
            _("%(name)s wil meedoen", name=request.name),
            request.organisation or _("Meldde zich aan voor de buitencirkel."),
            _("Bekijk"),
            url_for("invitations.open_invitations"),
        )


def _silence(member: Membership) -> Iterator[Ask]:
    rows = unanswered(member.id)
    bounced = [row for row in rows if row.state == "bounced"]
    for row in bounced[:_SHOWN]:
        yield Ask(
            "envelope-simple",
            _("De uitnodiging aan %(who)s kwam niet aan", who=row.invitation.name or row.invitation.email),
            _("Klopt het adres niet? Trek de uitnodiging in en stuur een nieuwe."),
            _("Kijk het na"),
            url_for("invitations.open_invitations"),
        )
    silent = len(rows) - len(bounced)
    if silent:
        yield Ask(
            "phone",
            ngettext(
                "%(num)d uitnodiging bleef zonder antwoord",
                "%(num)d uitnodigingen bleven zonder antwoord",
                silent,
            ),
            _("Een telefoontje werkt vaak beter dan nog een mail."),
            _("Bekijk"),
            url_for("invitations.open_invitations"),
        )
