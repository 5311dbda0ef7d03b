"""For whom someone is asked: a partner that stands here already, or a new one that takes its place."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Partner, PartnerKind


class UnknownPartner(ValueError):
    """No such partner here."""


def all_partners() -> Sequence[Partner]:
    """Every partner in the inner and the outer circle, by name. Who stands in the free space is not invited."""
    return db.session.scalars(
        select(Partner)
        .where(Partner.left_at.is_(None), Partner.circle != Circle.FREE)
        .order_by(func.lower(Partner.name))
    ).all()


def the_partner(partner_id: UUID) -> Partner:
    """The partner with this id. Raises UnknownPartner when it is not here, or left."""
    partner = here(Partner, partner_id)
    if partner is None or partner.left_at:
        raise UnknownPartner(partner_id)
    return partner


def partner_named(name: str) -> Partner | None:
    """The partner that is called this, however it is capitalised."""
    return db.session.scalar(
        select(Partner).where(func.lower(Partner.name) == func.lower(name.strip()), Partner.left_at.is_(None))
    )


def welcome(
    name: str, kind: PartnerKind, circle: Circle, *, is_formal: bool, reason: str, decided_by: str
) -> Partner:
    """The partner that is called this, or a new one in this circle."""
    return partner_named(name) or Partner.welcome(
        name,
        kind,
        circle,
        is_formal=is_formal and kind != PartnerKind.RESIDENT,
        reason=reason,
        decided_by=decided_by,
    )
