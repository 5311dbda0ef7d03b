"""What the quick ways to add and change an action may send: from the list, the board, or one line."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import DataRequired, Optional, ValidationError

from vitaal.agenda.models import Action, Status
from vitaal.agenda.words import STATUSES
from vitaal.pages.forms import DateField, Form, TextField, options
from vitaal.workspaces.models import Circle, Membership

YEARS = range(2000, 2200)


class OwnerField(SelectField):
    """A member to choose, or nobody; its data is an id or None."""

    def __init__(self, label: Any, **settings: Any):
        super().__init__(label, coerce=_id, choices=options(("", "")), **settings)

    def offer(self, members: Sequence[Membership], nobody: str) -> None:
        """Let people choose one of these, or nobody in these words."""
        self.choices = options(("", nobody), *((str(member.id), member.name) for member in members))


def a_day_of_our_time(_form: Any, field: Any) -> None:
    """Refuse a day that can only be a slip of the finger."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(_("Kies een dag tussen 2000 en 2200."))


class QuickForm(Form):
    """A new action in one line; who does it and when may stand beside it, under a goal or loose."""

    title = TextField(_l("Wat gaan we doen?"), [DataRequired(_l("Schrijf op wat jullie gaan doen."))])
    owner = OwnerField(_l("Wie doet het?"))
    due_on = DateField(_l("Wanneer is het klaar?"), [Optional(), a_day_of_our_time])
    goal = HiddenField()


class IdeaForm(Form):
    """An idea for the agenda, from who does not edit it."""

    title = TextField(_l("Heb je een idee?"), [DataRequired(_l("Schrijf je idee op, in één zin."))])


class ViewForm(Form):
    """A name for what the agenda shows now, and for whom it is kept."""

    name = TextField(
        _l("Bewaar wat je nu ziet als"), [DataRequired(_l("Geef de weergave een naam."))], longest=60
    )
    is_shared = BooleanField(_l("Voor iedereen"))


class PartForm(Form):
    """One part of an action, to change in its place; `columns` says which column of it has which field."""

    columns: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def data_of(cls, _action: Action) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    @property
    def wanted(self) -> dict[str, Any]:
        """The fields of the action as they should become."""
        return {column: self[field].data for column, field in self.columns.items()}


class StatusForm(PartForm):
    """How far an action is; who stops says why."""

    columns: ClassVar[Mapping[str, str]] = {"status": "status"}

    status = SelectField(_l("Hoe ver zijn we?"), choices=options(*STATUSES.items()))
    stop_reason = TextField(
        _l("Waarom stopt dit?"), description=_l("Eén zin is genoeg. Iedereen kan dit lezen.")
    )

    def validate_stop_reason(self, field: TextField) -> None:
        """Needed for who stops."""
        if self.status.data == Status.STOPPED and not field.data:
            raise ValidationError(_("Schrijf kort op waarom dit stopt."))

    @property
    def wanted(self) -> dict[str, Any]:
        """The status, and why where it stops."""
        stops = {"stop_reason": self.stop_reason.data} if self.status.data == Status.STOPPED else {}
        return super().wanted | stops


class OwnerForm(PartForm):
    """Who leads an action, or nobody yet."""

    columns: ClassVar[Mapping[str, str]] = {"owner_id": "owner"}

    owner = OwnerField(_l("Wie trekt dit?"))

    @classmethod
    def data_of(cls, action: Action) -> dict[str, Any]:
        """Who leads it now."""
        return {"owner": action.owner_id and str(action.owner_id)}


class DayForm(PartForm):
    """By when an action is done, or no day yet."""

    columns: ClassVar[Mapping[str, str]] = {"due_on": "due_on"}

    due_on = DateField(
        _l("Wanneer is het klaar?"),
        [Optional(), a_day_of_our_time],
        description=_l("Maak het leeg als er nog geen dag is."),
    )

    @classmethod
    def data_of(cls, action: Action) -> dict[str, Any]:
        """Its day now."""
        return {"due_on": action.due_on}


def who_may_own(circle: str, members: Sequence[Membership]) -> list[Membership]:
    """The members who may see an action with this circle, and so can lead it."""
    return [member for member in members if circle == Circle.OUTER or member.is_inside]


class TogetherForm(Form):
    """What becomes different on every action that was ticked; what is left alone stays as it is on each."""

    owner = SelectField(_l("Wie trekt het?"), [Optional()])
    goal = SelectField(_l("Doel"), [Optional()])
    status = SelectField(
        _l("Hoe ver?"),
        [Optional()],
        choices=options(
            ("", _l("Laat zo")), *((key.value, word) for key, word in STATUSES.items() if key != "idea")
        ),
    )
    due_on = DateField(_l("Klaar op"), [Optional(), a_day_of_our_time])
    stop_reason = TextField(_l("Waarom stoppen we?"))

    def offer(self, members: Sequence[Membership], goals: Sequence[Any]) -> "TogetherForm":
        """Let people choose from these members and goals."""
        stays = ("", _l("Laat zo"))
        self.owner.choices = options(stays, *((str(one.id), one.name) for one in members))
        self.goal.choices = options(stays, *((str(one.id), one.name) for one in goals))
        return self

    def validate_stop_reason(self, field: TextField) -> None:
        """Who stops says why."""
        if self.status.data == Status.STOPPED and not field.data:
            raise ValidationError(_("Schrijf op waarom we stoppen."))

    def wanted(self) -> dict[str, Any]:
        """What was chosen, by column."""
        chosen = {
            "owner_id": UUID(self.owner.data) if self.owner.data else None,
            "goal_id": UUID(self.goal.data) if self.goal.data else None,
            "status": self.status.data or None,
            "due_on": self.due_on.data,
        }
        found = {name: value for name, value in chosen.items() if value is not None}
        if found.get("status") == Status.STOPPED:
            found["stop_reason"] = self.stop_reason.data or ""
        return found


def _id(typed: str) -> UUID | None:
    return UUID(typed) if typed else None
