"""How we speak of signing: which rules a partner signed and which not yet, and whether it says "I" or "we"."""

from collections.abc import Iterable, Sequence

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.spelregels.models import Signature
from vitaal.spelregels.signature_queries import Standing
from vitaal.spelregels.words import and_
from vitaal.workspaces.models import Membership, Partner, PartnerKind

I, WE, THEY = "i", "we", "they"  # noqa: E741


def listed(numbers: Iterable[int]) -> str:
    """Numbers of rules after one another, as people say them: 2, 3 en 6."""
    return and_([str(number) for number in sorted(numbers)])


def signed(standing: Standing, held: Sequence[int]) -> str:
    """Which of the rules that hold a partner signed as they are: alles, or regels 1 en 4."""
    if len(standing.signed) >= len(held):
        return str(_("alles"))
    rules = listed(standing.signed)
    return str(ngettext("regel %(rules)s", "regels %(rules)s", len(standing.signed), rules=rules))


def signed_and_not(standing: Standing, held: Sequence[int]) -> str:
    """The same, with the rules that it did not sign: regels 1 en 4; nog niet: 2 en 3."""
    missing = set(held) - set(standing.signed)
    if not standing.signed:
        return str(_("nog niets"))
    if not missing:
        return signed(standing, held)
    return str(_("%(signed)s; nog niet: %(missing)s", signed=signed(standing, held), missing=listed(missing)))


def signed_by(signatures: Sequence[Signature], reader: Membership) -> str:
    """The partners that signed a version, each with the day, and for who is inside with the name of who did so."""
    return and_([f"{one.partner.name} ({_who_and_when(one, reader)})" for one in signatures])


def person_of(partner: Partner, reader: Membership) -> str:
    """In which person a partner speaks on a page.

    A resident who reads it says "I", one whom the reader helps is spoken of, an organisation or a group says "we".
    """
    if partner.kind != PartnerKind.RESIDENT:
        return WE
    return I if partner.id == reader.partner_id else THEY


def _who_and_when(signature: Signature, reader: Membership) -> str:
    day = str(format_date(clock.day_of(signature.signed_at), "d MMMM y"))
    return f"{signature.signed_by_name}, {day}" if reader.is_inside else day
