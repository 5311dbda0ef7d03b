"""What the pages about circles, partners and members may send."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired, Optional

from vitaal.kernel import clock
from vitaal.pages.forms import AreaField, DateField, Form, TextField, options
from vitaal.workspaces import words
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Reach, Role

REASON = 400
NAME = 120


class ReasonForm(Form):
    """Why something changes for a partner or a member."""

    reason = AreaField(
        _l("Waarom?"),
        [InputRequired(_l("Schrijf kort op waarom. Iedereen mag het weten."))],
        longest=REASON,
        description=_l("Eén zin is genoeg. De reden staat bij de geschiedenis."),
    )

    @property
    def why(self) -> str:
        """The reason that was given."""
        return self.reason.data or ""


class CircleForm(ReasonForm):
    """Another circle for a partner, or for a member on their own account."""

    circle = SelectField(_l("Naar"))

    def offer(self, *circles: Circle) -> "CircleForm":
        """Let people choose from these circles."""
        self.circle.choices = options(*((circle.value, words.CIRCLES[circle]) for circle in circles))
        return self

    @property
    def chosen(self) -> Circle:
        """The circle that was chosen."""
        return Circle(self.circle.data)


class PartnerForm(Form):
    """What a partner is and is called."""

    name = TextField(_l("Naam"), [InputRequired(_l("Vul de naam in."))], longest=NAME)
    kind = RadioField(
        _l("Wat is het?"),
        [InputRequired(_l("Kies wat het is."))],
        choices=options(
            (PartnerKind.ORGANISATION.value, _l("Organisatie")),
            (PartnerKind.INITIATIVE.value, _l("Initiatief")),
            (PartnerKind.RESIDENT.value, _l("Bewoner")),
        ),
        default=PartnerKind.ORGANISATION.value,
    )
    formality = RadioField(
        _l("Formeel of informeel?"),
        [InputRequired(_l("Kies formeel of informeel."))],
        choices=options(("formal", _l("Formeel")), ("informal", _l("Informeel"))),
        default="formal",
        description=_l(
            "Formeel is met betaalde krachten, informeel vooral met vrijwilligers. Een bewoner is altijd informeel."
        ),
    )
    sector = SelectField(_l("Hoort bij"), [Optional()])

    def offer_sectors(self, current: str = "") -> "PartnerForm":
        """Let people choose from the kinds of the method, and from what the partner has now."""
        known = words.sectors()
        own = [(current, current)] if current and current not in dict(known) else []
        self.sector.choices = options(("", _l("Weet ik nog niet")), *known, *own)
        return self

    @property
    def described(self) -> dict[str, Any]:
        """The answers, as `partners.welcome` and `partners.describe` take them."""
        kind = PartnerKind(self.kind.data)
        return {
            "name": self.name.data,
            "kind": kind,
            "is_formal": self.formality.data == "formal" and kind is not PartnerKind.RESIDENT,
            "sector": self.sector.data or "",
        }


class NewPartnerForm(PartnerForm):
    """A partner that is not there yet."""

    circle = RadioField(
        _l("In welke cirkel?"),
        [InputRequired(_l("Kies een cirkel."))],
        choices=options(*((circle.value, name) for circle, name in words.CIRCLES.items())),
        default=Circle.OUTER.value,
    )
    reason = TextField(_l("Waarom daar?"), [Optional()], longest=REASON)


class RolesForm(Form):
    """The roles of one member; none is fine too."""

    roles = SelectMultipleField(
        _l("Wat doet deze persoon voor de hele groep?"),
        choices=options(*((r.value, name) for r, name in words.ROLES.items())),
    )

    def offer_to(self, member: Membership) -> "RolesForm":
        """Who has no account can't lead or facilitate."""
        if member.person_id is None:
            self.roles.choices = options((Role.LIAISON.value, words.ROLES[Role.LIAISON]))
        return self

    @property
    def chosen(self) -> list[Role]:
        """The roles that were chosen."""
        return [Role(role) for role in self.roles.data or ()]


class ChangePartnerForm(ReasonForm):
    """Another partner to represent."""

    partner = SelectField(_l("Namens"), coerce=lambda value: UUID(str(value)))

    def offer(self, partners: list[Partner]) -> "ChangePartnerForm":
        """Let people choose from these partners."""
        self.partner.choices = options(*((partner.id, partner.name) for partner in partners))
        return self


class HelperForm(Form):
    """Who helps a member without an account."""

    helper = SelectField(_l("Wie helpt?"), coerce=lambda value: UUID(str(value)))

    def offer_helpers(self, members: list[Membership]) -> None:
        """Let people choose from members with an account."""
        self.helper.choices = options(*((member.id, member.name) for member in members))


class HelpedMemberForm(HelperForm):
    """A member without an account, who takes part by post or phone through a named helper."""

    name = TextField(_l("Naam"), [InputRequired(_l("Vul de naam in."))], longest=NAME)
    partner = SelectField(
        _l("Namens"), coerce=lambda value: UUID(str(value)),
        description=_l("Voor een bewoner: voeg die eerst toe als partner."),
    )  # fmt: skip
    circle = RadioField(
        _l("In welke cirkel?"),
        choices=options(
            (Circle.INNER.value, _l("Dezelfde cirkel als de partner")),
            (Circle.OUTER.value, _l("De buitencirkel")),
        ),
        default=Circle.INNER.value,
    )
    reach = RadioField(
        _l("Hoe doet iemand mee?"),
        choices=options((Reach.PHONE.value, _l("Per telefoon")), (Reach.POST.value, _l("Per post"))),
        default=Reach.PHONE.value,
    )
    contact = AreaField(
        _l("Telefoonnummer of adres"),
        [InputRequired(_l("Vul in hoe we iemand bereiken."))],
        longest=300,
        description=_l("Alleen de helper en wie regelt zien dit."),
    )
    agreed = BooleanField(
        _l("Deze persoon wil zo meedoen en vindt het goed dat de helper dingen invult."),
        [InputRequired(_l("Vraag eerst of het goed is. Zet dan dit vinkje."))],
        description=_l("Bij alles wat de helper invult, staan beide namen."),
    )
    consented_on = DateField(
        _l("Afgesproken op"), [InputRequired(_l("Vul de dag in waarop je dit afsprak."))]
    )

    def validate_consented_on(self, field: Field) -> None:
        """An agreement lies in the past, and not before the product's own time."""
        if field.data and not 2000 <= field.data.year <= clock.today().year:
            raise ValidationError(_("Kijk het jaartal nog eens na."))
        if field.data and field.data > clock.today():
            raise ValidationError(_("Deze dag moet nog komen. Vul de dag in waarop je dit afsprak."))

    def offer(self, partners: list[Partner], helpers: list[Membership]) -> "HelpedMemberForm":
        """Let people choose from these partners and helpers."""
        self.partner.choices = options(*((partner.id, partner.name) for partner in partners))
        self.offer_helpers(helpers)
        return self
