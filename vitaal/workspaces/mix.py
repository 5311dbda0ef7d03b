"""Who stands where as a picture, who is missing, and how mixed the group is. Source: 4.2.2, the maximum mix."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from vitaal.method import circles as method
from vitaal.pages.pictures.circles import Kind, Mark, Ring, circles
from vitaal.pages.shell import initials
from vitaal.workspaces import words
from vitaal.workspaces.models import Circle, Partner, PartnerKind

SUGGESTIONS = 3
COVERED_BY_KIND = {PartnerKind.RESIDENT: "people-concerned", PartnerKind.INITIATIVE: "residents-initiative"}

ByCircle = Mapping[Circle, Sequence[Partner]]


@dataclass(frozen=True)
class Mix:
    """How many partners are formal, and how many informal or residents; and how many per field of work."""

    informal: int
    formal: int
    sectors: Sequence[tuple[str, int]]


def by_circle(partners: Sequence[Partner]) -> ByCircle:
    """The partners of each circle, from the middle outwards."""
    return {circle: [p for p in partners if p.circle == circle] for circle in Circle}


def mark_of(partner: Partner) -> Kind:
    """The shape that tells what a partner is."""
    if partner.kind == PartnerKind.RESIDENT:
        return Kind.RESIDENT
    return Kind.FORMAL if partner.is_formal else Kind.INFORMAL


def picture(standing: ByCircle, missing: int, place: str) -> Markup:
    """The circles with a mark per partner, and in the outer one an open mark per missing kind."""
    rings = [
        Ring(
            str(words.CIRCLES[circle]),
            [Mark(initials(p.name), mark_of(p)) for p in partners]
            + [Mark("?", Kind.MISSING)] * (missing if circle is Circle.OUTER else 0),
            is_free=circle is Circle.FREE,
        )
        for circle, partners in standing.items()
    ]
    return circles(rings, _("De cirkels van %(place)s", place=place), _described(standing))


def missing(partners: Sequence[Partner]) -> list[str]:
    """A few kinds of people that are not there yet, who are always needed first; a suggestion, never a rule."""
    present = {p.sector for p in partners if p.circle != Circle.FREE} | {
        COVERED_BY_KIND.get(PartnerKind(p.kind), "") for p in partners if p.circle != Circle.FREE
    }
    absent = [kind for kind in method.maximum_mix().kinds if kind.key not in present]
    absent.sort(key=lambda kind: not kind.is_needed)
    language = str(get_locale() or "nl")
    return [kind.text.in_(language) for kind in absent[:SUGGESTIONS]]


def mix_of(partners: Sequence[Partner]) -> Mix:
    """The mix of who takes part; the free space is left out."""
    return mix_among([p for p in partners if p.circle != Circle.FREE])


def mix_among(taking_part: Sequence[Partner]) -> Mix:
    """The mix of partners that take part, or did on some day."""
    formal = sum(1 for p in taking_part if mark_of(p) is Kind.FORMAL)
    counted = Counter(words.sector(p) for p in taking_part if p.sector)
    return Mix(len(taking_part) - formal, formal, counted.most_common())


def counted(standing: ByCircle) -> str:
    """How many partners stand in each circle, in words."""
    return " ".join(
        f"{words.CIRCLES[circle]}: {ngettext('%(num)d partner', '%(num)d partners', len(partners))}."
        for circle, partners in standing.items()
    )


def _described(standing: ByCircle) -> str:
    return f"{counted(standing)} {_('De lijst hieronder geeft dezelfde partners met hun namen.')}"
