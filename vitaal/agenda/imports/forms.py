"""What may be sent to bring actions in from a file."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, ValidationError

from vitaal.activity.forms import FileForm
from vitaal.activity.uploads import too_large
from vitaal.agenda.imports.lines import HEAD_AMONG, MOST_BYTES, MOST_LINES, Listed, NoTitle, lines_of
from vitaal.agenda.imports.words import UNREADABLE
from vitaal.kernel.sheets.reading import Unreadable, read
from vitaal.pages.forms import Form


class TableField(FileField):  # type: ignore[misc]  # Flask-WTF has no types
    """A file with a table. After validating, `listed` is what stands in it, or None when no file was sent."""

    listed: Listed | None = None

    def post_validate(self, _form: Any, _stopped: bool) -> None:
        """Read it; what can't be read as a list of actions is an error of this field."""
        if self.data:
            self.listed = _listed(self.data.stream.read(MOST_BYTES + 1))


class ImportForm(FileForm):
    """A file with actions."""

    file = TableField(
        _l("Je lijst"),
        description=_l("Een rekenblad (xlsx, ods) of csv van hoogstens 10 MB en 5.000 regels."),
        render_kw={"accept": ".csv,.xlsx,.ods"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """There has to be one."""
        if super().validate(extra_validators) and not self.file.listed:
            self.file.errors = [_("Kies eerst een bestand.")]
        return not self.file.errors


class ConfirmForm(Form):
    """Whether the goals that are not there yet are made along with the actions."""

    makes_goals = BooleanField(_l("Maak deze doelen ook aan"))


def _listed(content: bytes) -> Listed:
    """Raises ValidationError."""
    if len(content) > MOST_BYTES:
        raise ValidationError(too_large())
    try:
        listed = lines_of(read(content, MOST_LINES + HEAD_AMONG))
    except Unreadable as unreadable:
        raise ValidationError(str(UNREADABLE[unreadable.reason])) from None
    except NoTitle:
        raise ValidationError(
            _("We zien geen kolom met titels. Zet boven één kolom ‘Titel’ of ‘Actie’.")
        ) from None
    if not listed.lines:
        raise ValidationError(_("Onder de koppen staat nog niets. Vul eerst een regel in."))
    if len(listed.lines) > MOST_LINES:
        raise ValidationError(_("Deze lijst is te lang. Neem hoogstens 5.000 regels tegelijk."))
    return listed
