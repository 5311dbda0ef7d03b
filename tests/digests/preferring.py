"""Someone takes part in one more place, so that they have something to choose between."""

from tests.cast import AMERSFOORT, Cast, Place
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import entering
from vitaal.workspaces import founding
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Role


def takes_part_in(cast: Cast, who: str, name: str, circle: Circle = Circle.INNER) -> Place:
    """Someone founds one more workspace, and takes part in it."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        workspace = founding.begin(
            cast.people["Farah"], name=name, kind="coalition", route="learning-by-doing", form="network",
            municipalities=[AMERSFOORT], challenge="Buren kennen elkaar niet.",
        )  # fmt: skip
        partner = Partner.welcome(
            "Buurthuis",
            PartnerKind.ORGANISATION,
            circle,
            is_formal=True,
            reason="Vanaf de start",
            decided_by="Farah",
        )
        member = Membership(
            id=new_id(),
            person_id=cast.people[who],
            partner_id=partner.id,
            name=who,
            circle=circle,
            roles=[Role.LEAD],
        )
        db.session.add(member)
        founding.finish(workspace)
        db.session.commit()
        return Place(workspace.id, workspace.slug, {who: member.id}, {who: partner.id})
