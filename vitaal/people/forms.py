"""What people may send about signing in and about themselves."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TelField
from wtforms.validators import DataRequired, Optional, Regexp

from vitaal.pages.forms import EmailField, Form, TextField, fits, one_line, options

TIME_ZONES = {
    "Europe/Amsterdam": _l("Nederland"),
    "America/Curacao": _l("Curaçao, Bonaire en Aruba"),
    "America/Lower_Princes": _l("Sint-Maarten, Saba en Sint-Eustatius"),
    "America/Paramaribo": _l("Suriname"),
    "Europe/Brussels": _l("België"),
    "Europe/Berlin": _l("Duitsland"),
    "Europe/Paris": _l("Frankrijk"),
    "Europe/Madrid": _l("Spanje"),
    "Atlantic/Canary": _l("Canarische Eilanden"),
    "Europe/Lisbon": _l("Portugal"),
    "Europe/London": _l("Engeland"),
    "Europe/Athens": _l("Griekenland"),
    "Europe/Istanbul": _l("Turkije"),
    "Africa/Casablanca": _l("Marokko"),
    "Asia/Jakarta": _l("Indonesië"),
    "America/New_York": _l("New York"),
    "UTC": _l("Wereldtijd (UTC)"),
}
COLOURS = {"auto": _l("Zoals mijn apparaat"), "light": _l("Licht"), "dark": _l("Donker")}
LANGUAGES = {"nl": "Nederlands", "en": "English"}


class SignInForm(Form):
    """One address."""

    email = EmailField(
        _l("Wat is je e-mailadres?"),
        [DataRequired(_l("Vul je e-mailadres in."))],
        description=_l("We sturen je een knop om binnen te komen. Je hebt geen wachtwoord nodig."),
    )


class AddressForm(Form):
    """Another address of someone who is signed in."""

    email = EmailField(
        _l("Nog een e-mailadres van jou"),
        [DataRequired(_l("Vul een e-mailadres in."))],
        description=_l("We sturen er een code naartoe. Zo weten we dat het van jou is."),
    )


def _digits(typed: Any) -> Any:
    """What was typed without the spaces and dashes that people put between digits."""
    return "".join(typed.split()).replace("-", "") if isinstance(typed, str) else typed


class CodeForm(Form):
    """The code from the letter."""

    code = TextField(
        _l("Of typ de code uit de mail"),
        [
            DataRequired(_l("Typ de zes cijfers uit de mail.")),
            Regexp(r"\A[0-9]{6}\Z", message=_l("Een code heeft zes cijfers. Kijk nog eens in de mail.")),
        ],
        filters=[_digits],
        description=_l("Zes cijfers. Handig als je je mail op een ander apparaat leest."),
    )


class PreferencesForm(Form):
    """How someone wants to be called, reached and shown things."""

    name = TextField(_l("Je naam"), [DataRequired(_l("Vul je naam in."))], longest=80)
    phone = TelField(
        _l("Je telefoonnummer"),
        [
            Optional(),
            fits(30),
            one_line,
            Regexp(
                r"\A\+?[0-9 ()./-]{6,}\Z",
                message=_l("Vul een telefoonnummer in met cijfers, zoals 06 12 34 56 78."),
            ),
        ],
        description=_l("Alleen voor wie met jou samenwerkt in de binnencirkel."),
    )
    language = RadioField(_l("Welke taal wil je lezen?"), choices=options(*LANGUAGES.items()))
    colour_scheme = RadioField(_l("Licht of donker?"), choices=options(*COLOURS.items()))
    time_zone = SelectField(
        _l("Waar woon je?"),
        choices=options(*TIME_ZONES.items()),
        description=_l("Dan komt je mail ’s ochtends om 7 uur, waar je ook bent."),
    )

    def keep_zone(self, zone: str) -> None:
        """Offer the time zone that someone has already, also when it is not in the short list."""
        if zone not in TIME_ZONES:
            self.time_zone.choices = options((zone, zone.replace("_", " ")), *TIME_ZONES.items())
