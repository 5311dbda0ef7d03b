"""The agreement on one page: the rules that hold, which partner signed them, and who still can.

It is the group's own paper and reads the same for everyone who prints it, but for one thing: who may not know a member
sees that their partner signed, and on which day, without the name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels.models import Signature, Spelregel
from vitaal.spelregels.rule_queries import HOLDS, TAKES_PART, same_rule
from vitaal.spelregels.signing_words import listed
from vitaal.workspaces.models import Membership, Partner

TEMPLATE = Path(__file__).parent / "templates" / "spelregels/sheet.typ"


@dataclass(frozen=True, slots=True)
class Signed:
    """That someone signed a rule for a partner; without a name for who may not know them."""

    partner_id: UUID
    number: int
    by: str
    at: datetime


def contents() -> dict[str, Any]:
    """What the sheet says, as texts and numbers in lists, in the language of now. Three statements."""
    held = _rules_that_hold()
    numbers = [rule.number for rule in held]
    signed = defaultdict(list)
    for one in _signatures():
        signed[one.partner_id].append(one)
    return {
        "day": _day(clock.today()),
        "words": {
            "lead": _("Zo gaan we met elkaar om."),
            "none": _("Jullie hebben nog geen spelregels."),
            "who": _("Wie heeft getekend?"),
            "partner": _("Partner"),
            "signed": _("Naam, handtekening, dag"),
            "also": _("Teken je op papier? Teken daarna ook in Vitaal, dan telt het mee."),
        },
        "rules": [
            {
                "number": rule.number,
                "title": _one_line(rule.current.title),
                "example": _one_line(rule.current.example),
                "since": _since(rule),
            }
            for rule in held
        ],
        "partners": [
            {
                "name": _one_line(name),
                "signed": _who_signed(signed[partner_id]),
                "missing": _room_to_sign({one.number for one in signed[partner_id]}, numbers),
            }
            for partner_id, name in _partners()
        ],
    }


def _rules_that_hold() -> Sequence[Spelregel]:
    return db.session.scalars(
        select(Spelregel).where(HOLDS).options(joinedload(Spelregel.current)).order_by(Spelregel.number)
    ).all()


def _partners() -> Sequence[tuple[UUID, str]]:
    asked = select(Partner.id, Partner.name).where(TAKES_PART).order_by(func.lower(Partner.name), Partner.id)
    return [(partner_id, name) for partner_id, name in db.session.execute(asked)]


def _signatures() -> Iterable[Signed]:
    """Every signature under a rule as it holds now. The wall leaves out the members whom the asker may not know."""
    signer = and_(Membership.workspace_id == Signature.workspace_id, Membership.id == Signature.signed_by_id)
    asked = (
        select(
            Signature.partner_id,
            Spelregel.number,
            Signature.signed_by_name,
            Signature.signed_at,
            Membership.id.is_not(None),
        )
        .join(Spelregel, and_(same_rule(Signature), Signature.version == Spelregel.version, HOLDS))
        .outerjoin(Membership, signer)
        .order_by(Signature.signed_at, Spelregel.number)
    )
    for partner_id, number, name, signed_at, known in db.session.execute(asked):
        yield Signed(partner_id, number, _one_line(name) if known else "", signed_at)


def _who_signed(signed: Iterable[Signed]) -> list[str]:
    """Each person with the day on which they signed; which rules, when it took more than one time."""
    together: dict[tuple[str, date], list[int]] = defaultdict(list)
    for one in signed:
        together[one.by, clock.day_of(one.at)].append(one.number)
    lines = []
    for (by, day), of in together.items():
        who = ", ".join(filter(None, (by, _day(day))))
        lines.append(who if len(together) == 1 else ngettext(
            "%(who)s (regel %(rules)s)", "%(who)s (regels %(rules)s)", len(of), who=who, rules=listed(of)
        ))  # fmt: skip
    return lines


def _room_to_sign(signed: set[int], numbers: Sequence[int]) -> str:
    """What stands above the line on which a partner can still sign; nothing when it signed everything."""
    missing = [number for number in numbers if number not in signed]
    if not missing:
        return ""
    if not signed:
        return str(_("Teken hier"))
    asked = ngettext(
        "Teken hier voor regel %(rules)s",
        "Teken hier voor regels %(rules)s",
        len(missing),
        rules=listed(missing),
    )
    return str(asked)


def _since(rule: Spelregel) -> str:
    day = _day(clock.day_of(rule.current.adopted_at))
    if rule.version == 1:
        return str(_("Sinds %(day)s", day=day))
    return str(_("Sinds %(day)s, versie %(version)d", day=day, version=rule.version))


def _day(day: date) -> str:
    return str(format_date(day, "d MMMM y"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
