"""What pages and letters ask about strains. The wall leaves out those that the reader is not in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, case, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels.models import Part, RuleVersion, Spelregel, Strain, StrainPerson, StrainStage
from vitaal.workspaces.models import Membership


@dataclass(frozen=True, slots=True)
class AskingStrain:
    """A strain that asks something of a member: to talk, or to look at what was agreed (`is_to_check`).

    `rule` is the title of the rule, empty for something else. `on` is the day since which it asks: that on which it
    was brought up, or that on which it is looked at. `is_for_all` is one that the group talks about.
    """

    strain_id: UUID
    rule: str
    is_for_all: bool
    is_to_check: bool
    on: date


def strain_with(strain_id: UUID) -> Strain | None:
    """The strain with this id, its rule and who is in it; None where the reader may see none. Two statements."""
    return db.session.scalar(_strains().where(Strain.id == strain_id))


def strains_i_see() -> Sequence[Strain]:
    """Those that the reader is in and, inside, those for the group; what goes on first, then what is newest."""
    is_over = case((Strain.stage == StrainStage.CLOSED, 1), else_=0)
    return db.session.scalars(_strains().order_by(is_over, Strain.raised_on.desc(), Strain.id)).all()


def asking(member: Membership) -> list[AskingStrain]:
    """The strains that ask something of this member, whose own context it is; the oldest first. One statement.

    To talk: those that someone shared with them and that nobody talked about yet. To look at: what was agreed where
    they are in it, from the chosen day on. Of those for the group, both are asked of who arranges.
    """
    mine = and_(StrainPerson.strain_id == Strain.id, StrainPerson.member_id == member.id)
    arranges = and_(Strain.is_for_all, StrainPerson.part.is_(None)) if member.arranges else false()
    shared = or_(StrainPerson.part.in_([Part.OTHER, Part.GUIDE]), arranges)
    concerns = or_(StrainPerson.part.is_not(None), arranges)
    rows = db.session.execute(
        select(Strain.id, Strain.stage, Strain.is_for_all, Strain.raised_on, Strain.check_on, RuleVersion.title)
        .outerjoin(StrainPerson, mine)
        .outerjoin(Strain.spelregel)
        .outerjoin(Spelregel.current)
        .where(
            or_(
                and_(Strain.stage == StrainStage.RAISED, shared),
                and_(Strain.stage == StrainStage.AGREED, Strain.check_on <= clock.today(), concerns),
            )
        )
    )  # fmt: skip
    found = [
        AskingStrain(
            strain_id=row.id, rule=row.title or "", is_for_all=row.is_for_all,
            is_to_check=row.stage == StrainStage.AGREED,
            on=row.check_on if row.stage == StrainStage.AGREED else row.raised_on,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.on, one.strain_id))


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
