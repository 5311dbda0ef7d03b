"""What the settings of a workspace may send."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, RadioField, ValidationError
from wtforms.validators import DataRequired, NumberRange, Optional
from wtforms.widgets import ColorInput, HiddenInput

from vitaal.pages.forms import AreaField, Form, TextField, options
from vitaal.pages.theme import NotATheme
from vitaal.workspaces.models import Workspace
from vitaal.workspaces.theming import OWN_LOOK, readable

SETTINGS = (
    "name", "description", "challenge", "phone", "theme_colour", "inviters", "join_page_open", "deciders", "quorum",
    "outer_talks", "quiet_weekends",
)  # fmt: skip
PHONE = re.compile(r"\+?[\d\s()-]{3,30}")


def _can_be_called(_form: Form, field: Field) -> None:
    if not PHONE.fullmatch(field.data) or sum(letter.isdigit() for letter in field.data) < 3:
        raise ValidationError(_l("Vul een telefoonnummer in met alleen cijfers, zoals 033 123 45 67."))


def _can_be_read(_form: Form, field: Field) -> None:
    """A colour on which text can't be read is darkened; what is no colour is refused."""
    try:
        field.data = readable(field.data.lower())
    except NotATheme:
        raise ValidationError(
            _l("Kies een kleur, of schrijf de kleur met zes tekens, zoals #14594b.")
        ) from None


class SettingsForm(Form):
    """How a workspace presents itself, and who may do what in it."""

    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(min=1)])
    name = TextField(
        _l("Hoe heet jullie plek?"), [DataRequired(_l("Geef jullie plek een naam."))], longest=80
    )
    description = AreaField(
        _l("Wat doen jullie samen?"),
        [Optional()],
        longest=2000,
        description=_l(
            "Een paar zinnen. Wie nieuw is, leest dit als eerste. Schrijf geen namen van mensen op."
        ),
    )
    challenge = AreaField(
        _l("Welke opgave pakken jullie aan?"),
        [Optional()],
        longest=2000,
        description=_l("In gewone woorden, zoals je het aan je buurvrouw vertelt."),
    )
    phone = TextField(
        _l("Op welk nummer helpen jullie?"),
        [Optional(), _can_be_called],
        longest=30,
        description=_l("Dit nummer staat op elke pagina. Zonder nummer staat daar dat van Vitaal."),
    )
    theme_colour = TextField(
        _l("Welke kleur past bij jullie?"),
        [DataRequired(), _can_be_read],
        widget=ColorInput(),
        description=_l("Is een kleur te licht om op te lezen? Dan maken we die donkerder."),
    )
    inviters = RadioField(
        _l("Wie mag mensen uitnodigen?"),
        choices=options(
            ("arrangers", _l("Trekker en procesbegeleider")), ("inner", _l("De hele binnencirkel"))
        ),
    )
    join_page_open = BooleanField(
        _l("Zet de pagina open"),
        description=_l(
            "Iedereen met het adres ziet de naam en de opgave, en kan vragen om een plek in de buitencirkel."
        ),
    )

    deciders = RadioField(
        _l("Welke partners beslissen mee over spelregels?"),
        choices=options(("inner", _l("Partners in de binnencirkel")), ("all", _l("Alle partners"))),
    )
    quorum = RadioField(
        _l("Hoeveel partners moeten antwoord geven in een ronde?"),
        choices=options(
            ("half", _l("De helft")), ("two-thirds", _l("Twee derde")), ("all", _l("Alle partners"))
        ),
        description=_l("Eén bezwaar houdt een besluit altijd tegen, hoeveel partners er ook antwoorden."),
    )
    outer_talks = BooleanField(
        _l("De buitencirkel leest voorstellen en praat mee"),
        description=_l("Dit geldt voor voorstellen die er nog komen."),
    )
    quiet_weekends = BooleanField(
        _l("Geen mail in het weekend"),
        description=_l("Wat er op zaterdag gebeurt, lezen jullie op maandag. Op zondag mailen we nooit."),
    )

    @classmethod
    def of(cls, workspace: Workspace) -> "SettingsForm":
        """The form as it stands now."""
        form = cls(formdata=None, obj=workspace)
        form.theme_colour.data = workspace.theme_colour or OWN_LOOK
        return form

    def now_at(self, version: int) -> None:
        """Let this form, with what was typed in it, follow on this version."""
        self.version.data, self.version.raw_data = version, None

    def wanted(self) -> dict[str, Any]:
        """What was asked for, by column name; Vitaal's own colour is kept as none."""
        values = {name: self[name].data for name in SETTINGS}
        return values | {
            "theme_colour": None if values["theme_colour"] == OWN_LOOK else values["theme_colour"]
        }
