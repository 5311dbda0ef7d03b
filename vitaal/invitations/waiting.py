"""What invitations let wait: who asks to join, and which of a member's invitations got no answer."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func, or_

from vitaal.invitations.access import InvitationPermission
from vitaal.invitations.models import Invitation, JoinRequest, State
from vitaal.kernel import clock
from vitaal.kernel.access import Asker, permits
from vitaal.post.bounces import is_held
from vitaal.post.models import Letter, LetterState
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line

_REQUEST, _BOUNCED, _SILENT = "request", "bounced", "silent"


def lines(member: Membership, workspace: Workspace) -> Iterable[Select[Any]]:
    """Each request to join, each invitation that did not arrive, and how many stayed without an answer."""
    asker = Asker(None, member, workspace)
    if permits(asker, InvitationPermission.ANSWER_REQUESTS):
        yield line(
            _REQUEST, since=JoinRequest.created_at, title=JoinRequest.organisation, name=JoinRequest.name
        ).where(JoinRequest.state == State.OPEN)
    if permits(asker, InvitationPermission.INVITE):
        yield from _unanswered(member, arranges=permits(asker, InvitationPermission.ANSWER_REQUESTS))


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it."""
    page = url("invitations.open_invitations")
    if waits.kind == _REQUEST:
        where_from = waits.title or _("Meldde zich aan voor de buitencirkel.")
        return Ask("hand-waving", _("%(name)s wil meedoen", name=waits.name), where_from, _("Bekijk"), page)
    if waits.kind == _BOUNCED:
        return Ask(
            "envelope-simple", _("De uitnodiging aan %(who)s kwam niet aan", who=waits.name),
            _("Klopt het adres niet? Trek de uitnodiging in en stuur een nieuwe."), _("Kijk het na"), page,
        )  # fmt: skip
    return Ask(
        "phone",
        ngettext(
            "%(num)d uitnodiging bleef zonder antwoord",
            "%(num)d uitnodigingen bleven zonder antwoord",
            waits.number or 0,
        ),
        _("Een telefoontje werkt vaak beter dan nog een mail."), _("Bekijk"), page,
    )  # fmt: skip


def _unanswered(member: Membership, *, arranges: bool) -> Iterable[Select[Any]]:
    """Those of a member that got no answer; who arranges also hears of every one that did not arrive."""
    mine = Invitation.invited_by_id == member.id, Invitation.state == State.OPEN
    was_refused = or_(func.coalesce(Letter.state == LetterState.REFUSED, False), is_held(Invitation.email))
    name = func.coalesce(func.nullif(Invitation.name, ""), Invitation.email)
    yield (
        line(_BOUNCED, since=Invitation.created_at, name=name)
        .outerjoin(Letter, Letter.id == Invitation.letter_id)
        .where(*mine[1 if arranges else 0 :], was_refused)
    )
    yield (
        line(_SILENT, since=func.min(Invitation.expires_at), number=func.count())
        .select_from(Invitation)
        .outerjoin(Letter, Letter.id == Invitation.letter_id)
        .where(*mine, Invitation.expires_at <= clock.now(), ~was_refused)
        .having(func.count() > 0)
    )
