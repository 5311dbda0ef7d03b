"""What handing in a municipality's theme may send."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, SubmitField, ValidationError

from vitaal.pages import theme
from vitaal.pages.forms import Form

LARGEST = 400_000  # bytes; the largest published NL Design System theme is half of it


class ThemeForm(Form):
    """An NL Design System theme as one CSS file, or the wish to stop using it."""

    css = ""

    file = FileField(
        _l("Het thema (een CSS-bestand)"),
        description=_l("Vraag het aan wie de website van je gemeente maakt. Meestal heet het theme.css."),
    )
    stop = SubmitField()

    def validate_file(self, field: Field) -> None:
        """The file has to be a theme on which every text can be read."""
        if self.stop.data:
            return
        if not field.data:
            raise ValidationError(_l("Kies een bestand."))
        content = field.data.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValidationError(_l("Dit bestand is groter dan 400 kB. Een thema is veel kleiner."))
        try:
            self.css = content.decode()
            theme.from_package(self.css)
        except (UnicodeDecodeError, theme.NotATheme):
            raise ValidationError(
                _l("Dit is geen thema van NL Design System waarop elke tekst te lezen is. Klopt het bestand?")
            ) from None
