"""Where members stand: with their partner or further out, now and at any moment in the past.

A member's circle is the partner's, or further out: `circle = partner.circle.further_out(limit)`. The limit is
the member's own and changes only on purpose; `inner` means along with the partner. Source: 3.2.6, 4.2.2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.people.rhythm import reckon_anew
from vitaal.workspaces.history import tell
from vitaal.workspaces.models import Circle, CirclePeriod, Membership, Partner


class NoReason(ValueError):
    """A move without a reason; everyone may ask why someone stands where they stand."""


class FurtherIn(ValueError):
    """A member can't stand further in than the partner they represent."""


class NotHere(LookupError):
    """The partner or the member has left meanwhile, or stands in the free space."""


@dataclass(frozen=True)
class Standing:
    """Who stood in which circle at one moment, by id; who is not in it was not there."""

    partners: Mapping[UUID, Circle]
    members: Mapping[UUID, Circle]


def put(member: Membership, circle: Circle, *, reason: str, by: Membership) -> None:
    """Let a member stand in a circle of their own choice: the partner's, or further out.

    Raises NoReason, FurtherIn, or NotHere.
    """
    why = a_reason(reason)
    partner = hold_partner(member.partner_id)
    if circle is Circle.FREE or circle.distance < Circle(partner.circle).distance:
        raise FurtherIn(circle)
    if member.circle == circle:
        return
    limit = Circle.INNER if circle == partner.circle else circle
    begin_own_period(member, partner, limit, reason=why, decided_by=by.name)
    tell("moved", "membership", member.name, by=by, object_id=member.id, reason=why,
         before=member.circle, to=circle)  # fmt: skip
    member.circle = circle
    reckon_mail_anew([member])


def reckon_mail_anew(members: Iterable[Membership]) -> None:
    """Their mail comes as often as it fits where they stand now (rule D-16)."""
    db.session.flush()
    reckon_anew(member.person_id for member in members if member.person_id)


def a_reason(text: str) -> str:
    """The reason, tidied. Raises NoReason when there is none."""
    if not text.strip():
        raise NoReason("A move needs a reason.")
    return text.strip()


def hold_partner(partner_id: UUID) -> Partner:
    """The partner as it is now, kept from moving until this transaction ends. Raises NotHere when it left."""
    partner = db.session.scalar(
        select(Partner).where(Partner.id == partner_id, Partner.left_at.is_(None)).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if partner is None:
        raise NotHere(partner_id)
    return partner


def limits_of(members: Iterable[Membership], partner: Partner) -> dict[UUID, Circle]:
    """Each member's own limit, by id."""
    found = select(CirclePeriod.member_id, CirclePeriod.circle).where(
        CirclePeriod.partner_id == partner.id,
        CirclePeriod.member_id.is_not(None),
        CirclePeriod.to_at.is_(None),
    )
    stated = {member_id: Circle(circle) for member_id, circle in db.session.execute(found)}
    return {
        member.id: stated.get(member.id) or _limit_seen(member, Circle(partner.circle)) for member in members
    }


def write_down(member: Membership, partner: Partner) -> None:
    """Before anything changes: keep with which limit the member began, once."""
    if db.session.scalar(select(CirclePeriod.id).where(CirclePeriod.member_id == member.id).limit(1)):
        return
    db.session.add(
        CirclePeriod(
            partner_id=partner.id,
            member_id=member.id,
            circle=_limit_seen(member, Circle(partner.circle)),
            from_at=member.joined_at,
            reason=_("Zo begonnen"),
            decided_by=member.name,
        )
    )
    db.session.flush()


def begin_own_period(
    member: Membership, partner: Partner, limit: Circle, *, reason: str, decided_by: str,
    at_partner: Partner | None = None,
) -> None:  # fmt: skip
    """From now on the member has this limit, at this partner or at the next one."""
    write_down(member, partner)
    CirclePeriod.begin(
        (at_partner or partner).id, limit, reason=reason, decided_by=decided_by, member_id=member.id
    )


def history_of(partner: Partner) -> Sequence[CirclePeriod]:
    """The circles in which a partner stood, the latest first."""
    return db.session.scalars(
        select(CirclePeriod)
        .where(CirclePeriod.partner_id == partner.id, CirclePeriod.member_id.is_(None))
        .order_by(CirclePeriod.from_at.desc(), CirclePeriod.id.desc())
    ).all()


def own_history_of(member: Membership) -> Sequence[CirclePeriod]:
    """What was decided about this member's own place, the latest first."""
    return db.session.scalars(
        select(CirclePeriod)
        .where(CirclePeriod.member_id == member.id)
        .order_by(CirclePeriod.from_at.desc(), CirclePeriod.id.desc())
    ).all()


def circle_on(member: Membership, moment: datetime) -> Circle | None:
    """The circle in which a member stood at a moment, rebuilt from the periods; None when not a member then."""
    return _standing_of(member, _periods(), moment)


def standing_on(moment: datetime) -> Standing:
    """Everyone's circle at a moment, rebuilt from the periods; for who stands inside (others see less)."""
    periods = _periods()
    partners = {
        partner_id: Circle(period.circle)
        for (partner_id, _member), of_one in periods.items()
        if partner_id and (period := _running(of_one, moment))
    }
    members = {
        member.id: circle
        for member in db.session.scalars(select(Membership))
        if (circle := _standing_of(member, periods, moment))
    }
    return Standing(partners, members)


Periods = Mapping[tuple[UUID | None, UUID | None], Sequence[CirclePeriod]]


def _periods() -> Periods:
    """All periods in order, by (partner, None) and by (None, member)."""
    found: dict[tuple[UUID | None, UUID | None], list[CirclePeriod]] = {}
    in_order = select(CirclePeriod).order_by(CirclePeriod.from_at, CirclePeriod.id)
    for period in db.session.scalars(in_order):
        key = (None, period.member_id) if period.member_id else (period.partner_id, None)
        found.setdefault(key, []).append(period)
    return found


def _standing_of(member: Membership, periods: Periods, moment: datetime) -> Circle | None:
    if moment < member.joined_at or (member.left_at is not None and moment >= member.left_at):
        return None
    own = _running(periods.get((None, member.id), ()), moment)
    partner_id = own.partner_id if own else member.partner_id
    of_partner = periods.get((partner_id, None), ())
    running = _running(of_partner, moment)
    if running is None:
        return None
    return Circle(running.circle).further_out(
        Circle(own.circle) if own else _limit_at_end(member, of_partner)
    )


def _limit_at_end(member: Membership, of_partner: Sequence[CirclePeriod]) -> Circle:
    """The limit of who never got a period of their own: it shows in where they stand, or stood last."""
    end = member.left_at or clock.now()
    before = [period for period in of_partner if period.from_at < end] or of_partner
    return _limit_seen(member, Circle(before[-1].circle))


def _limit_seen(member: Membership, of_partner: Circle) -> Circle:
    circle = Circle(member.circle)
    return circle if circle.distance > of_partner.distance else Circle.INNER


def _running(periods: Sequence[CirclePeriod], moment: datetime) -> CirclePeriod | None:
    running = [p for p in periods if p.from_at <= moment and (p.to_at is None or moment < p.to_at)]
    return running[-1] if running else None
