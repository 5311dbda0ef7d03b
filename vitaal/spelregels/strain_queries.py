"""What pages and letters ask about strains. The wall leaves out those that the reader is not in."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from vitaal.kernel.db import db
from vitaal.spelregels.models import Spelregel, Strain, StrainPerson, StrainStage
from vitaal.workspaces.models import Membership


def strain_with(strain_id: UUID) -> Strain | None:
    """The strain with this id, its rule and who is in it; None where the reader may see none. Two statements."""
    return db.session.scalar(_strains().where(Strain.id == strain_id))


def strains_i_see() -> Sequence[Strain]:
    """Those that the reader is in and, inside, those for the group; what goes on first, then what is newest."""
    is_over = case((Strain.stage == StrainStage.CLOSED, 1), else_=0)
    return db.session.scalars(_strains().order_by(is_over, Strain.raised_on.desc(), Strain.id)).all()


def people_to_talk_with(member: Membership) -> Sequence[Membership]:
    """The other live members with an account whose names this member may see, with their partner, by name."""
    return db.session.scalars(
        select(Membership)
        .where(
            Membership.left_at.is_(None), Membership.person_id.is_not(None), Membership.id != member.id
        )
        .options(joinedload(Membership.partner))
        .order_by(func.lower(Membership.name))
    ).all()  # fmt: skip


def _strains() -> Select[Strain]:
    return select(Strain).options(
        joinedload(Strain.spelregel).joinedload(Spelregel.current),
        selectinload(Strain.people).joinedload(StrainPerson.member),
    )
