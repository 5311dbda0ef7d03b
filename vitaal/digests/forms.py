"""What people may send about their mail: how often, about which place, when not, and "stop"."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from vitaal.digests.choosing import Wish
from vitaal.digests.reckoning import Place
from vitaal.pages.forms import DateField, Form, options
from vitaal.people.models import Cadence, Person

FITTING = "fitting"  # as it fits where someone stands, and for one place: as all their mail
_LONGEST_PAUSE = timedelta(days=365)

# Nobody gets mail on a Sunday (rule D-14), so it can't be chosen.
WEEKDAYS = {
    1: _l("Maandag"),
    2: _l("Dinsdag"),
    3: _l("Woensdag"),
    4: _l("Donderdag"),
    5: _l("Vrijdag"),
    6: _l("Zaterdag"),
}
_CADENCES = {
    FITTING: _l("Zoals het past bij mijn cirkel"),
    Cadence.DAILY.value: _l("Eén keer per dag"),
    Cadence.WEEKLY.value: _l("Eén keer per week"),
    Cadence.MONTHLY.value: _l("Eén keer per maand"),
    Cadence.NEVER.value: _l("Nooit"),
}
_OF_ONE_PLACE = {
    FITTING: _l("Zoals al mijn mail"),
    "daily": _l("Elke dag"),
    "weekly-1": _l("Elke maandag"),
    "weekly-2": _l("Elke dinsdag"),
    "weekly-3": _l("Elke woensdag"),
    "weekly-4": _l("Elke donderdag"),
    "weekly-5": _l("Elke vrijdag"),
    "weekly-6": _l("Elke zaterdag"),
    "monthly": _l("Eén keer per maand"),
    "never": _l("Nooit"),
}


class MailForm(Form):
    """How often someone wants mail; `about` adds a rhythm and a box for each of their places."""

    cadence = RadioField(_l("Hoe vaak wil je mail?"), choices=options(*_CADENCES.items()))
    weekday = SelectField(
        _l("Op welke dag?"),
        coerce=int,
        choices=options(*WEEKDAYS.items()),
        description=_l("Alleen bij één keer per week."),
    )

    @classmethod
    def about(cls, person: Person, places: Iterable[Place]) -> Self:
        """The form as it stands now for this person, with what was typed in it."""
        fields: dict[str, Any] = {}
        for place in places:
            fields[_rhythm(place)] = SelectField(
                _l("Hoe vaak?"), choices=options(*_OF_ONE_PLACE.items()), default=_chosen(place)
            )
            fields[_at_once(place)] = BooleanField(
                _l(
                    "Meteen een mail als iemand me noemt, ik een actie krijg, of iets binnen twee dagen klaar moet zijn"
                ),
                default=place.is_told_at_once,
            )
        form_class = type(cls.__name__, (cls,), fields)
        weekday = min(person.digest_weekday, max(WEEKDAYS))
        form: Self = form_class(data={"cadence": person.digest_cadence or FITTING, "weekday": weekday})
        return form

    @property
    def wanted(self) -> tuple[Cadence | None, int]:
        """The rhythm of all mail, None for what fits where someone stands; and the ISO weekday."""
        cadence = self.cadence.data
        return (None if cadence == FITTING else Cadence(cadence)), self.weekday.data

    def rhythm_of(self, place: Place) -> Field:
        """The field with the rhythm of one place."""
        field: Field = self[_rhythm(place)]
        return field

    def at_once_of(self, place: Place) -> Field:
        """The box for what is told at once about one place."""
        field: Field = self[_at_once(place)]
        return field

    def words_of(self, place: Place) -> str:
        """The rhythm of one place, as people say it."""
        return str(_OF_ONE_PLACE.get(self.rhythm_of(place).data, ""))

    def has_errors_in(self, place: Place) -> bool:
        """Whether something about this place can't be kept."""
        return bool(self.rhythm_of(place).errors or self.at_once_of(place).errors)

    def wish_for(self, place: Place) -> Wish | None:
        """What was chosen for one place; None when the page did not ask it."""
        rhythm = self.rhythm_of(place)
        if not rhythm.raw_data:
            return None
        cadence, _dash, weekday = rhythm.data.partition("-")
        chosen = None if cadence == FITTING else Cadence(cadence)
        return Wish(chosen, int(weekday) if weekday else None, self.at_once_of(place).data)


class PauseForm(Form):
    """Until when someone wants no mail."""

    until = DateField(
        _l("Geen mail tot en met"), [InputRequired(_l("Kies tot en met welke dag je geen mail wilt."))]
    )

    def __init__(self, today: date, **settings: Any):
        super().__init__(**settings)
        self.first, self.last = today + timedelta(days=1), today + _LONGEST_PAUSE

    def validate_until(self, field: Field) -> None:
        """Refuse a day that has begun already, and one more than a year away."""
        if field.data is None:
            return
        if field.data < self.first:
            raise ValidationError(_("Kies een dag na vandaag."))
        if field.data > self.last:
            last = format_date(self.last, "d MMMM y")
            raise ValidationError(_("Kies een dag binnen een jaar, dus niet na %(day)s.", day=last))


class StopForm(Form):
    """How often from now on."""

    cadence = RadioField(
        _l("Hoe vaak wil je mail?"),
        choices=options(
            (Cadence.NEVER.value, _l("Nooit")),
            (Cadence.MONTHLY.value, _l("Eén keer per maand")),
            (Cadence.WEEKLY.value, _l("Eén keer per week")),
        ),
        default=Cadence.NEVER.value,
    )


def _rhythm(place: Place) -> str:
    return f"rhythm_{place.workspace.id.hex}"


def _at_once(place: Place) -> str:
    return f"at_once_{place.workspace.id.hex}"


def _chosen(place: Place) -> str:
    choice = place.choice
    if choice is None or choice.cadence is None:
        return FITTING
    if choice.cadence != Cadence.WEEKLY:
        return choice.cadence
    return f"weekly-{min(choice.weekday or 2, max(WEEKDAYS))}"
