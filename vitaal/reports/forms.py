"""What the pages about reports may send."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional

from vitaal.agenda import meeting_words
from vitaal.agenda.models import Meeting
from vitaal.kernel import clock
from vitaal.pages.document import Section
from vitaal.pages.forms import AreaField, DateField, Form, TextField, VersionedForm, is_near, options
from vitaal.reports import periods
from vitaal.reports.kinds import KINDS, Kind
from vitaal.reports.models import Cadence
from vitaal.reports.words import CADENCES
from vitaal.workspaces.models import Circle, Workspace
from vitaal.workspaces.reporting import Period

ANY = "any"
LONGEST = timedelta(days=366 * 2)


class AskForm(Form):
    """Which report, about which period or meeting."""

    kind = RadioField(
        _l("Wat wil je maken?"),
        choices=options(*((kind.key, kind.name) for kind in KINDS.values())),
        validators=[InputRequired(_l("Kies wat je wilt maken."))],
    )
    period = RadioField(_l("Over welke periode?"), validate_choice=False)
    first = DateField(_l("Van"), [Optional(), is_near])
    last = DateField(_l("Tot en met"), [is_near])
    meeting = SelectField(_l("Van welke bijeenkomst?"), validate_choice=False)

    def offer(self, meetings: Sequence[Meeting]) -> "AskForm":
        """Let people choose from the periods that are over, and from these meetings."""
        today = clock.today()
        names = {
            Cadence.MONTHLY: _("Vorige maand"),
            Cadence.QUARTERLY: _("Vorig kwartaal"),
            Cadence.YEARLY: _("Vorig jaar"),
        }
        self.period.choices = options(
            *(
                (cadence.value, f"{name}: {periods.in_words(periods.last_whole(cadence, today))}")
                for cadence, name in names.items()
            ),
            (ANY, _("Een andere periode")),
        )
        self._meetings = {str(meeting.id): meeting for meeting in meetings}
        self.meeting.choices = options(
            ("", _("Kies een bijeenkomst")),
            *((key, f"{meeting_words.day(each)}: {each.title}") for key, each in self._meetings.items()),
        )
        return self

    @property
    def chosen(self) -> Kind:
        """The kind of report."""
        return KINDS[self.kind.data]

    def validate_period(self, field: RadioField) -> None:
        """A kind about a period needs one."""
        if self._has("has_period") and field.data not in {*Cadence, ANY} - {Cadence.NEVER}:
            raise ValidationError(_("Kies een periode."))

    def validate_last(self, field: DateField) -> None:
        """Two days in order, of which the last is not to come, and no more than two years apart."""
        if not self._has("has_period") or self.period.data != ANY:
            return
        if not self.first.data or not field.data:
            raise ValidationError(_("Vul de eerste en de laatste dag in."))
        if field.data < self.first.data:
            raise ValidationError(_("De laatste dag ligt vóór de eerste."))
        if self.first.data > clock.today():
            raise ValidationError(_("Kies een periode die begonnen is."))
        if field.data - self.first.data > LONGEST:
            raise ValidationError(_("Kies een periode van ten hoogste twee jaar."))

    def validate_meeting(self, field: SelectField) -> None:
        """Minutes need a meeting."""
        if self._has("has_meeting") and field.data not in self._meetings:
            raise ValidationError(_("Kies een bijeenkomst."))

    @property
    def wanted(self) -> dict[str, Any]:
        """What is asked for, as the rules ask for it."""
        kind = self.chosen
        return {
            "kind": kind.key,
            "period": self._chosen_period() if kind.has_period else None,
            "meeting": self._meetings[self.meeting.data] if kind.has_meeting else None,
        }

    def _chosen_period(self) -> Period:
        if self.period.data == ANY:
            assert self.first.data
            assert self.last.data
            return Period(self.first.data, self.last.data)
        return periods.last_whole(Cadence(self.period.data), clock.today())

    def _has(self, needs: str) -> bool:
        kind = KINDS.get(self.kind.data or "")
        return kind is not None and bool(getattr(kind, needs))


class ScheduleForm(Form):
    """How often a report is made by itself."""

    cadence = RadioField(
        _l("Vanzelf een rapport maken?"),
        choices=options(*((cadence.value, name) for cadence, name in CADENCES.items())),
        validators=[InputRequired(_l("Kies hoe vaak."))],
    )


class WordsForm(VersionedForm):
    """The title, and the coalition's own words; made with a field for each section."""

    title = TextField(_l("Titel"), [DataRequired(_l("Geef het rapport een titel."))], longest=120)
    lead = AreaField(
        _l("In één of twee zinnen"), longest=400,
        description=_l("Dit staat groot onder de titel."),
    )  # fmt: skip

    @classmethod
    def about(cls, sections: Sequence[Section]) -> "type[WordsForm]":
        """The form for a report with these sections."""
        fields: dict[str, Any] = {}
        for section in sections:
            fields[f"words_{section.key}"] = AreaField(
                _("Het verhaal erachter: %(section)s", section=section.title),
                description=section.hint,
                longest=3000,
            )
            fields[f"has_{section.key}"] = BooleanField(_("Dit deel staat in het rapport"), default=True)
        made: type[WordsForm] = type("WordsForm", (cls,), fields)
        return made

    def words(self, key: str) -> Any:
        """The field for the words in a section."""
        return self[f"words_{key}"]

    def has(self, key: str) -> Any:
        """The field that says whether a section stays in."""
        return self[f"has_{key}"]

    def wanted(self, sections: Sequence[Section]) -> dict[str, Any]:
        """What was written."""
        words = {section.key: (self.words(section.key).data or "").strip() for section in sections}
        return {
            "title": self.title.data,
            "lead": (self.lead.data or "").strip(),
            "words": {key: text for key, text in words.items() if text},
            "left_out": [section.key for section in sections if not self.has(section.key).data],
        }


class PublishForm(VersionedForm):
    """For whom a report is published."""

    circle = RadioField(
        _l("Wie mag dit rapport hier lezen?"),
        choices=options((Circle.INNER, _l("De binnencirkel")), (Circle.OUTER, _l("Iedereen, ook de buitencirkel"))),
        validators=[InputRequired(_l("Kies wie dit mag lezen."))],
    )  # fmt: skip
    to_municipality = BooleanField(_l("De gemeente mag dit rapport ook lezen"))
    to_programme = BooleanField(_l("Het landelijke programma mag dit rapport ook lezen"))

    def offer(self, workspace: Workspace) -> "PublishForm":
        """Ask about the programme only where there is one."""
        if workspace.programme_id is None:
            del self.to_programme
        return self

    @property
    def wanted(self) -> dict[str, Any]:
        """For whom, as the rules ask for it."""
        return {
            "circle": Circle(self.circle.data),
            "to_municipality": bool(self.to_municipality.data),
            "to_programme": "to_programme" in self and bool(self.to_programme.data),
        }


class WithdrawForm(Form):
    """Why a report is withdrawn."""

    why = TextField(
        _l("Waarom trek je het in?"), [DataRequired(_l("Schrijf kort op waarom."))], longest=300,
        description=_l("Wie hier meedoet en rapporten maakt, leest dit terug."),
    )  # fmt: skip
