"""What the pages about meetings may send."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from vitaal.agenda.models import Answer, FeedKind, Meeting, WorkingGroup
from vitaal.kernel import clock
from vitaal.pages.forms import AreaField, DateField, Form, TextField, TimeField, is_near, options
from vitaal.workspaces.models import Circle, Membership

_LONGEST_LINK = 500


def _is_https(_form: Form, field: Field) -> None:
    """A whole address, without a space in it. `Https://` is written in small letters, as it is kept."""
    scheme, mark, rest = field.data.partition("://")
    address = f"{scheme.lower()}{mark}{rest}"
    try:
        parts = urlsplit(address)
        is_good = address.startswith("https://") and parts.hostname and not parts.username
    except ValueError:
        is_good = False
    if not is_good or address.split() != [address]:
        raise ValidationError(_("Plak hier het hele webadres. Het begint met https://."))
    field.data = address


class MeetingForm(Form):
    """When and where a meeting is, and who is asked. Times are those on Dutch clocks."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = TextField(
        _l("Waar komen jullie voor bij elkaar?"),
        [DataRequired(_l("Schrijf op waar jullie voor bij elkaar komen."))],
    )
    day = DateField(_l("Op welke dag?"), [InputRequired(_l("Kies een dag.")), is_near])
    starts = TimeField(
        _l("Hoe laat begint het?"), [InputRequired(_l("Vul een tijd in, bijvoorbeeld 14.00."))]
    )
    ends = TimeField(
        _l("Hoe laat is het klaar?"), [InputRequired(_l("Vul een tijd in, bijvoorbeeld 16.00."))]
    )
    place = TextField(_l("Waar?"), [Optional()], description=_l("De naam van de plek en het adres."))
    link = TextField(
        _l("Link om online mee te doen"), [Optional(), _is_https], longest=_LONGEST_LINK,
        description=_l("Bijvoorbeeld van een videogesprek."),
    )  # fmt: skip
    asks = SelectMultipleField(
        _l("Wie nodig je uit?"), [DataRequired(_l("Kies wie je uitnodigt."))], choices=[],
        description=_l("Iedereen krijgt een mail met een afspraak voor de eigen agenda. Die gaat pas weg als jij dat zegt."),
    )  # fmt: skip
    circle = RadioField(
        _l("Wie mag dit zien?"),
        choices=options(
            (Circle.OUTER, _l("Iedereen")), (Circle.INNER, _l("De binnencirkel en wie is uitgenodigd"))
        ),
        default=Circle.OUTER,
    )  # fmt: skip

    def offer(self, groups: Iterable[WorkingGroup]) -> "MeetingForm":
        """Offer the circles and the working groups."""
        self.asks.choices = options(
            (Circle.INNER, _("Binnencirkel")),
            (Circle.OUTER, _("Buitencirkel")),
            *((str(group.id), _("Werkgroep %(name)s", name=group.name)) for group in groups),
        )
        return self

    @classmethod
    def of(cls, meeting: Meeting, groups: Iterable[WorkingGroup]) -> "MeetingForm":
        """The form as the meeting is now."""
        start, end = (each.astimezone(clock.AMSTERDAM) for each in (meeting.starts_at, meeting.ends_at))
        form = cls(formdata=None, obj=meeting).offer(groups)
        form.day.data, form.starts.data, form.ends.data = start.date(), start.time(), end.time()
        return form

    def validate_starts(self, field: TimeField) -> None:
        """A time that clocks show on that day."""
        self._exists(field)

    def validate_ends(self, field: TimeField) -> None:
        """A time that clocks show on that day, after the start."""
        self._exists(field)
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("Kies een tijd na het begin."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Somewhere to go: a place or a link."""
        is_good = bool(super().validate(extra_validators))
        if not self.place.data and not self.link.data:
            self.place.errors = [_("Vul een plek in, of een link om online mee te doen.")]
            return False
        return is_good

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for, by column name."""
        return {
            "title": self.title.data, "starts_at": self._moment(self.starts), "ends_at": self._moment(self.ends),
            "place": self.place.data or "", "link": self.link.data or "", "asks": self.asks.data,
            "circle": self.circle.data,
        }  # fmt: skip

    def _moment(self, field: TimeField) -> datetime:
        assert self.day.data
        assert field.data
        return clock.moment_on(self.day.data, field.data)

    def _exists(self, field: TimeField) -> None:
        if (
            self.day.data
            and not self.day.errors
            and field.data
            and not clock.exists(self.day.data, field.data)
        ):
            raise ValidationError(_(
                "Op %(day)s gaat de klok een uur vooruit. Deze tijd bestaat dan niet. Kies een andere tijd.",
                day=format_date(self.day.data, "EEEE d MMMM"),
            ))  # fmt: skip


class AnswerForm(Form):
    """I come, or I can't; for oneself or for whom one helps."""

    answer = RadioField(choices=options((Answer.YES, _l("Ik kom")), (Answer.NO, _l("Ik kan niet"))))
    member = SelectField(choices=[], validate_choice=False, default="")


class AskForm(Form):
    """One more member to ask."""

    member = SelectField(_l("Wie nodig je nog uit?"), [DataRequired(_l("Kies iemand uit de lijst."))])

    def offer(self, members: Iterable[Membership]) -> "AskForm":
        """Offer who was not asked yet."""
        self.member.choices = options(
            ("", _("Kies iemand")), *((str(each.id), each.name) for each in members)
        )
        return self


class CancelForm(Form):
    """Why it is off."""

    reason = AreaField(
        _l("Wil je zeggen waarom?"),
        [Optional()],
        longest=1000,
        description=_l("Dit staat in de mail aan iedereen."),
    )


class PointForm(Form):
    """One point: its name, and how long it may take."""

    title = TextField(
        _l("Waar gaat dit punt over?"), [DataRequired(_l("Schrijf op waar dit punt over gaat."))]
    )
    minutes = IntegerField(
        _l("Hoeveel minuten?"),
        [Optional(), NumberRange(1, 600, _l("Vul een getal in van 1 tot en met 600."))],
    )


class PickForm(Form):
    """Points to take from what is there already."""

    actions = SelectMultipleField(_l("Acties"), choices=[], validate_choice=False)
    ingredients = SelectMultipleField(_l("Ingrediënten"), choices=[], validate_choice=False)


class NoteForm(Form):
    """What was said."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    note = AreaField(
        _l("Wat is er gezegd?"), [Optional()],
        description=_l("Schrijf kort op wat ertoe doet. Noem geen namen van mensen over wie het gaat."),
    )  # fmt: skip


class AttendanceForm(Form):
    """Who is there."""

    present = SelectMultipleField(_l("Wie is er?"), choices=[], validate_choice=False)


class AgreementForm(Form):
    """An action that was agreed on the spot."""

    title = TextField(_l("Wat gaan we doen?"), [DataRequired(_l("Schrijf op wat jullie gaan doen."))])
    owner = SelectField(_l("Wie trekt dit?"), default="")
    due_on = DateField(_l("Wanneer is het klaar?"), [Optional(), is_near])
    circle = RadioField(
        _l("Wie mag dit zien?"),
        choices=options((Circle.OUTER, _l("Iedereen")), (Circle.INNER, _l("Alleen de binnencirkel"))),
        default=Circle.OUTER,
    )

    def offer(self, members: Sequence[Membership]) -> "AgreementForm":
        """Offer who can take it on."""
        self._members = {str(member.id): member for member in members}
        self.owner.choices = options(
            ("", _("Kies later")), *((key, member.name) for key, member in self._members.items())
        )
        return self

    def validate_circle(self, field: RadioField) -> None:
        """Who takes it on has to see it."""
        owner = self._members.get(self.owner.data or "")
        if field.data == Circle.INNER and owner and not owner.is_inside:
            raise ValidationError(
                _("%(name)s staat in de buitencirkel en ziet deze actie dan niet.", name=owner.name)
            )

    @property
    def owner_id(self) -> UUID | None:
        """Who was chosen, or None."""
        return UUID(self.owner.data) if self.owner.data else None


class FeedForm(Form):
    """What to follow in one's own calendar."""

    kind = RadioField(
        _l("Wat wil je volgen?"),
        choices=options(
            (FeedKind.MINE, _l("Mijn acties en bijeenkomsten")),
            (FeedKind.WORKSPACE, _l("Alles wat hier gepland is")),
        ),
        default=FeedKind.MINE,
    )
