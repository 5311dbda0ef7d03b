"""What the agenda's page may send."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired

from vitaal.pages.forms import Form, TextField


class ActionForm(Form):
    """A new action: one line, and Enter."""

    title = TextField(
        _l("Wat gaan we doen?"),
        [DataRequired(_l("Schrijf op wat jullie gaan doen."))],
        description=_l("Schrijf het zo dat je buurvrouw het begrijpt."),
    )
