"""The letters about invitations and about asking to join (rules D-28, D-29, D-38 and D-41)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.invitations import words
from vitaal.invitations.models import Invitation, JoinRequest
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces.models import Partner, PartnerKind, Workspace

_FOLDER = "invitations/mail"


def invitation(
    invitation: Invitation, workspace: Workspace, partner: Partner, secret: str, language: str
) -> Letter:
    """The invitation itself: who asks, why you, what you will see and do, how long, whom to phone, and no."""
    return _invitation("invitation", invitation, workspace, partner, secret, language)


def reminder(
    invitation: Invitation, workspace: Workspace, partner: Partner, secret: str, language: str
) -> Letter:
    """The same question once more, shorter and without pressure."""
    return _invitation("reminder", invitation, workspace, partner, secret, language)


def silence(reader: Person, workspace: Workspace, silent: Sequence[Invitation]) -> Letter:
    """To an inviter, on day 15: who did not answer, and what may help."""
    with force_locale(reader.language):
        subject = _("Wie nog niet antwoordde op je uitnodiging voor %(workspace)s", workspace=workspace.name)
    return compose(
        "invitation.silence",
        reader.email,
        subject=subject,
        template=f"{_FOLDER}/silence",
        language=reader.language,
        assurance=Assurance.AT_MOST_ONCE,
        sender_name=workspace.name,
        workspace=workspace,
        silent=silent,
        list_url=address_of("invitations.open_invitations", slug=workspace.slug),
    )


def ask_again(reader: Person, workspace: Workspace, invitation: Invitation) -> Letter:
    """To the inviter, or to who arranges: this link had expired, and its holder asks for a new one."""
    with force_locale(reader.language):
        subject = _(
            "Er wordt om een nieuwe uitnodiging gevraagd voor %(workspace)s", workspace=workspace.name
        )
    return compose(
        "invitation.ask_again",
        reader.email,
        subject=subject,
        template=f"{_FOLDER}/ask_again",
        language=reader.language,
        assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name,
        workspace=workspace,
        invitation=invitation,
        list_url=address_of("invitations.open_invitations", slug=workspace.slug),
    )


def request_received(request: JoinRequest, workspace: Workspace, language: str) -> Letter:
    """To who asked to join: we got it, and someone will answer."""
    with force_locale(language):
        subject = _("Je aanmelding voor %(workspace)s is binnen", workspace=workspace.name)
    return compose(
        "join_request.received",
        request.email,
        subject=subject,
        template=f"{_FOLDER}/request_received",
        language=language,
        assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name,
        workspace=workspace,
        request=request,
        phone=workspace.phone,
    )


def request_made(reader: Person, workspace: Workspace, request: JoinRequest) -> Letter:
    """To who arranges: someone asks to join."""
    with force_locale(reader.language):
        subject = _("%(name)s wil meedoen met %(workspace)s", name=request.name, workspace=workspace.name)
    return compose(
        "join_request.made",
        reader.email,
        subject=subject,
        template=f"{_FOLDER}/request_made",
        language=reader.language,
        assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name,
        workspace=workspace,
        request=request,
        list_url=address_of("invitations.open_invitations", slug=workspace.slug),
    )


def request_declined(request: JoinRequest, workspace: Workspace, by: str, language: str) -> Letter:
    """To who asked to join: not now, in the words of who decided."""
    with force_locale(language):
        subject = _("Antwoord op je aanmelding voor %(workspace)s", workspace=workspace.name)
    return compose(
        "join_request.declined",
        request.email,
        subject=subject,
        template=f"{_FOLDER}/request_declined",
        language=language,
        assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name,
        workspace=workspace,
        request=request,
        by=by,
        phone=workspace.phone,
    )


def contents(invitation: Invitation, workspace: Workspace, partner: Partner) -> dict[str, Any]:
    """What the letter says, in the language in force; the preview on screen says exactly the same."""
    return {
        "workspace": workspace,
        "partner": partner,
        "is_resident": partner.kind == PartnerKind.RESIDENT,
        "invitation": invitation,
        "first_name": first_name(invitation.name),
        "circle": words.circle_words(invitation.circle_with(partner)),
        "roles": words.roles_words(invitation.roles),
        "valid_until": clock.day_of(invitation.expires_at),
        "phone": workspace.phone,
    }


def first_name(name: str) -> str:
    """How a letter addresses someone: the first word of their name, or nothing."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def _invitation(
    template: str, invitation: Invitation, workspace: Workspace, partner: Partner, secret: str, language: str
) -> Letter:
    with force_locale(language):
        subject = _(
            "%(name)s vraagt je mee te doen met %(workspace)s",
            name=invitation.inviter_name,
            workspace=workspace.name,
        )
        said = contents(invitation, workspace, partner)
    return compose(
        template,
        invitation.email,
        subject=subject,
        template=f"{_FOLDER}/{template}",
        language=language,
        assurance=Assurance.AT_LEAST_ONCE,
        give_up_at=invitation.expires_at,
        sender_name=workspace.name,
        link=address_of("invitations.show_invitation", token=secret),
        no_link=address_of("invitations.consider_declining", token=secret),
        **said,
    )
