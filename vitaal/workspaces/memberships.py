"""Who is a member, with which roles, through whose hands, and how that ends.

There is always someone who leads: the last lead can't be removed, and can't leave. Two leads who do it to each
other at the same moment wait for one another, and the second is refused. Nobody changes their own roles.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.workspaces import circles
from vitaal.workspaces.circles import NotHere
from vitaal.workspaces.history import tell
from vitaal.workspaces.models import Circle, Membership, Partner, Reach, Role


class LastLead(RuntimeError):
    """Nobody would lead any more; first give someone else the role."""


class NoLongerAllowed(RuntimeError):
    """Who asks lost the right to it while they were asking."""


class OwnRoles(RuntimeError):
    """Nobody changes their own roles."""


class NeedsAccount(ValueError):
    """To lead, to facilitate or to help others, someone needs an account of their own."""


class Hands(TypedDict):
    """Who acts, and through whose hands: pass it on to `tell` or `record`, so that both names are kept."""

    by: Membership
    helped_by: Membership | None


def acting_for(member: Membership, actor: Membership) -> Hands:
    """Whose deed it is when `actor` enters something for `member`: always the member's.

    Raises NoLongerAllowed when the actor is neither the member nor their helper.
    """
    if actor.id == member.id:
        return Hands(by=member, helped_by=None)
    if member.helper_id != actor.id:
        raise NoLongerAllowed("Only the named helper acts for a member.")
    return Hands(by=member, helped_by=actor)


def welcome_helped(
    name: str, partner: Partner, *, reach: Reach, contact: str, helper: Membership, consented_on: date,
    by: Membership, circle: Circle = Circle.INNER,
) -> Membership:  # fmt: skip
    """A member without an account, who takes part by post or phone through a named helper.

    They stand with the partner, or further out when `circle` says so. `consented_on` is the day on which they
    agreed to the help. Raises NotHere when the partner stands outside the circles, NeedsAccount when the helper
    has no account.
    """
    _needs_account(helper)
    partner = circles.hold_partner(partner.id)
    if partner.circle == Circle.FREE:
        raise NotHere(partner.id)
    member = Membership(
        id=new_id(),
        partner_id=partner.id,
        name=name.strip(),
        circle=Circle(partner.circle).further_out(circle),
        reach=reach,
        contact=contact.strip(),
        helper_id=helper.id,
        consented_on=consented_on,
    )
    db.session.add(member)
    db.session.flush()
    tell("welcomed", "membership", member.name, by=by, object_id=member.id, helper=helper.name,
         partner=partner.name)  # fmt: skip
    return member


def change_helper(member: Membership, helper: Membership, *, by: Membership) -> None:
    """Let another member help from now on. Raises NeedsAccount when that member has no account."""
    _needs_account(helper)
    if member.helper_id == helper.id:
        return
    member.helper_id = helper.id
    tell("changed_helper", "membership", member.name, by=by, object_id=member.id, helper=helper.name)
    db.session.flush()


def give_roles(member: Membership, roles: Iterable[Role], *, by: Membership) -> None:
    """Let a member have exactly these roles. Raises OwnRoles, LastLead, NeedsAccount, NoLongerAllowed, NotHere."""
    if member.id == by.id:
        raise OwnRoles(member.id)
    wanted = [role for role in Role if role in set(roles)]
    if member.person_id is None and set(wanted) & {Role.LEAD, Role.FACILITATOR}:
        raise NeedsAccount(member.id)
    held = _hold(member.id, by.id)
    _still_arranges(held, by)
    if member.id not in held:
        raise NotHere(member.id)
    before = list(member.roles)
    if before == wanted:
        return
    if Role.LEAD not in wanted:
        refuse_without_lead(held, [member])
    member.roles = [str(role) for role in wanted]
    tell(
        "gave_roles", "membership", member.name, by=by, object_id=member.id, before=before, after=member.roles
    )
    circles.reckon_mail_anew([member])


def change_partner(member: Membership, partner: Partner, *, reason: str, by: Membership) -> None:
    """Let a member represent another partner; who stood further out on purpose keeps doing so.

    Raises NoReason, or NotHere when either partner left or the new one stands in the free space.
    """
    why = circles.a_reason(reason)
    if partner.id == member.partner_id:
        return
    held = {i: circles.hold_partner(i) for i in sorted((member.partner_id, partner.id))}
    old, new = held[member.partner_id], held[partner.id]
    if new.circle == Circle.FREE:
        raise NotHere(new.id)
    limit = circles.limits_of([member], old)[member.id]
    circles.begin_own_period(member, old, limit, reason=why, decided_by=by.name, at_partner=new)
    tell("changed_partner", "membership", member.name, by=by, object_id=member.id, reason=why,
         before=old.name, to=new.name)  # fmt: skip
    member.partner_id = new.id
    member.circle = Circle(new.circle).further_out(limit)
    circles.reckon_mail_anew([member])


def leave(member: Membership, *, actor: Membership) -> None:
    """Stop as a member, oneself or through the helper. Raises LastLead, NoLongerAllowed, NotHere."""
    hands = acting_for(member, actor)
    held = _hold(member.id, actor.id)
    if member.id not in held or actor.id not in held:
        raise NotHere(member.id)
    refuse_without_lead(held, [member])
    tell("left", "membership", member.name, object_id=member.id, **hands)
    _stop(member)


def end(member: Membership, *, reason: str, by: Membership) -> None:
    """End someone's membership, with a reason. Raises NoReason, LastLead, NoLongerAllowed, NotHere."""
    why = circles.a_reason(reason)
    end_all([member], reason=why, by=by)


def end_all(members: Sequence[Membership], *, reason: str, by: Membership) -> None:
    """End these memberships, one's own last: after that nothing can be written. Raises as `end` does."""
    held = hold_for_ending(members, by)
    for member in sorted(members, key=lambda m: m.id == by.id):
        if member.id in held:
            tell("ended", "membership", member.name, by=by, object_id=member.id, reason=reason)
            _stop(member)


def hold_for_ending(members: Sequence[Membership], by: Membership) -> Mapping[UUID, Membership]:
    """Keep these members and all leads as they are, when someone who leads would remain (see `end`)."""
    held = _hold(*(member.id for member in members), by.id)
    _still_arranges(held, by)
    refuse_without_lead(held, members)
    return held


def refuse_without_lead(held: Mapping[UUID, Membership], members: Iterable[Membership]) -> None:
    """Raise LastLead when these members are all who lead."""
    leads = {member.id for member in held.values() if Role.LEAD in member.roles}
    if leads and not leads - {member.id for member in members}:
        raise LastLead


def _hold(*member_ids: UUID) -> dict[UUID, Membership]:
    """These live members and all leads, as they are now, kept from changing until this transaction ends.

    Locks are taken in one order, so that two who do this at once never wait for each other forever. A member
    who doesn't arrange holds only their own row: the wall keeps the others from them.
    """
    members = db.session.scalars(
        select(Membership)
        .where(
            Membership.left_at.is_(None),
            or_(Membership.id.in_(member_ids), Membership.roles.contains([Role.LEAD])),
        )
        .order_by(Membership.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    )
    return {member.id: member for member in members}


def _still_arranges(held: Mapping[UUID, Membership], by: Membership) -> None:
    if by.id not in held or not held[by.id].arranges:
        raise NoLongerAllowed(by.id)


def _needs_account(member: Membership) -> None:
    if member.person_id is None or member.left_at is not None:
        raise NeedsAccount(member.id)


def _stop(member: Membership) -> None:
    member.left_at = clock.now()
    circles.reckon_mail_anew([member])


def live_member(member_id: UUID) -> Membership | None:
    """The live member with this id whom the wall lets us see, with their partner; None otherwise."""
    return db.session.scalar(
        select(Membership)
        .where(Membership.id == member_id, Membership.left_at.is_(None))
        .options(joinedload(Membership.partner))
    )


def still_here(member_id: UUID) -> Membership:
    """The same, for who was just chosen from a list. Raises NotHere when they left meanwhile."""
    member = live_member(member_id)
    if member is None:
        raise NotHere(member_id)
    return member
