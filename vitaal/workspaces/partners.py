"""What happens to a partner as a whole: it comes, it moves between the circles, it changes its name, it leaves."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces import circles, memberships
from vitaal.workspaces.history import tell
from vitaal.workspaces.models import Circle, CirclePeriod, Membership, Partner, PartnerKind


class NameTaken(ValueError):
    """Another partner of this workspace has this name."""


def welcome(
    name: str, kind: PartnerKind, circle: Circle, *, is_formal: bool, sector: str, reason: str, by: Membership
) -> Partner:
    """A new partner takes its place; in the free space it needs nobody with an account. Raises NameTaken."""
    why = circles.a_reason(reason)
    try:
        with db.session.begin_nested():
            partner = Partner.welcome(
                name, kind, circle, is_formal=is_formal, reason=why, decided_by=by.name, sector=sector
            )
    except IntegrityError:
        raise NameTaken(name) from None
    tell("welcomed", "partner", partner.name, by=by, object_id=partner.id, circle=Circle.OUTER, to=circle)
    return partner


def describe(
    partner: Partner, *, name: str, kind: PartnerKind, is_formal: bool, sector: str, by: Membership
) -> None:
    """Say better what a partner is and is called. Raises NameTaken."""
    before = partner.name
    try:
        with db.session.begin_nested():
            partner.name, partner.kind = name.strip(), kind
            partner.is_formal, partner.sector = is_formal, sector
            db.session.flush()
    except IntegrityError:
        raise NameTaken(name) from None
    if before != partner.name:
        tell(
            "renamed",
            "partner",
            partner.name,
            by=by,
            object_id=partner.id,
            circle=Circle.OUTER,
            before=before,
        )


def move(partner: Partner, circle: Circle, *, reason: str, by: Membership) -> Sequence[Membership]:
    """Let a partner stand in another circle from now on, and its members with it.

    Moving out takes all members at least as far out; into the free space their memberships end. Moving in
    leaves who stands further out on purpose where they are. Returns the members for whom something changed.
    Raises NoReason, NotHere, LastLead or NoLongerAllowed.
    """
    why = circles.a_reason(reason)
    partner = circles.hold_partner(partner.id)
    before = Circle(partner.circle)
    if before is circle:
        return []
    members = members_of(partner.id)
    if circle is Circle.FREE:
        memberships.hold_for_ending(members, by)
    limits = circles.limits_of(members, partner)
    for member in members:
        if limits[member.id] is not Circle.INNER:
            circles.write_down(member, partner)
    tell("moved", "partner", partner.name, by=by, object_id=partner.id, circle=Circle.OUTER, reason=why,
         before=before, to=circle)  # fmt: skip
    partner.move(circle, reason=why, decided_by=by.name)
    if circle is Circle.FREE:
        memberships.end_all(members, reason=why, by=by)
        return members
    return _go_along(members, limits, circle)


def leave(partner: Partner, *, reason: str, by: Membership) -> Sequence[Membership]:
    """A partner stops; the memberships of who represent it end. Returns those members. Raises as `move` does."""
    why = circles.a_reason(reason)
    partner = circles.hold_partner(partner.id)
    members = members_of(partner.id)
    memberships.hold_for_ending(members, by)
    tell("left", "partner", partner.name, by=by, object_id=partner.id, circle=Circle.OUTER, reason=why)
    CirclePeriod.close(partner.id)
    partner.left_at = clock.now()
    db.session.flush()
    memberships.end_all(members, reason=why, by=by)
    return members


def members_of(partner_id: UUID) -> Sequence[Membership]:
    """The live members of a partner whom the wall lets us see, by name, with the person behind them."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.partner_id == partner_id, Membership.left_at.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Membership.name, Membership.id)
    ).all()


def everyone() -> Sequence[Partner]:
    """All partners that take part now, by name."""
    return db.session.scalars(
        select(Partner).where(Partner.left_at.is_(None)).order_by(func.lower(Partner.name), Partner.id)
    ).all()


def members_by_partner() -> dict[UUID, list[Membership]]:
    """The live members whom the wall lets us see, by name, under the partner they represent."""
    members = db.session.scalars(
        select(Membership)
        .where(Membership.left_at.is_(None))
        .order_by(func.lower(Membership.name), Membership.id)
    )
    found: dict[UUID, list[Membership]] = {}
    for member in members:
        found.setdefault(member.partner_id, []).append(member)
    return found


def live_partner(partner_id: UUID) -> Partner | None:
    """The partner with this id that takes part now; None otherwise."""
    return db.session.scalar(select(Partner).where(Partner.id == partner_id, Partner.left_at.is_(None)))


def _go_along(members: Sequence[Membership], limits: dict[UUID, Circle], circle: Circle) -> list[Membership]:
    moved = []
    for member in members:
        place = circle.further_out(limits[member.id])
        if member.circle != place:
            member.circle = place
            moved.append(member)
    circles.reckon_mail_anew(moved)
    return moved
