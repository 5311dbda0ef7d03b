"""What the page for operators may send."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, ValidationError
from wtforms.validators import InputRequired

from vitaal.pages.forms import EmailField, Form, TextField, options
from vitaal.workspaces import appointments
from vitaal.workspaces.models import Municipality, Programme


class AppointmentForm(Form):
    """Someone by name and address."""

    name = TextField(_l("Naam"), [InputRequired(_l("Vul de naam in."))], longest=120)
    email = EmailField(_l("E-mail"), [InputRequired(_l("Vul het e-mailadres in."))])


class OfficerForm(AppointmentForm):
    """Someone who starts coalitions for a municipality."""

    municipality = TextField(_l("Gemeente"), [InputRequired(_l("Vul de gemeente in."))], longest=80)
    found: Municipality | None = None

    def validate_municipality(self, field: Field) -> None:
        """Refuse a name that is not a Dutch municipality; keep the one that is."""
        self.found = appointments.municipality_named(field.data or "")
        if self.found is None:
            raise ValidationError(_("Deze gemeente kennen we niet. Kies een naam uit de lijst."))


class ProgrammeForm(Form):
    """A new programme."""

    title = TextField(_l("Naam van het programma"), [InputRequired(_l("Vul de naam in."))], longest=120)


class StaffForm(AppointmentForm):
    """Someone who works for a programme."""

    programme = SelectField(_l("Programma"), coerce=lambda value: UUID(str(value)))

    def offer(self, programmes: Any) -> "StaffForm":
        """Let people choose from these programmes."""
        known: list[Programme] = list(programmes)
        self.programme.choices = options(*((programme.id, programme.name) for programme in known))
        return self
