"""What people may send when they talk about something."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import Field, ValidationError
from wtforms.validators import DataRequired

from vitaal.activity import mentions
from vitaal.activity.kinds import ACCEPTED
from vitaal.activity.mentions import Someone
from vitaal.activity.models import Comment
from vitaal.activity.uploads import MOST, Refused, Upload, examine, too_large
from vitaal.pages.forms import AreaField, Form

# So much is read, in order to say kindly what is wrong with it and to keep what was typed; more is cut off.
LARGEST_REQUEST = 64 * 1024 * 1024
_AnyForm = TypeVar("_AnyForm", bound="FileForm")


class UploadField(FileField):  # type: ignore[misc]  # Flask-WTF has no types
    """A file. After validating, `upload` is what may be kept, or None when no file was sent."""

    upload: Upload | None = None

    def __init__(self, label: Any = None, **settings: Any):
        settings.setdefault("render_kw", {"accept": ACCEPTED})
        super().__init__(label, **settings)

    def post_validate(self, _form: Any, _stopped: bool) -> None:
        """See what was sent; what may not be kept is an error of this field."""
        if not self.data:
            return
        try:
            self.upload = examine(self.data.filename or "", self.data.stream.read(MOST + 1))
        except Refused as reason:
            raise ValidationError(str(reason)) from None


class MeantField(Field):
    """For names that more members have: whom the writer means. `data` has the member by name, None for nobody.

    `questions` are the names to ask about, with who may be meant.
    """

    questions: Mapping[str, Sequence[Someone]] = {}

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read answers like "ria:<id>" and "ria:"; anything else counts as nobody."""
        self.data: dict[str, UUID | None] = {}
        for answer in valuelist:
            name, _colon, member_id = str(answer).rpartition(":")
            try:
                self.data[name] = UUID(member_id) if member_id else None
            except ValueError:
                self.data[name] = None

    def answer(self, name: str, someone: Someone | None = None) -> str:
        """What the form sends when the writer means this member by a name, or nobody."""
        return f"{mentions.folded(name)}:{someone.id if someone else ''}"

    def ask(self, unclear: Mapping[str, Sequence[Someone]]) -> None:
        """Ask whom the writer means by these names."""
        self.questions = unclear
        self.errors = [
            _("Hier doen er meer mee die %(name)s heten. Kies wie je bedoelt.", name=name) for name in unclear
        ]


class FileForm(Form):
    """A form that may bring a file, with names of its own on a page with more forms.

    `is_too_large` when it could not even be read.
    """

    prefix = ""
    is_too_large = False

    def __init__(self, **settings: Any):
        super().__init__(prefix=self.prefix, **settings)

    file = UploadField(
        _l("Bijlage"), description=_l("Een pdf, foto, tekst of rekenblad van hoogstens 10 MB.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well; of what could not be read only that is said."""
        if self.is_too_large:
            self.file.errors = [too_large()]
            return False
        return bool(super().validate(extra_validators))

    def say_again_which_file(self) -> None:
        """A browser forgets which file was chosen when a form comes back; say so at its place."""
        if self.file.data and not self.file.errors:
            self.file.errors = [_("Kies je bijlage nog een keer. Je browser onthoudt haar niet.")]


class CommentForm(FileForm):
    """Something to say, with or without a file."""

    prefix = "reactie"

    text = AreaField(_l("Jouw reactie"), description=_l("Typ @ en een naam, dan krijgt die persoon bericht."))
    meant = MeantField(default=dict)

    def validate(self, extra_validators: Any = None) -> bool:
        """Words, a file, or both."""
        is_fine = super().validate(extra_validators)
        if is_fine and not self.text.data and not self.file.upload:
            self.text.errors = [_("Schrijf eerst iets, of kies een bijlage.")]
            is_fine = False
        if not is_fine:
            self.say_again_which_file()
        return is_fine


class EditForm(Form):
    """Better words for what was said."""

    def __init__(self, comment: Comment, **settings: Any):
        super().__init__(prefix=f"r{comment.id.hex}", obj=comment, **settings)

    text = AreaField(_l("Jouw reactie"), [DataRequired(_l("Schrijf iets, of haal je reactie weg."))])
    meant = MeantField(default=dict)


class AttachmentForm(FileForm):
    """A file to add."""

    prefix = "bijlage"

    def validate(self, extra_validators: Any = None) -> bool:
        """There has to be one."""
        is_fine = super().validate(extra_validators)
        if is_fine and not self.file.upload:
            self.file.errors = [_("Kies eerst een bestand.")]
        return is_fine and not self.file.errors


def sent(form: Callable[..., _AnyForm]) -> _AnyForm:
    """The form as it was sent, however large the file in it is.

    What is too large to be read at all gives an empty form, that says so when it is validated.
    """
    request.max_content_length = LARGEST_REQUEST
    try:
        return form()
    except RequestEntityTooLarge:
        empty = form(formdata=None)
        empty.is_too_large = True
        return empty
