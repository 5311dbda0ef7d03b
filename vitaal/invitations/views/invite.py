"""Inviting one person, with the letter to be seen first (screen 08b)."""

from typing import Any

from flask import flash, g, render_template, request
from flask_babel import format_date
from flask_babel import gettext as _

from vitaal.invitations import mails, partners
from vitaal.invitations.access import InvitationPermission
from vitaal.invitations.forms import AskForm, InviteForm, as_id
from vitaal.invitations.inviting import (
    AlreadyInvited,
    AlreadyMember,
    AskedToWait,
    BadAddress,
    Inviter,
    NotInvited,
    TooFarIn,
    TooMany,
    invite,
)
from vitaal.invitations.models import VALID_FOR, Invitation, JoinRequest, State
from vitaal.invitations.queries import inviter_of
from vitaal.invitations.views.blueprint import blueprint
from vitaal.kernel import clock, web
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.web import may, requires
from vitaal.workspaces.models import Circle, Partner, PartnerKind, Role


@blueprint.get("/w/<slug>/cirkels/uitnodigen", endpoint="invite")
@requires(InvitationPermission.INVITE)
def show_form() -> str:
    """The form; `?aanmelding=<id>` fills in who asked to join."""
    form = InviteForm(formdata=None, data=_asked_to_join())
    form.offer_partners(partners.all_partners())
    return _page(form)


@blueprint.post("/w/<slug>/cirkels/uitnodigen")
@requires(InvitationPermission.INVITE)
def send_invitation() -> Any:
    """Send the invitation, or show its letter first."""
    form = InviteForm()
    form.offer_partners(partners.all_partners())
    if not form.validate():
        return _page(form), 422
    inviter = inviter_of(g.member)
    if "letter" in request.form:
        return _page(form, letter=letter_of(form, inviter, form.name.data or "", form.email.data or ""))
    try:
        with db.session.begin_nested():
            invite(
                form.email.data or "",
                partner=partner_of(form, decided_by=g.member.name),
                circle=Circle(form.circle.data),
                roles=roles_of(form),
                inviter=inviter,
                name=form.name.data or "",
                message=form.message.data or "",
            )
    except NotInvited as why:
        (form.partner if isinstance(why, TooFarIn) else form.email).errors = [sentence_for(why)]
        return _page(form), 422
    web.promise()
    flash(_("De uitnodiging aan %(who)s is onderweg.", who=form.name.data or form.email.data), "good")
    return web.see_other("invitations.open_invitations")


def partner_of(form: AskForm, decided_by: str) -> Partner:
    """The partner that was chosen, or the new one, which takes its place in the circle of the invitation."""
    return form.chosen_partner or partners.welcome(
        form.new_partner.data or "",
        PartnerKind(form.kind.data),
        Circle(form.circle.data),
        is_formal=bool(form.is_formal.data),
        reason=_("Uitgenodigd"),
        decided_by=decided_by,
    )


def roles_of(form: AskForm) -> list[Role]:
    """The roles that were asked for, when this member may give any."""
    return [Role(role) for role in form.roles.data or ()] if may(InvitationPermission.GIVE_ROLES) else []


def letter_of(form: AskForm, inviter: Inviter, name: str, email: str) -> dict[str, Any]:
    """The letter as its receiver will see it; nothing is stored."""
    partner = form.chosen_partner or Partner(name=form.new_partner.data or "", kind=form.kind.data)
    draft = Invitation(
        id=new_id(),
        workspace_id=g.workspace.id,
        email=email,
        name=name,
        circle=form.circle.data,
        roles=[str(role) for role in roles_of(form)],
        message=form.message.data or "",
        inviter_name=inviter.name,
        inviter_organisation=inviter.organisation,
        expires_at=clock.now() + VALID_FOR,
    )
    return mails.contents(draft, g.workspace, partner)


def sentence_for(why: NotInvited) -> str:
    """Why an invitation can't be sent, and what can be done."""
    if isinstance(why, AskedToWait):
        month = format_date(why.until, "MMMM yyyy")
        waiting: str = _("Diegene zei ‘nu niet’ en wil vanaf %(month)s weer gevraagd worden.", month=month)
        return waiting
    sentences: dict[type[NotInvited], str] = {
        BadAddress: _(
            "Vul een e-mailadres in zoals naam@voorbeeld.nl. Kijk of er een @ en een punt in staan."
        ),
        AlreadyMember: _("Dit adres hoort bij iemand die al meedoet."),
        AlreadyInvited: _(
            "Naar dit adres is al een uitnodiging onderweg. In de lijst kun je die opnieuw sturen."
        ),
        TooFarIn: _(
            "Deze organisatie staat verder naar buiten. Kies de buitencirkel, of verplaats de organisatie eerst."
        ),
        TooMany: _(
            "Vandaag zijn er vanuit jullie plek al vijftig uitnodigingen verstuurd. Morgen kan het weer."
        ),
    }
    return sentences[type(why)]


def _asked_to_join() -> dict[str, Any]:
    request_id = as_id(request.args.get("aanmelding"))
    asked = here(JoinRequest, request_id) if request_id else None
    if asked is None or asked.state != State.OPEN or not may(InvitationPermission.ANSWER_REQUESTS):
        return {}
    partner = partners.partner_named(asked.organisation or asked.name)
    return {
        "name": asked.name,
        "email": asked.email,
        "partner": str(partner.id) if partner else "",
        "new_partner": "" if partner else asked.organisation or asked.name,
        "kind": PartnerKind.ORGANISATION if asked.organisation else PartnerKind.RESIDENT,
        "circle": Circle.OUTER,
    }


def _page(form: InviteForm, letter: dict[str, Any] | None = None) -> str:
    return render_template(
        "invitations/invite.html",
        form=form,
        letter=letter,
        may_give_roles=may(InvitationPermission.GIVE_ROLES),
    )
