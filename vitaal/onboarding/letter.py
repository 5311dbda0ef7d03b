"""The invitation as it will be, shown before anyone gets it."""

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.invitations import mails
from vitaal.invitations.models import VALID_FOR, Invitation
from vitaal.kernel import clock
from vitaal.onboarding.founding import LANGUAGE
from vitaal.onboarding.plan import Invited, Plan, Town
from vitaal.onboarding.seats import Sort
from vitaal.people.models import Person
from vitaal.post.models import Letter
from vitaal.workspaces.models import Partner, Workspace


def organisation_of(municipality: Town) -> str:
    """On whose behalf an officer invites, in the language of the letters."""
    with force_locale(LANGUAGE):
        return str(_("Gemeente %(name)s", name=municipality.name))


def preview(plan: Plan, person: Invited, officer: Person, message: str) -> Letter:
    """The letter that this person will get; nothing is stored and its links lead nowhere."""
    organisation = person.organisation
    invitation = Invitation(
        email=person.email, name=person.name, circle=organisation.circle, roles=list(person.roles),
        message=message, inviter_name=officer.name, inviter_organisation=organisation_of(plan.municipality),
        sent_at=clock.now(), expires_at=clock.now() + VALID_FOR,
    )  # fmt: skip
    workspace = Workspace(
        name=plan.place.name.data, challenge=plan.place.challenge.data, area=plan.place.area.data or "",
        phone="", description="", slug="", theme_colour=None,
    )  # fmt: skip
    partner = Partner(name=organisation.name, kind=Sort(organisation.sort).kind, circle=organisation.circle)
    return mails.invitation(invitation, workspace, partner, "alleen-voor-jou", LANGUAGE)
