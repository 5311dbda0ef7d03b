"""What the pages about invitations may be sent."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Optional, ValidationError

from vitaal.invitations.answering import Decline
from vitaal.kernel import clock
from vitaal.pages.forms import AreaField, EmailField, Form, TextField, options
from vitaal.workspaces.models import Circle, Partner, PartnerKind, Role
from vitaal.workspaces.words import CIRCLES

MONTHS_AHEAD = 12
MESSAGE = 600
LIST = 400_000  # letters that fit in the field for a pasted list; a file may be larger


class AskForm(Form):
    """For whom, into which circle, as what, and in whose words: the same for one person and for a list."""

    partner = SelectField(_l("Namens welke organisatie of groep?"), default="", validate_choice=False)
    new_partner = TextField(
        _l("Naam van de nieuwe organisatie of groep"),
        [Optional()],
        longest=120,
        description=_l("Een bewoner mag ook namens zichzelf komen. Vul dan de naam van de bewoner in."),
    )
    kind = SelectField(
        _l("Wat is het?"),
        choices=options(
            (PartnerKind.ORGANISATION, _l("Organisatie")),
            (PartnerKind.INITIATIVE, _l("Initiatief of groep")),
            (PartnerKind.RESIDENT, _l("Bewoner")),
        ),
        default=PartnerKind.ORGANISATION,
    )
    is_formal = BooleanField(
        _l("Formeel"), description=_l("Bijvoorbeeld een stichting, vereniging, bedrijf of overheid.")
    )
    circle = RadioField(
        _l("In welke cirkel?"),
        choices=options(*((circle, CIRCLES[circle]) for circle in (Circle.INNER, Circle.OUTER))),
        default=Circle.OUTER,
    )
    roles = SelectMultipleField(
        _l("Met een rol?"),
        choices=options(
            (Role.LEAD, _l("Trekker")),
            (Role.FACILITATOR, _l("Procesbegeleider")),
            (Role.LIAISON, _l("Verbindingsofficier")),
        ),
        description=_l("Een trekker en een procesbegeleider zien en regelen alles, in welke cirkel ook."),
    )
    message = AreaField(
        _l("Persoonlijk bericht"),
        [Optional()],
        longest=MESSAGE,
        description=_l("Eén zin van jou werkt beter dan een lange brief."),
    )

    def offer_partners(self, partners: Sequence[Partner]) -> None:
        """Offer the partners that stand here, and a new one first."""
        self.partner.choices = options(
            ("", _("Een nieuwe, die ik hieronder invul")),
            *((str(partner.id), partner.name) for partner in partners),
        )
        self._partners = {str(partner.id): partner for partner in partners}

    @property
    def chosen_partner(self) -> Partner | None:
        """The partner that was chosen from the list, or None: a new one."""
        return self._partners.get(self.partner.data or "")

    def validate_partner(self, field: SelectField) -> None:
        """Only one that stands here, or a new one; and never one that stands further out than the circle."""
        if field.data and field.data not in self._partners:
            raise ValidationError(_("Kies iets uit de lijst."))
        partner = self.chosen_partner
        if partner and Circle(partner.circle).distance > Circle(self.circle.data or Circle.OUTER).distance:
            raise ValidationError(
                _(
                    "%(partner)s staat in de buitencirkel. Nodig hiervoor uit in de buitencirkel, of verplaats"
                    " eerst de organisatie.",
                    partner=partner.name,
                )
            )


class InviteForm(AskForm):
    """One person."""

    name = TextField(_l("Naam"), [Optional()], longest=120)
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Vul het e-mailadres in waar de uitnodiging heen gaat."))]
    )

    def validate_partner(self, field: SelectField) -> None:
        """One that stands here, or a new one with a name."""
        super().validate_partner(field)
        if not field.data and not self.new_partner.data:
            raise ValidationError(_("Kies een organisatie of groep, of vul de naam van een nieuwe in."))


class ListForm(AskForm):
    """Many people at once: pasted, or as a file. After the preview `lines` carries what would be sent."""

    people = AreaField(
        _l("Plak hier je lijst"),
        [Optional()],
        longest=LIST,
        description=_l("Eén per regel: een adres, of ‘Naam <adres>’, of naam; adres; organisatie."),
    )
    file = FileField(_l("Of kies een bestand (CSV)"), description=_l("Hoogstens 2 MB en 10.000 regels."))
    lines = HiddenField()

    def asks_for_partner(self, some_lack_organisation: bool) -> bool:
        """Whether the list can't do without a partner and none was given; then the field says so."""
        lacks = some_lack_organisation and not self.partner.data and not self.new_partner.data
        if lacks:
            sentence = _(
                "Niet iedere regel noemt een organisatie. Kies er een, of vul de naam van een nieuwe in."
            )
            self.new_partner.errors = [sentence]
        return lacks


class NameForm(Form):
    """All that a new person has to say."""

    name = TextField(
        _l("Hoe heet je?"), [DataRequired(_l("Vul je naam in, zoals anderen je kennen."))], longest=80
    )


class DeclineForm(Form):
    """No, with one of three reasons; "not now" may name a month."""

    reason = RadioField(
        _l("Wil je zeggen waarom?"),
        choices=options(
            (Decline.NOT_NOW, _l("Nu niet")),
            (Decline.NOT_FOR_US, _l("Dit is niet voor mij of voor ons")),
            (Decline.OTHER, _l("Een andere reden")),
        ),
        default=Decline.OTHER,
    )
    month = SelectField(_l("Wanneer mogen we het opnieuw vragen?"), validate_choice=False, default="")

    def offer_months(self) -> None:
        """Offer the months to come, and "liever niet"."""
        self.month.choices = options(
            ("", _("Vraag het liever niet opnieuw")),
            *((first.isoformat(), format_date(first, "MMMM yyyy")) for first in months_ahead()),
        )

    def validate_month(self, field: SelectField) -> None:
        """Only a month that was offered, or none."""
        if field.data and field.data not in {first.isoformat() for first in months_ahead()}:
            raise ValidationError(_("Kies een maand uit de lijst."))

    @property
    def ask_again_on(self) -> date | None:
        """The first day of the month that was chosen."""
        return date.fromisoformat(self.month.data) if self.month.data else None


class JoinForm(Form):
    """Asking to take part."""

    name = TextField(
        _l("Hoe heet je?"), [DataRequired(_l("Vul je naam in, zoals anderen je kennen."))], longest=80
    )
    email = EmailField(
        _l("Wat is je e-mailadres?"),
        [DataRequired(_l("Vul je e-mailadres in, zodat we kunnen antwoorden."))],
    )
    organisation = TextField(_l("Van welke organisatie of groep ben je?"), [Optional()], longest=120)
    reason = AreaField(
        _l("Waarom wil je meedoen?"),
        [DataRequired(_l("Schrijf in één of twee zinnen waarom je mee wilt doen."))],
        longest=MESSAGE,
        description=_l("Eén of twee zinnen zijn genoeg."),
    )


class RefusalForm(Form):
    """A no, in words of one's own."""

    answer = AreaField(
        _l("Wat wil je terugschrijven?"),
        [DataRequired(_l("Schrijf een paar woorden. Zonder uitleg voelt een nee als een dichte deur."))],
        longest=MESSAGE,
    )


def months_ahead() -> list[date]:
    """The first days of the coming months."""
    today = clock.today()
    return [
        date(today.year + (today.month + ahead - 1) // 12, (today.month + ahead - 1) % 12 + 1, 1)
        for ahead in range(1, MONTHS_AHEAD + 1)
    ]


def as_id(text: str | None) -> UUID | None:
    """A UUID from an address bar, or None when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
