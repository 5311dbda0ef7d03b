"""What the five steps ask. Their forms read what is sent now, and as well what was kept before."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, Optional

from vitaal.method import routes
from vitaal.onboarding.models import LONGEST_NAME
from vitaal.onboarding.queries import Names
from vitaal.onboarding.seats import Organisation, Sort
from vitaal.pages.forms import UNSEEN, AreaField, EmailField, Form, TextField, clean, options, visible_only
from vitaal.workspaces.models import Circle
from vitaal.workspaces.words import CIRCLES

MOST_MUNICIPALITIES = 30
MOST_LETTERS = 60_000  # in one field, right or wrong
SORTS = {
    Sort.FORMAL: _l("Formele organisatie"),
    Sort.INFORMAL: _l("Informele organisatie"),
    Sort.INITIATIVE: _l("Bewonersinitiatief"),
    Sort.RESIDENT: _l("Bewoner"),
}


class StepForm(Form):
    """A form of the wizard: wrong answers are kept too, so that going back never loses anything."""

    @classmethod
    def of(cls, typed: MultiDict[str, str] | Mapping[str, Sequence[str]]) -> Self:
        """The form with what was typed in it, now or earlier."""
        kept: MultiDict[str, str] = MultiDict()
        for name in typed:
            kept.setlist(name, typed.getlist(name) if isinstance(typed, MultiDict) else list(typed[name]))
        return cls(formdata=kept)

    def typed_in(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """What of a request belongs to this form, as far as it can be kept: right or wrong, nothing is lost."""
        own = [field.name for field in self if not isinstance(field, FieldList)]
        lines = [line.name for field in self if isinstance(field, FieldList) for line in field]
        return {name: [_storable(sent[name])] for name in own + lines if name in sent}

    @property
    def is_touched(self) -> bool:
        """Whether something was typed in it; a choice that stands there from the start does not count."""
        return any(field.data for field in self if field.type not in {"SelectField", "RadioField"})


def a_municipality(form: Any, field: Field) -> None:
    """Refuse a name that is not one of the Dutch municipalities."""
    if field.data and form.names.code_of(field.data) is None:
        raise ValidationError(
            _("We kennen geen gemeente ‘%(name)s’. Kies een naam uit de lijst.", name=field.data[:60])
        )


class PlaceForm(StepForm):
    """Step 1: the challenge, the name and the area."""

    names: Names

    challenge = AreaField(
        _l("Wat is er aan de hand, en voor wie?"),
        [DataRequired(_l("Schrijf in een paar zinnen waar het om gaat."))],
        longest=2000,
        description=_l("Schrijf het zoals je het aan een buurvrouw vertelt."),
    )
    name = TextField(
        _l("Hoe heet de coalitie?"),
        [DataRequired(_l("Geef de coalitie een naam. Je kunt die later veranderen."))],
        longest=LONGEST_NAME,
        description=_l(
            "Kies een naam die bewoners ook zouden gebruiken. Liever ‘Thuis in Lindewaard’ dan ‘Coalitie tegen eenzaamheid’."
        ),
    )
    area = TextField(
        _l("In welke buurten of dorpen?"),
        [Optional()],
        description=_l("Laat je dit leeg, dan is het de hele gemeente."),
    )
    municipalities = FieldList(
        TextField(_l("Nog een gemeente"), [visible_only, a_municipality], filters=[clean]),
        _l("Doen er nog meer gemeenten mee?"),
        min_entries=1,
        max_entries=MOST_MUNICIPALITIES,
        description=_l(
            "Begin te typen en kies uit de lijst. Die gemeenten zien straks ook hoever de coalitie is."
        ),
    )
    kind = RadioField(
        _l("Wat voor werkruimte wordt het?"),
        choices=options(
            ("coalition", _l("Een coalitie rond één opgave")),
            ("municipality", _l("De werkruimte van de gemeente")),
        ),
        default="coalition",
    )

    def validate_municipalities(self, _field: Field) -> None:
        """A municipality's own workspace spans no others."""
        if self.kind.data == "municipality" and self.more_codes():
            raise ValidationError(
                _(
                    "De werkruimte van een gemeente hoort bij één gemeente. Maak de andere leeg, of kies een coalitie."
                )
            )

    def more_codes(self) -> list[str]:
        """The CBS codes of the municipalities that take part too, each once."""
        found = (self.names.code_of(entry.data or "") for entry in self.municipalities)
        return list(dict.fromkeys(code for code in found if code))


class WayForm(StepForm):
    """Step 2: the route and the form of working together."""

    route = RadioField(
        _l("Route"),
        [DataRequired(_l("Kies een route. Twijfel je? Begin dan klein, met de eerste."))],
        choices=options(*((route.key, route.name.nl) for route in routes.all_routes())),
    )
    shape = RadioField(
        _l("Hoe vast wil je het maken?"),
        [DataRequired(_l("Kies een vorm. Twijfel je? Begin licht, met een netwerk."))],
        choices=options(*((form.key, form.name.nl) for form in routes.forms())),
        description=_l("Van licht naar zwaar. Ook dit mag later anders."),
    )


class OrganisationForm(StepForm):
    """Step 3: one organisation, initiative or resident, and its circle."""

    taken: Sequence[Organisation] = ()

    name = TextField(_l("Naam"), [DataRequired(_l("Vul de naam in."))], longest=80)
    sort = SelectField(_l("Soort"), choices=options(*SORTS.items()), default=Sort.FORMAL)
    circle = SelectField(_l("Cirkel"), choices=options(*CIRCLES.items()), default=Circle.INNER)
    email = EmailField(_l("E-mail"), [Optional()])

    def validate_name(self, field: Field) -> None:
        """Each name once."""
        if any(other.name.lower() == field.data.lower() for other in self.taken):
            raise ValidationError(_("‘%(name)s’ staat al in de lijst.", name=field.data))

    def validate_email(self, field: Field) -> None:
        """Each address once, and none for who is not invited."""
        if self.circle.data == Circle.FREE:
            raise ValidationError(
                _(
                    "In de vrije ruimte krijgt niemand een mail. Laat het adres leeg, of kies een andere cirkel."
                )
            )
        double = next((other for other in self.taken if other.email == field.data), None)
        if double:
            raise ValidationError(_("Dit adres staat al bij ‘%(name)s’.", name=double.name))


class ListForm(StepForm):
    """Step 3: many organisations at once."""

    lines = AreaField(_l("Jouw lijst"), [DataRequired(_l("Plak hier eerst je lijst."))], longest=MOST_LETTERS)
    otherwise = SelectField(
        _l("Als er geen cirkel bij staat"), choices=options(*CIRCLES.items()), default=Circle.OUTER
    )


class PeopleForm(StepForm):
    """Step 4: who leads, and whether they facilitate too."""

    lead_name = TextField(_l("Naam"), [DataRequired(_l("Vul de naam van de trekker in."))], longest=80)
    lead_email = EmailField(_l("E-mail"), [DataRequired(_l("Vul het e-mailadres van de trekker in."))])
    lead_organisation = SelectField(
        _l("Van welke organisatie?"), [DataRequired(_l("Kies van welke organisatie de trekker is."))]
    )
    facilitation = RadioField(
        _l("Wie begeleidt de gesprekken?"),
        choices=options(("same", _l("De trekker doet dat zelf")), ("other", _l("Iemand anders"))),
        default="same",
    )

    @property
    def has_other_facilitator(self) -> bool:
        """Whether someone else than the lead facilitates."""
        return bool(self.facilitation.data == "other")

    def choose_from(self, organisations: Sequence[Organisation]) -> Self:
        """Let the lead come from one of these."""
        self.lead_organisation.choices = _to_choose(organisations)
        return self


class FacilitatorForm(StepForm):
    """Step 4: who facilitates, when that is not the lead."""

    lead_address = ""

    facilitator_name = TextField(
        _l("Naam"), [DataRequired(_l("Vul de naam van de procesbegeleider in."))], longest=80
    )
    facilitator_email = EmailField(
        _l("E-mail"), [DataRequired(_l("Vul het e-mailadres van de procesbegeleider in."))]
    )
    facilitator_organisation = SelectField(
        _l("Van welke organisatie?"),
        [DataRequired(_l("Kies van welke organisatie de procesbegeleider is."))],
    )

    def choose_from(self, organisations: Sequence[Organisation]) -> Self:
        """Let the facilitator come from one of these."""
        self.facilitator_organisation.choices = _to_choose(organisations)
        return self

    def validate_facilitator_email(self, field: Field) -> None:
        """Not the lead's address."""
        if field.data == self.lead_address:
            raise ValidationError(
                _(
                    "Dit is ook het adres van de trekker. Kies dan dat de trekker het zelf doet, of vul een ander adres in."
                )
            )


class GuestForm(StepForm):
    """Step 4: someone else to invite."""

    taken: Sequence[str] = ()

    guest_name = TextField(_l("Naam"), [Optional()], longest=80)
    guest_email = EmailField(_l("E-mail"), [DataRequired(_l("Vul het e-mailadres in."))])
    guest_organisation = SelectField(
        _l("Van welke organisatie?"), [DataRequired(_l("Kies een organisatie."))]
    )

    def choose_from(self, organisations: Sequence[Organisation]) -> Self:
        """Let the guest come from one of these."""
        self.guest_organisation.choices = _to_choose(organisations)
        return self

    def validate_guest_email(self, field: Field) -> None:
        """Each address once."""
        if field.data in self.taken:
            raise ValidationError(_("Dit adres krijgt al een uitnodiging."))


class LetterForm(StepForm):
    """Step 5: a word of one's own in the letter."""

    message = AreaField(
        _l("Een persoonlijk woord bij de uitnodiging"),
        [Optional()],
        longest=600,
        description=_l("Waarom hoop je dat ze meedoen? Iedereen leest hetzelfde."),
    )


class Together:
    """The forms of one page, for the one summary of what is wrong in them."""

    def __init__(self, *forms: Form) -> None:
        self.forms = forms

    def __iter__(self) -> Iterator[Field]:
        return (field for form in self.forms for field in form)

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, by the name of the field."""
        return {name: errors for form in self.forms for name, errors in form.errors.items()}

    @property
    def form_errors(self) -> list[Any]:
        """What is wrong with a form as a whole."""
        return [error for form in self.forms for error in form.form_errors]


def _to_choose(organisations: Sequence[Organisation]) -> list[Any]:
    inside = [(other.id, other.name) for other in organisations if other.can_be_invited]
    return options(("", _("Kies een organisatie")), *inside)


def _storable(text: str) -> str:
    """A text without what the database refuses, and not endless."""
    seen = (letter for letter in text[:MOST_LETTERS] if letter in "\r\n\t" or not _is_unseen(letter))
    return "".join(seen)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in UNSEEN
