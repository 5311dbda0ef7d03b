"""What may be sent about one action with all that belongs to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from vitaal.agenda.action_words import AUDIENCES, REPEATS, origin
from vitaal.agenda.choices import Choice, Choices
from vitaal.agenda.models import Action, Repeat
from vitaal.agenda.queries import action_numbered
from vitaal.agenda.quick_forms import a_day_of_our_time
from vitaal.agenda.steps import MOST
from vitaal.kernel.db import HIGHEST_NUMBER
from vitaal.method import ingredients
from vitaal.pages.forms import LINE, AreaField, DateField, Form, TextField, options
from vitaal.workspaces.models import Circle, Membership

MOST_LABELS, LONGEST_LABEL = 10, 40
_OWN_COLUMNS = ("title", "reason", "goal_id", "owner_id", "partner_id", "group_id", "starts_on", "due_on", "repeats",
                "serves", "labels", "circle")  # fmt: skip


class IdField(SelectField):
    """Something to choose by its id, or nothing; its data is an id or None."""

    def __init__(self, label: Any, nothing: Any, **settings: Any):
        super().__init__(label, [Optional()], coerce=_id, choices=options(("", nothing)), **settings)
        self.nothing = nothing

    def offer(self, found: Iterable[Choice], now: Choice | None = None) -> None:
        """Let people choose one of these, or keep what it is `now` when that can't be chosen any more."""
        pairs = {choice.id: choice.name for choice in found}
        if now and now.id not in pairs:
            pairs[now.id] = now.name
        self.choices = options(("", self.nothing), *((str(key), name) for key, name in pairs.items()))


class ActionForm(Form):
    """An action with all its fields, but for how far it is."""

    version = IntegerField(widget=HiddenInput(), default=1, validators=[NumberRange(1, HIGHEST_NUMBER)])
    title = TextField(
        _l("Wat gaan we doen?"),
        [DataRequired(_l("Schrijf op wat jullie gaan doen."))],
        description=_l("Schrijf het zo dat je buurvrouw het begrijpt."),
    )
    reason = AreaField(
        _l("Waar gaat het om?"),
        [Optional()],
        description=_l("Wat is er nodig, en waarom? Schrijf geen namen van ouderen op."),
    )
    goal_id = IdField(_l("Bij welk doel hoort het?"), _l("Bij geen doel"))
    owner_id = IdField(_l("Wie trekt dit?"), _l("Nog niemand"))
    group_id = IdField(_l("Welke werkgroep?"), _l("Geen werkgroep"))
    partner_id = IdField(_l("Welke organisatie?"), _l("Geen organisatie"))
    starts_on = DateField(_l("Wanneer begint het?"), [Optional(), a_day_of_our_time])
    due_on = DateField(_l("Wanneer is het klaar?"), [Optional(), a_day_of_our_time])
    repeats = RadioField(
        _l("Komt het terug?"),
        choices=options(*REPEATS.items()),
        default=Repeat.NEVER.value,
        description=_l("Is de actie klaar, dan zetten we de volgende vanzelf op de agenda."),
    )
    serves = TextField(
        _l("Voor wie doen we dit?"),
        [Optional()],
        description=_l("Bijvoorbeeld: mensen die slecht lopen. Geen namen."),
    )
    labels = TextField(_l("Labels"), [Optional()], description=_l("Met een komma ertussen: eten, vervoer"))
    depends_on = IntegerField(
        _l("Op welke actie wacht dit?"),
        [Optional(), NumberRange(1, HIGHEST_NUMBER, _l("Er is geen actie met dit nummer."))],
        widget=TextInput(),
        description=_l("Vul het nummer van die actie in, bijvoorbeeld 12."),
    )
    ingredient = SelectField(_l("Aan welk ingrediënt werken jullie hiermee?"), [Optional()])
    circle = RadioField(_l("Wie ziet dit?"), choices=options(*AUDIENCES.items()), default=Circle.OUTER.value)

    action: Action | None = None
    waits_for: Action | None = None

    def offer(
        self, choices: Choices, members: Sequence[Membership], action: Action | None = None
    ) -> "ActionForm":
        """Let people choose from these; what the action has now can be kept, even when it is not among them."""
        self.action = action
        self.insiders = {member.id for member in members if member.is_inside}
        people = [Choice(member.id, member.name) for member in members]
        for name, found in (
            ("goal", choices.goals), ("owner", people), ("group", choices.groups), ("partner", choices.partners),
        ):  # fmt: skip
            now = getattr(action, name) if action else None
            label = getattr(now, "title", None) or getattr(now, "name", "")
            self[f"{name}_id"].offer(found, Choice(now.id, str(label)) if now else None)
        self.ingredient.choices = _ingredients(action)
        return self

    def show(self, action: Action, waits_for: int | None) -> "ActionForm":
        """Fill in what the action has now."""
        for name in _OWN_COLUMNS:
            self[name].data = getattr(action, name)
        self.labels.data = ", ".join(action.labels)
        self.version.data, self.depends_on.data = action.version, waits_for
        self.ingredient.data = action.origin_key if action.origin_kind == "ingredient" else ""
        return self

    def now_at(self, version: int) -> None:
        """Let this form, with what was typed in it, follow on this version."""
        self.version.data, self.version.raw_data = version, None

    def validate_due_on(self, field: DateField) -> None:
        """Nothing ends before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Deze dag ligt vóór het begin. Kies een latere dag."))

    def validate_repeats(self, field: RadioField) -> None:
        """What comes back needs a day to come back after."""
        if field.data and not self.due_on.data:
            raise ValidationError(_("Kies hierboven een dag. Dan weten we wanneer de actie terugkomt."))

    def validate_owner_id(self, field: IdField) -> None:
        """Who leads an action sees it."""
        if field.data and self.circle.data == Circle.INNER and field.data not in self.insiders:
            raise ValidationError(
                _("Alleen de binnencirkel ziet deze actie. Kies iemand uit de binnencirkel.")
            )

    def validate_labels(self, _field: TextField) -> None:
        """A few short labels."""
        labels = self.wanted_labels()
        if len(labels) > MOST_LABELS or any(len(label) > LONGEST_LABEL for label in labels):
            raise ValidationError(
                _("Kies hoogstens %(most)d labels, van hoogstens %(longest)d letters.", most=MOST_LABELS,
                  longest=LONGEST_LABEL)
            )  # fmt: skip

    def validate_depends_on(self, field: IntegerField) -> None:
        """Only what is on the agenda can be waited for."""
        if not field.data:
            return
        self.waits_for = action_numbered(field.data)
        if self.waits_for is None or self.waits_for.deleted_at:
            raise ValidationError(_("Er is geen actie met dit nummer."))
        if self.action and self.waits_for.id == self.action.id:
            raise ValidationError(_("Een actie kan niet op zichzelf wachten."))

    def wanted(self) -> dict[str, Any]:
        """The fields of the action as they should become, by column."""
        values = {name: self[name].data for name in _OWN_COLUMNS}
        texts = {name: values[name] or "" for name in ("reason", "repeats", "serves")}
        waits = {"depends_on_id": self.waits_for.id if self.waits_for else None}
        return values | texts | waits | {"labels": self.wanted_labels()} | self._origin()

    def wanted_labels(self) -> list[str]:
        """Each label once, without spaces around it."""
        labels = (" ".join(label.split()) for label in (self.labels.data or "").split(","))
        return list(dict.fromkeys(filter(None, labels)))

    def _origin(self) -> dict[str, str]:
        """An ingredient, or none; an origin of another kind stays as it is."""
        key = self.ingredient.data or ""
        if not key and self.action and self.action.origin_kind not in {"", "ingredient"}:
            return {}
        name = ingredients.ingredient(key).name.nl if key else ""
        return {"origin_kind": "ingredient" if key else "", "origin_key": key, "origin_name": name}


class NewActionForm(ActionForm):
    """A new action, with its first steps and who helps."""

    steps = AreaField(
        _l("In welke stappen?"),
        [Optional()],
        description=_l("Elke stap op een eigen regel. Je kunt ze later afvinken."),
    )
    helpers = SelectMultipleField(_l("Wie helpt mee?"), [Optional()], coerce=lambda value: UUID(str(value)))

    def offer(
        self, choices: Choices, members: Sequence[Membership], action: Action | None = None
    ) -> "NewActionForm":
        """The same, and the members who can help."""
        super().offer(choices, members, action)
        self.helpers.choices = options(*((member.id, member.name) for member in members))
        return self

    def validate_steps(self, _field: AreaField) -> None:
        """A checklist that people can oversee, of lines that fit."""
        lines = self.wanted_steps()
        if len(lines) > MOST or any(len(line) > LINE for line in lines):
            raise ValidationError(
                _(
                    "Maak hoogstens %(most)d stappen, van hoogstens %(longest)d letters.",
                    most=MOST,
                    longest=LINE,
                )
            )

    def validate_helpers(self, field: SelectMultipleField) -> None:
        """Who helps with an action sees it."""
        if self.circle.data == Circle.INNER and not set(field.data or ()) <= self.insiders:
            raise ValidationError(
                _("Alleen de binnencirkel ziet deze actie. Kies mensen uit de binnencirkel.")
            )

    def wanted_steps(self) -> list[str]:
        """The steps, one for every line with something on it."""
        return [line.strip() for line in (self.steps.data or "").split("\n") if line.strip()]


def field_of(column: str) -> str:
    """The name of the field in which a column of an action is asked."""
    return {"depends_on_id": "depends_on"}.get(
        column, "ingredient" if column.startswith("origin_") else column
    )


def _ingredients(action: Action | None) -> dict[str, list[tuple[str, str]]] | Any:
    language = str(get_locale())
    other = action and action.origin_kind not in {"", "ingredient"} and origin(action)
    grouped: Mapping[str, Any] = {
        "": [("", other or _("Geen ingrediënt in het bijzonder"))],
        **{
            factor.name.in_(language): [(one.key, one.name.in_(language)) for one in factor.ingredients]
            for factor in ingredients.factors()
        },
    }
    return grouped


def _id(typed: Any) -> UUID | None:
    return UUID(str(typed)) if typed else None
