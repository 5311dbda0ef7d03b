"""What pages and letters ask about signing: what waits for a partner, who signed what, and whom to remind."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, String, and_, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import aliased, contains_eager, joinedload

from vitaal.activity.models import Event
from vitaal.kernel.db import db
from vitaal.spelregels.models import RuleVersion, Signature, Spelregel
from vitaal.spelregels.rule_queries import HOLDS, TAKES_PART, same_rule, signed_as_it_is, signs_for
from vitaal.workspaces.models import Membership, Partner


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A rule that waits for a partner's signature, and the version that it signed before, if it did."""

    partner_id: UUID
    rule: Spelregel
    signed: RuleVersion | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of the rules that a partner signed as they hold now, when last and by whom."""

    partner: Partner
    signed: Sequence[int]
    last_at: datetime | None
    last_by: str | None


def partners_signed_for_by(member: Membership) -> Sequence[Partner]:
    """The partners for which a member can sign, their own first."""
    return db.session.scalars(
        select(Partner)
        .where(signs_for(member))
        .order_by(Partner.id != member.partner_id, func.lower(Partner.name))
    ).all()


def unsigned(member: Membership) -> Sequence[Unsigned]:
    """Every rule that waits for a partner for which a member can sign, in the order of the rules."""
    last_signed = (
        select(func.max(Signature.version))
        .where(same_rule(Signature), Signature.partner_id == Partner.id)
        .correlate(Spelregel, Partner)
        .scalar_subquery()
    )
    earlier = aliased(RuleVersion)
    asked = (
        select(Partner.id, Spelregel, earlier)
        .select_from(Partner)
        .join(Spelregel, Spelregel.workspace_id == Partner.workspace_id)
        .outerjoin(earlier, and_(same_rule(earlier), earlier.version == last_signed))
        .where(signs_for(member), HOLDS, ~signed_as_it_is())
        .options(joinedload(Spelregel.current))
        .order_by(Spelregel.number)
    )
    return [Unsigned(*row) for row in db.session.execute(asked)]


def texts_of(which: Collection[tuple[UUID, int]]) -> Mapping[UUID, RuleVersion]:
    """What stood in these versions of rules, by the id of the rule; those that never were are left out."""
    asked = select(RuleVersion).where(tuple_(RuleVersion.spelregel_id, RuleVersion.version).in_(which))
    return {version.spelregel_id: version for version in db.session.scalars(asked)}


def standings() -> Sequence[Standing]:
    """What every partner that takes part signed, by name."""
    newest_first = Signature.signed_at.desc()
    names = func.array_agg(aggregate_order_by(Signature.signed_by_name, newest_first), type_=ARRAY(String))
    numbers = func.array_agg(aggregate_order_by(Spelregel.number, Spelregel.number), type_=ARRAY(Integer))
    signed = (
        select(
            Signature.partner_id,
            numbers.label("numbers"),
            func.max(Signature.signed_at).label("last_at"),
            names[1].label("last_by"),
        )
        .join(Spelregel, and_(same_rule(Signature), Signature.version == Spelregel.version, HOLDS))
        .group_by(Signature.partner_id)
        .subquery()
    )
    asked = (
        select(Partner, signed.c.numbers, signed.c.last_at, signed.c.last_by)
        .outerjoin(signed, signed.c.partner_id == Partner.id)
        .where(TAKES_PART)
        .order_by(func.lower(Partner.name), Partner.id)
    )
    return [Standing(partner, numbers or (), *last) for partner, numbers, *last in db.session.execute(asked)]


def signatures_of(rule: Spelregel) -> Mapping[int, Sequence[Signature]]:
    """Who signed each version of a rule, by partner; also those that take part no more."""
    asked = (
        select(Signature)
        .join(Signature.partner)
        .where(Signature.spelregel_id == rule.id)
        .options(contains_eager(Signature.partner))
        .order_by(func.lower(Partner.name), Partner.id)
    )
    of_version = defaultdict(list)
    for signature in db.session.scalars(asked):
        of_version[signature.version].append(signature)
    return of_version


def partners_without(rule: Spelregel) -> Sequence[Partner]:
    """The partners that take part and did not sign the version of a rule that holds, by name."""
    signed = exists().where(
        Signature.workspace_id == Partner.workspace_id,
        Signature.spelregel_id == rule.id,
        Signature.version == rule.version,
        Signature.partner_id == Partner.id,
    )
    return db.session.scalars(
        select(Partner).where(TAKES_PART, ~signed).order_by(func.lower(Partner.name), Partner.id)
    ).all()


def whom_to_remind(by: Membership) -> Sequence[UUID]:
    """The other people who can sign something for a partner; for who has no account that is who helps them."""
    helper = aliased(Membership)
    waits = exists(
        select(Spelregel.id).where(
            Spelregel.workspace_id == Membership.workspace_id, HOLDS, ~signed_as_it_is()
        )
    )
    reader = func.coalesce(Membership.person_id, helper.person_id)
    return db.session.scalars(
        select(reader)
        .select_from(Membership)
        .join(Membership.partner)
        .outerjoin(
            helper,
            and_(
                helper.workspace_id == Membership.workspace_id,
                helper.id == Membership.helper_id,
                helper.left_at.is_(None),
            ),
        )
        .where(Membership.left_at.is_(None), TAKES_PART, waits, reader != by.person_id)
        .distinct()
    ).all()


def last_reminder() -> Event | None:
    """When who arranges last sent a reminder to sign, and who did."""
    return db.session.scalars(
        select(Event)
        .where(Event.verb == "reminded", Event.object_kind == "spelregels")
        .order_by(Event.happened_at.desc())
        .limit(1)
    ).one_or_none()
