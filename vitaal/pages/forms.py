"""What every form shares: kind Dutch sentences, clean text, and no surprises in what is stored."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField as PlainDateField
from wtforms import Field, IntegerField, StringField, TextAreaField, ValidationError
from wtforms import TimeField as PlainTimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # types-wtforms lags behind
from wtforms.validators import StopValidation
from wtforms.widgets import EmailInput, HiddenInput

from vitaal.kernel import clock

LINE = 200  # letters that fit in a line of text
STORY = 10_000  # letters that fit in a field for more lines
ADDRESS = 254  # RFC 5321: the longest address a mail server accepts
_FAR = timedelta(days=5 * 366)
UNSEEN = {"Cc", "Cs", "Co", "Cn"}  # control characters, half characters and unassigned ones
TURNS = set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # they make text read differently than it is

# WTForms asks for its own English sentences; these are ours. Each says how to repair it.
SENTENCES = {
    "This field is required.": _l("Vul dit nog in."),
    "Not a valid choice.": _l("Kies iets uit de lijst."),
    "Invalid Choice: could not coerce.": _l("Kies iets uit de lijst."),
    "'%(value)s' is not a valid choice for this field.": _l("Kies iets uit de lijst."),
    "'%(value)s' are not valid choices for this field.": _l("Kies iets uit de lijst."),
    "Not a valid integer value.": _l("Vul een getal in, zonder komma."),
    "Not a valid decimal value.": _l("Vul een getal in."),
    "Not a valid float value.": _l("Vul een getal in."),
    "Not a valid date value.": _l("Kies een dag, bijvoorbeeld 24-11-2026."),
    "Not a valid datetime value.": _l("Kies een dag en een tijd."),
    "Not a valid time value.": _l("Vul een tijd in, bijvoorbeeld 14.00."),
    "Invalid URL.": _l("Vul een webadres in dat begint met https://."),
    "Invalid email address.": _l("Vul een e-mailadres in, met een @ erin."),
    "Number must be at least %(min)s.": _l("Vul een getal in van %(min)s of hoger."),
    "Number must be at most %(max)s.": _l("Vul een getal in van %(max)s of lager."),
    "Number must be between %(min)s and %(max)s.": _l("Vul een getal in van %(min)s tot en met %(max)s."),
    "Field must be at least %(min)d characters long.": _l("Schrijf minstens %(min)d letters."),
    "Field cannot be longer than %(max)d characters.": _l("Maak dit korter: er passen %(max)d letters in."),
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Schrijf minstens %(min)d en hoogstens %(max)d letters."
    ),
    "Field must be exactly %(max)d characters long.": _l("Schrijf precies %(max)d letters."),
}


class Sentences:
    """The translations that WTForms asks of a form."""

    def gettext(self, string: str) -> str:
        """Our sentence for one of WTForms' own, or the text itself."""
        return str(SENTENCES.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same; our sentences fit any number. WTForms' plurals are the keys in SENTENCES."""
        return self.gettext(plural if plural in SENTENCES or n != 1 else singular)


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The base of every form.

    Text loses the spaces around it, gets one kind of line ending and one way of writing accents (NFC), and may
    not hold characters that can't be seen. There is no token in the page: the kernel refuses a change that
    another site sends (Sec-Fetch-Site, Origin).
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How WTForms makes the fields."""

        csrf = False

        def get_translations(self, _form: Any) -> Sentences:
            """Our own sentences, in the language of the request."""
            return Sentences()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Give every text field the cleaning and the check that all text gets."""
            bound: Field = unbound_field.bind(form=form, **options)
            if isinstance(bound, StringField):
                bound.filters = (clean, *(bound.filters or ()))
                bound.validators = (visible_only, *(bound.validators or ()))
            return bound


class VersionedForm(Form):
    """A form about something that two people may edit."""

    version = IntegerField(widget=HiddenInput(), default=1)

    @property
    def seen(self) -> int:
        """The version that the reader saw; 0, which is never the newest, when none was sent."""
        return self.version.data or 0

    def now_at(self, version: int) -> None:
        """Let this form, with what was typed in it, follow on this version."""
        self.version.data, self.version.raw_data = version, None


class TextField(StringField):
    """One line of text of at most `longest` letters."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), longest: int = LINE, **settings: Any
    ):
        super().__init__(label, [fits(longest), one_line, *validators], **settings)


class AreaField(TextAreaField):
    """More lines of text, of at most `longest` letters."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), longest: int = STORY, **settings: Any
    ):
        super().__init__(label, [fits(longest), *validators], **settings)


class EmailField(StringField):
    """One e-mail address. Its data is the address as it is stored: lower case, the domain in Unicode (IDNA)."""

    widget = EmailInput()

    def pre_validate(self, _form: Any) -> None:
        """Replace what was typed by the address in its one form; an address that can't exist is an error."""
        if not self.data:
            return
        try:
            self.data = normal_address(self.data)
        except EmailNotValidError:
            raise StopValidation(
                _("Vul een e-mailadres in zoals naam@voorbeeld.nl. Kijk of er een @ en een punt in staan.")
            ) from None


class DateField(PlainDateField):
    """One day; browsers send it as 2026-11-24, people may type 24-11-2026."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **settings: Any):
        super().__init__(label, list(validators), format=["%Y-%m-%d", "%d-%m-%Y"], **settings)


class TimeField(PlainTimeField):
    """A time of the day; browsers send it as 13:30, people may type 13.30."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **settings: Any):
        super().__init__(label, list(validators), format=["%H:%M", "%H.%M", "%H:%M:%S"], **settings)


def options(*pairs: tuple[Any, Any]) -> list[SelectChoice]:
    """What a field lets people choose, from pairs of a value and its words: `options(("inner", _l("Binnencirkel")))`."""
    return [SelectChoice(value, words) for value, words in pairs]


def normal_address(typed: str) -> str:
    """The one way in which an address is stored and compared. Raises email_validator.EmailNotValidError."""
    if len(typed) > ADDRESS:
        raise EmailNotValidError("too long")
    found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=True)
    return found.normalized.lower()


def clean(text: Any) -> Any:
    """Text without the spaces around it, with one kind of line ending, in Unicode's composed form."""
    if not isinstance(text, str):
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_visible(text: str) -> bool:
    """Whether every character can be seen: no NUL or other control, no mark that turns the reading direction."""
    return not any(
        letter in TURNS or (letter not in "\n\t" and unicodedata.category(letter) in UNSEEN)
        for letter in text
    )


def visible_only(_form: Any, field: Field) -> None:
    """Refuse characters that nobody can see."""
    if isinstance(field.data, str) and not is_visible(field.data):
        raise StopValidation(_("Hier staat een teken in dat we niet kunnen bewaren. Typ de tekst opnieuw."))


def one_line(_form: Any, field: Field) -> None:
    """Refuse line breaks, which a browser never sends from a one-line field."""
    if field.data and "\n" in field.data:
        raise StopValidation(_("Schrijf dit op één regel."))


def is_near(_form: Any, field: Field) -> None:
    """Refuse a day that is more than five years away: a typing error."""
    if field.data and abs(field.data - clock.today()) > _FAR:
        raise ValidationError(_("Kies een dag binnen vijf jaar."))


def fits(longest: int) -> Callable[[Any, Field], None]:
    """A validator: at most `longest` letters, and it says how many there are too many."""

    def check(_form: Any, field: Field) -> None:
        over = len(field.data or "") - longest
        if over > 0:
            raise ValidationError(
                _(
                    "Maak dit korter: er passen %(longest)d letters in, dit zijn er %(over)d te veel.",
                    longest=longest,
                    over=over,
                )
            )

    return check
