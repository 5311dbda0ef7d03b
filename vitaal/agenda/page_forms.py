"""The small forms on the page of an action."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import DataRequired, NumberRange

from vitaal.kernel.db import HIGHEST_NUMBER
from vitaal.pages.forms import Form, TextField, options
from vitaal.workspaces.models import Membership


class VersionForm(Form):
    """Which version of an action someone saw."""

    version = IntegerField(validators=[NumberRange(1, HIGHEST_NUMBER)])


class StepForm(Form):
    """One step: one line, and Enter."""

    text = TextField(_l("Nieuwe stap"), [DataRequired(_l("Schrijf op wat de stap is."))])


class AnswerForm(Form):
    """Why an idea has to wait."""

    reason = TextField(
        _l("Waarom nu niet?"),
        [DataRequired(_l("Schrijf kort op waarom. Dan weet wie het voorstelde waar het aan ligt."))],
        description=_l("Eén vriendelijke zin is genoeg. Iedereen kan dit lezen."),
    )


class HelperForm(Form):
    """A member who helps with an action."""

    helper = SelectField(_l("Wie helpt mee?"), coerce=lambda value: UUID(str(value)))

    def offer(self, members: list[Membership]) -> "HelperForm":
        """Let people choose one of these members."""
        self.helper.choices = options(*((member.id, member.name) for member in members))
        return self
