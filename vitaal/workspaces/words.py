"""The words for circles, roles and kinds of partners, as people read them."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.method import circles as method
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Reach, Role

CIRCLES = {
    Circle.INNER: _l("Binnencirkel"),
    Circle.OUTER: _l("Buitencirkel"),
    Circle.FREE: _l("Vrije ruimte"),
}
CIRCLE_LINES = {
    Circle.INNER: _l("Draagt het samen, beslist mee"),
    Circle.OUTER: _l("Haakt aan als het past"),
    Circle.FREE: _l("We weten van elkaar, en later misschien meer"),
}
CIRCLES_IN_TEXT = {
    Circle.INNER: _l("de binnencirkel"),
    Circle.OUTER: _l("de buitencirkel"),
    Circle.FREE: _l("de vrije ruimte"),
}
ROLES = {
    Role.LEAD: _l("trekker"),
    Role.FACILITATOR: _l("procesbegeleider"),
    Role.LIAISON: _l("verbindingsofficier"),
}
ROLE_LINES = {
    Role.LEAD: _l("Zet dingen in gang, brengt mensen bij elkaar en regelt wie waar staat."),
    Role.FACILITATOR: _l("Leidt gesprekken, let op de sfeer en regelt mee."),
    Role.LIAISON: _l("Zit aan twee tafels en vertaalt: van de straat naar het bestuur en terug."),
}
KINDS = {
    PartnerKind.ORGANISATION: _l("organisatie"),
    PartnerKind.INITIATIVE: _l("initiatief"),
    PartnerKind.RESIDENT: _l("bewoner"),
}
REACHES = {Reach.POST: _l("per post"), Reach.PHONE: _l("per telefoon")}


def formality(partner: Partner) -> str:
    """What the partner's mark says: bewoner, formeel or informeel."""
    if partner.kind == PartnerKind.RESIDENT:
        return str(_BEWONER)
    return str(_FORMAL if partner.is_formal else _INFORMAL)


def sector(partner: Partner) -> str:
    """The partner's field of work in one or two words; as it was typed when the method doesn't know it."""
    known = {kind.key: kind for kind in method.maximum_mix().kinds}.get(partner.sector)
    return known.text.in_(_language()).split(":")[0] if known else partner.sector


def sectors() -> list[tuple[str, str]]:
    """The kinds of people and organisations of the method, to choose from."""
    return [(kind.key, kind.text.in_(_language())) for kind in method.maximum_mix().kinds]


def in_product(circle: Circle) -> str:
    """What someone in this circle sees and can do (method: circles.yaml)."""
    return method.circle(circle.value).in_product.in_(_language())


def roles_line(member: Membership, partner: Partner | None = None) -> str:
    """What a member does for the group, and where they stand when that is not with their partner."""
    parts = [str(ROLES[Role(role)]) for role in member.roles]
    if partner is not None and member.circle != partner.circle:
        parts.append(_("in de buitencirkel"))
    if member.reach != Reach.ACCOUNT:
        parts.append(_("doet mee %(how)s", how=REACHES[Reach(member.reach)]))
    return ", ".join(parts)


def _language() -> str:
    return str(get_locale() or "nl")


_BEWONER = _l("bewoner")
_FORMAL = _l("formeel")
_INFORMAL = _l("informeel")
