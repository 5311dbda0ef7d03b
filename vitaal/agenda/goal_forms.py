"""What the pages about challenges and goals may send."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, FormField, RadioField, SelectField, ValidationError
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Optional

from vitaal.agenda.models import Challenge, Indicator
from vitaal.pages.forms import AreaField, DateField, Form, TextField, VersionedForm, options

PART = 1_000  # letters of one part of an ambition: what fits on half a page
INDICATOR_LINES = 3


class ChallengeForm(VersionedForm):
    """A challenge with the three parts of its ambition."""

    title = TextField(
        _l("Wat is de opgave?"),
        [DataRequired(_l("Schrijf op waar het over gaat."))],
        description=_l("In gewone woorden, zoals je het aan je buurvrouw vertelt."),
    )
    promise = AreaField(_l("Belofte"), [Optional()], longest=PART)
    commitment = AreaField(_l("Commitment"), [Optional()], longest=PART)
    doing = AreaField(_l("Doen"), [Optional()], longest=PART)

    def wanted(self) -> dict[str, Any]:
        """What was typed, by column name."""
        return {name: self[name].data or "" for name in ("title", "promise", "commitment", "doing")}


class IndicatorForm(PlainForm):
    """One line: by what people notice it, how it is now, where we want it."""

    Meta = Form.Meta  # the cleaning and the sentences that every form has

    name = TextField(_l("Waaraan merk je het?"), [Optional()], longest=120)
    now = TextField(_l("Nu"), [Optional()], longest=60)
    target = TextField(_l("Straks"), [Optional()], longest=60)


class GoalForm(VersionedForm):
    """A goal: what we want to reach, by when, and by what people notice it."""

    title = TextField(
        _l("Wat willen jullie bereiken?"), [DataRequired(_l("Schrijf op wat jullie willen bereiken."))]
    )
    why = AreaField(_l("Wie merkt het verschil, en waaraan?"), [Optional()], longest=2_000)
    challenge_id = SelectField(_l("Bij welke opgave hoort dit?"), [Optional()])
    from_on = DateField(_l("Vanaf"), [Optional()])
    to_on = DateField(_l("Wanneer willen jullie dit bereikt hebben?"), [Optional()])
    indicators = FieldList(FormField(IndicatorForm), _l("Waaraan merk je het?"), min_entries=INDICATOR_LINES)

    def offer(self, challenges: Iterable[Challenge]) -> "GoalForm":
        """Let people choose from these challenges."""
        self.challenge_id.choices = options(
            ("", _l("Bij geen opgave in het bijzonder")), *((str(one.id), one.title) for one in challenges)
        )
        return self

    def validate_to_on(self, field: Field) -> None:
        """A goal can't end before it begins."""
        if field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError(_l("Deze dag ligt vóór het begin. Kies een latere dag."))

    def show(self, indicators: Iterable[Indicator]) -> "GoalForm":
        """Fill the lines with these indicators, and leave one line free."""
        while self.indicators.entries:
            self.indicators.pop_entry()
        lines = [{"name": one.name, "now": one.now, "target": one.target} for one in indicators]
        for line in [*lines, *[{}] * max(1, INDICATOR_LINES - len(lines))]:
            self.indicators.append_entry(line)
        return self

    def wanted(self) -> dict[str, Any]:
        """What was typed, by column name."""
        chosen = self.challenge_id.data
        return {
            "title": self.title.data,
            "why": self.why.data or "",
            "challenge_id": UUID(chosen) if chosen else None,
            "from_on": self.from_on.data,
            "to_on": self.to_on.data,
        }

    def wanted_indicators(self) -> list[dict[str, str]]:
        """The lines with a name."""
        lines = (entry.data for entry in self.indicators)
        return [
            {name: line[name] or "" for name in ("name", "now", "target")} for line in lines if line["name"]
        ]


class BackingForm(Form):
    """Whether our partner stands behind a goal, and what it brings."""

    stands_behind = RadioField(
        _l("Staan jullie achter dit doel?"),
        [InputRequired(_l("Kies wat voor jullie geldt."))],
        choices=options(("yes", _l("Ja, wij staan hierachter")), ("no", _l("Nu nog niet"))),
    )
    brings = TextField(
        _l("Wat brengen jullie?"),
        [Optional()],
        description=_l("Bijvoorbeeld een zaal, twee uur per week, of mensen die meedoen."),
    )
