"""Signing rules for a partner, each in exactly one version, and reminding who did not.

A signature is never carried over to another version: who changes a rule asks everyone anew. Who signs while the next
version is adopted has signed the one that held, or is told that it changed (the wall's `holds_version`).
"""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity.models import Event, record
from vitaal.kernel import clock, web
from vitaal.kernel.db import db, new_id, take_turn
from vitaal.kernel.promises import promise_each
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.spelregels.models import RuleVersion, Signature
from vitaal.spelregels.signature_queries import last_reminder, whom_to_remind
from vitaal.workspaces.models import Circle, Membership, Partner

REMIND = "spelregels.remind_to_sign"
BETWEEN_REMINDERS = timedelta(days=3)


class Exactly(NamedTuple):
    """A rule in one version."""

    rule_id: UUID
    version: int


class NoLongerHolds(RuntimeError):
    """Some of these versions do not hold any more: the rule changed, or it ended. Nothing was signed."""

    def __init__(self, which: AbstractSet[Exactly]) -> None:
        super().__init__(which)
        self.which = which


class TooSoon(RuntimeError):
    """A reminder was sent not long ago."""


def sign(partner: Partner, wanted: AbstractSet[Exactly], *, by: Membership) -> int:
    """Sign these versions for a partner; returns how many of them it had not signed yet.

    The database refuses a partner that the member does not speak for. Raises NoLongerHolds.
    """
    held = _hold(wanted)
    if wanted - held.keys():
        raise NoLongerHolds(wanted - held.keys())
    row = {"partner_id": partner.id, "signed_by_id": by.id, "signed_by_name": by.name}
    signatures = [
        {"workspace_id": the_workspace_id(), "spelregel_id": rule_id, "version": version, **row}
        for rule_id, version in sorted(wanted)
    ]
    fresh = db.session.scalars(
        insert(Signature).on_conflict_do_nothing().returning(Signature.spelregel_id), signatures
    ).all()
    titles = [held[one] for one in wanted if one.rule_id in set(fresh)]
    if titles:
        _tell(partner, titles, by)
    return len(titles)


def remind(*, by: Membership) -> int:
    """Ask everyone else who can sign something to do so; returns how many people get a letter. Raises TooSoon.

    Two who do this at once send one letter to each.
    """
    take_turn(f"remind to sign {the_workspace_id()}")
    if not may_remind_again(last_reminder()):
        raise TooSoon
    people = whom_to_remind(by)
    if people:
        promise_each(REMIND, new_id(), people, due_at=clock.now())
        web.promise()
        record("reminded", "spelregels", "", by=by, number=len(people))
    return len(people)


def remindable_from(last: Event) -> date:
    """The first day on which a reminder may be sent after this one."""
    return clock.day_of(last.happened_at) + BETWEEN_REMINDERS


def may_remind_again(last: Event | None) -> bool:
    """Whether the last reminder is long enough ago."""
    return last is None or remindable_from(last) <= clock.today()


def _hold(wanted: AbstractSet[Exactly]) -> dict[Exactly, str]:
    """The titles of those that hold; they go on to hold until this transaction ends."""
    asked = select(RuleVersion.spelregel_id, RuleVersion.version, RuleVersion.title).where(
        tuple_(RuleVersion.spelregel_id, RuleVersion.version).in_(sorted(wanted)),
        func.wall.holds_version(RuleVersion.spelregel_id, RuleVersion.version),
    )
    return {Exactly(rule_id, version): title for rule_id, version, title in db.session.execute(asked)}


def _tell(partner: Partner, titles: list[str], by: Membership) -> None:
    """The partner signed; who did so for it is named only where everyone may know their name."""
    about: dict[str, Any] = {"by": by if by.is_inside else partner.name, "circle": Circle.OUTER}
    if len(titles) == 1:
        record("signed", "spelregel", titles[0], partner=partner.name, **about)
    else:
        record("signed", "spelregels", partner.name, number=len(titles), **about)
