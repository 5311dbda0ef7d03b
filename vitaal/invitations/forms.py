"""What the pages about invitations may be sent."""

from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from vitaal.invitations.answering import Decline
from vitaal.kernel import clock
from vitaal.pages.forms import Form, TextField

MONTHS_AHEAD = 12


class NameForm(Form):
    """All that a new person has to say."""

    name = TextField(
        _l("Hoe heet je?"), [InputRequired(_l("Vul je naam in, zoals anderen je kennen."))], longest=80
    )


class DeclineForm(Form):
    """No, with one of three reasons; "not now" may name a month."""

    reason = RadioField(
        _l("Wil je zeggen waarom?"),
        choices=[
            (Decline.NOT_NOW, _l("Nu niet")),
            (Decline.NOT_FOR_US, _l("Dit is niet voor mij of voor ons")),
            (Decline.OTHER, _l("Een andere reden")),
        ],
        default=Decline.OTHER,
    )
    month = SelectField(_l("Wanneer mogen we het opnieuw vragen?"), validate_choice=False, default="")

    def offer_months(self) -> None:
        """Offer the months to come, and "liever niet"."""
        self.month.choices = [("", str(_l("Vraag het liever niet opnieuw")))] + [
            (first.isoformat(), format_date(first, "MMMM yyyy")) for first in months_ahead()
        ]

    def validate_month(self, field: SelectField) -> None:
        """Only a month that was offered, or none."""
        if field.data and field.data not in {first.isoformat() for first in months_ahead()}:
            raise ValidationError(str(_l("Kies een maand uit de lijst.")))

    @property
    def ask_again_on(self) -> date | None:
        """The first day of the month that was chosen."""
        return date.fromisoformat(self.month.data) if self.month.data else None


def months_ahead() -> list[date]:
    """The first days of the coming months."""
    today = clock.today()
    return [
        date(today.year + (today.month + ahead - 1) // 12, (today.month + ahead - 1) % 12 + 1, 1)
        for ahead in range(1, MONTHS_AHEAD + 1)
    ]
