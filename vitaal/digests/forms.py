"""What the page behind "stop met deze mail" may send."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from vitaal.pages.forms import Form, options
from vitaal.people.models import Cadence


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
