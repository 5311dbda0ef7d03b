"""What happened lately in the first locality, so that there is something to find on Vandaag."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.demo.plan import DOMAIN, INNER, LEAD
from vitaal.demo.stock import FIRST_NAMES
from vitaal.invitations import joining
from vitaal.invitations.inviting import Inviter, invite
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people.models import person_with
from vitaal.workspaces import memberships, partners
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Reach, Workspace
from vitaal.workspaces.queries import this_workspace


def happen(workspace_id: UUID) -> None:
    """A newcomer in the free space, a move, a member by phone, an invitation, a request to join. Commits."""
    lead = person_with(LEAD)
    db.session.commit()
    assert lead
    with (
        clock.at(clock.now() - timedelta(days=1)),
        entering(db.session, person_id=lead.id, workspace_id=workspace_id),
    ):
        by = _member(lead.id)
        _partners_come_and_move(by)
        _someone_takes_part_by_phone(by)
        this_workspace().join_page_open = True
        db.session.commit()
    with entering(db.session, workspace_id=workspace_id):
        workspace = db.session.get_one(Workspace, workspace_id)
        joining.ask(
            workspace, name="Greet Pruim", email=f"greet.pruim@{DOMAIN}", organisation="Handwerkcafé De Steek",
            reason="Wij breien elke week met twintig buren en willen graag meedoen.", language="nl",
        )  # fmt: skip
        db.session.commit()


def _member(person_id: UUID) -> Membership:
    return db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.left_at.is_(None))
        .options(joinedload(Membership.partner))
    ).one()


def _partners_come_and_move(by: Membership) -> None:
    everyone = {partner.name: partner for partner in partners.everyone()}
    moving = next(partner for name, partner in everyone.items() if name.startswith("Repaircafé"))
    partners.move(moving, Circle.INNER, reason="Ze repareren nu elke week mee in het buurthuis.", by=by)
    fresh: Partner = partners.welcome(
        "Tuingroep Het Laantje", PartnerKind.INITIATIVE, Circle.OUTER, is_formal=False, sector="Groen",
        reason="Ze lazen over ons in de wijkkrant.", by=by,
    )  # fmt: skip
    invite(
        f"tuingroep@{DOMAIN}", partner=fresh, circle=Circle.OUTER, roles=[], inviter=Inviter.from_member(by),
        name=f"{FIRST_NAMES[1]} Korenaar", message="Leuk dat jullie ons vonden. Kijk rustig mee.",
    )  # fmt: skip


def _someone_takes_part_by_phone(by: Membership) -> None:
    helper = person_with(INNER)
    assert helper
    helping = _member(helper.id)
    memberships.welcome_helped(
        "Corrie Achterberg", helping.partner, reach=Reach.PHONE, contact="033 123 45 67", helper=helping,
        consented_on=clock.today() - timedelta(days=2), by=by,
    )  # fmt: skip
