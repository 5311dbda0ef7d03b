"""A value for every variable that occurs in a URL; a new variable needs a line here."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from tests.architecture.agenda_samples import agenda_samples
from tests.architecture.report_samples import report_samples
from tests.architecture.spelregel_samples import spelregel_samples
from tests.cast import Cast, Place
from tests.reports.handing import a_handed_report
from vitaal.invitations.inviting import Inviter, invite
from vitaal.invitations.joining import ask
from vitaal.invitations.models import JoinRequest
from vitaal.kernel.db import db, here
from vitaal.kernel.tenancy import entering
from vitaal.workspaces.models import Circle, Partner
from vitaal.workspaces.queries import this_workspace


def sample(name: str, cast: Cast, place: Place, endpoint: str, actor: str | None) -> Any:
    """Something real of this place in the cast. Raises KeyError with advice for an unknown variable."""
    path = next(cast.app.url_map.iter_rules(endpoint)).rule
    makers = {
        "slug": lambda: place.slug,
        "municipality_slug": lambda: "amersfoort",
        "programme_slug": lambda: cast.programme_slug,
        "partner_id": lambda: next(iter(place.partners.values())),
        "member_id": lambda: next(iter(place.members.values())),
        "person_id": lambda: cast.people["Els" if "staff" in endpoint else "Farah"],
        "step": lambda: 1,
        "draft_id": lambda: a_draft(cast),
        "organisation_id": uuid4,
        "guest_id": uuid4,
        "session_id": uuid4,
        "invitation_id": lambda: an_invitation(cast, place),
        "request_id": lambda: a_request(cast, place),
        "secret": lambda: "a-secret-that-nobody-was-given",
        "colour": lambda: "14594b",
        "name": lambda: "0" * 32,
        "letter_id": uuid4,
        "file_type": lambda: "csv",
        "report_id": lambda: a_handed_report(cast, to_programme=endpoint.startswith("programme.")),
        "token": lambda: "a-secret-that-nobody-was-given",
        **agenda_samples(cast, place, path),
        **spelregel_samples(cast, place, path),
        **report_samples(cast, place, path),
    }
    if name not in makers:
        raise KeyError(f"Add a sample for <{name}> (route {endpoint}) to tests/architecture/samples.py.")
    return makers[name]()


def a_draft(cast: Cast) -> UUID:
    """A coalition that Farah has just begun to prepare."""
    answer = cast.client("Farah").post("/gemeente/amersfoort/nieuw")
    return UUID(answer.location.split("/")[-2])


def an_invitation(cast: Cast, place: Place) -> UUID:
    """One that this workspace's lead has just sent."""
    lead = next(iter(place.members))
    with cast.acting_as(lead, place):
        partner = here(Partner, place.partners[lead])
        assert partner
        inviter = Inviter(place.members[lead], cast.people[lead], lead, partner.name)
        email = f"{uuid4().hex}@example.nl"
        invitation = invite(email, partner=partner, circle=Circle.OUTER, roles=[], inviter=inviter)
        db.session.commit()
        return invitation.id


def a_request(cast: Cast, place: Place) -> UUID:
    """Someone has just asked this workspace whether they may join."""
    lead = next(iter(place.members))
    with cast.acting_as(lead, place):
        this_workspace().join_page_open = True
        db.session.commit()
    with cast.app.app_context(), entering(db.session, workspace_id=place.id):
        ask(
            this_workspace(), name="Greet", email=f"{uuid4().hex}@example.nl", organisation="", reason="Graag",
            language="nl",
        )  # fmt: skip
        db.session.commit()
    with cast.acting_as(lead, place):
        return db.session.scalars(select(JoinRequest.id).order_by(JoinRequest.id.desc())).first() or uuid4()
