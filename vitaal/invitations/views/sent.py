"""The invitations that were sent, what became of them, and who asks to join."""

from typing import Any
from uuid import UUID

from flask import flash, g, render_template, request
from flask_babel import gettext as _

from vitaal.activity.models import record
from vitaal.invitations import joining, queries
from vitaal.invitations.access import InvitationPermission
from vitaal.invitations.forms import RefusalForm, as_id
from vitaal.invitations.inviting import MOST_SENDINGS, NotOpen, SentTooOften, send_again, withdraw
from vitaal.invitations.models import Invitation, JoinRequest
from vitaal.invitations.views.blueprint import blueprint
from vitaal.kernel import web
from vitaal.kernel.db import here
from vitaal.kernel.web import may, requires


def the_invitation(invitation_id: UUID) -> Invitation | None:
    """The invitation that a page is about."""
    return here(Invitation, invitation_id)


def the_request(request_id: UUID) -> JoinRequest | None:
    """The request to join that a page is about."""
    return here(JoinRequest, request_id)


@blueprint.get("/w/<slug>/uitnodigingen")
@requires(InvitationPermission.INVITE)
def open_invitations() -> str:
    """Every invitation with its state, the newest first, and above them who asks to join."""
    before = as_id(request.args.get("voor"))
    may_answer = may(InvitationPermission.ANSWER_REQUESTS)
    return render_template(
        "invitations/sent.html",
        page=queries.page_of_invitations(before),
        is_first_page=before is None,
        requests=queries.open_requests() if may_answer and not before else (),
        most_sendings=MOST_SENDINGS,
    )


@blueprint.post("/w/<slug>/uitnodigingen/<uuid:invitation_id>/opnieuw")
@requires(InvitationPermission.INVITE, on=the_invitation)
def resend(invitation: Invitation) -> Any:
    """Send it again, in the name of who clicks; the link in the earlier letter dies."""
    who = invitation.name or invitation.email
    try:
        send_again(invitation, queries.inviter_of(g.member))
    except SentTooOften:
        flash(_("%(who)s kreeg al drie brieven. Bel liever even.", who=who), "sun")
    except NotOpen:
        flash(_("Deze uitnodiging is al beantwoord of ingetrokken."), "sun")
    else:
        web.promise()
        record(
            "invited_again",
            "invitation",
            invitation.name or _("iemand"),
            by=g.member,
            object_id=invitation.id,
        )
        flash(
            _("De uitnodiging aan %(who)s is opnieuw onderweg. De vorige link werkt niet meer.", who=who),
            "good",
        )
    return web.see_other("invitations.open_invitations")


@blueprint.post("/w/<slug>/uitnodigingen/<uuid:invitation_id>/intrekken")
@requires(InvitationPermission.INVITE, on=the_invitation)
def take_back(invitation: Invitation) -> Any:
    """Withdraw it; who opens the link reads that it was withdrawn."""
    try:
        withdraw(invitation)
    except NotOpen:
        flash(_("Deze uitnodiging is al beantwoord."), "sun")
    else:
        record("withdrew", "invitation", invitation.name or _("iemand"), by=g.member, object_id=invitation.id)
        flash(
            _("De uitnodiging aan %(who)s is ingetrokken.", who=invitation.name or invitation.email), "good"
        )
    return web.see_other("invitations.open_invitations")


@blueprint.get("/w/<slug>/aanmeldingen/<uuid:request_id>/nee")
@requires(InvitationPermission.ANSWER_REQUESTS, on=the_request)
def consider_refusal(request: JoinRequest) -> str:
    """Where a no gets its words."""
    return render_template("invitations/refuse.html", form=RefusalForm(), asked=request)


@blueprint.post("/w/<slug>/aanmeldingen/<uuid:request_id>/nee")
@requires(InvitationPermission.ANSWER_REQUESTS, on=the_request)
def refuse(request: JoinRequest) -> Any:
    """Say no, in a letter with those words."""
    form = RefusalForm()
    if not form.validate():
        return render_template("invitations/refuse.html", form=form, asked=request), 422
    joining.decline(request, form.answer.data or "", g.member)
    flash(_("Je antwoord aan %(name)s is onderweg.", name=request.name), "good")
    return web.see_other("invitations.open_invitations")
