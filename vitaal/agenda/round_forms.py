"""What the pages about a round of choosing together may send."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.fields import FieldList, FormField
from wtforms.validators import InputRequired, NumberRange, Optional

from vitaal.agenda.models import Action
from vitaal.agenda.rounds import FEWEST_ACTIONS, MOST_ACTIONS, MOST_DAYS
from vitaal.agenda.settling import HAND_OVER
from vitaal.kernel import clock
from vitaal.method.priority import quadrants
from vitaal.pages.forms import AreaField, DateField, Form, TextField, options
from vitaal.workspaces.models import Partner

_MARKS = options(*((number, str(number)) for number in range(1, 6)))


class RoundForm(Form):
    """Which actions are weighed, until when, and why."""

    actions = SelectMultipleField(_l("Over welke acties gaat het?"), coerce=lambda value: UUID(str(value)))
    closes_on = DateField(
        _l("Tot welke ochtend kan iedereen antwoorden?"),
        [InputRequired(_l("Kies een dag."))],
        description=_l("Neem er een weekend bij: dan lezen veel mensen."),
    )
    why = AreaField(
        _l("Waarom vragen jullie dit nu?"),
        [Optional()],
        longest=600,
        description=_l("Eén of twee zinnen is genoeg."),
    )

    def offer(self, actions: Sequence[Action]) -> "RoundForm":
        """Let people choose from these actions."""
        self.actions.choices = options(
            *((action.id, f"{action.number}. {action.title}") for action in actions)
        )
        return self

    def validate_actions(self, field: Field) -> None:
        """A few, and not more than people can weigh in one go."""
        if not FEWEST_ACTIONS <= len(field.data or ()) <= MOST_ACTIONS:
            raise ValidationError(
                _(
                    "Kies er minstens %(fewest)d en hoogstens %(most)d.",
                    fewest=FEWEST_ACTIONS,
                    most=MOST_ACTIONS,
                )
            )

    def validate_closes_on(self, field: Field) -> None:
        """Tomorrow at the earliest."""
        if field.data and not clock.today() < field.data <= clock.today() + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Kies een dag vanaf morgen, en binnen drie maanden."))


class RatingForm(Form):
    """What a partner thinks of one action."""

    importance = RadioField(
        _l("Hoe belangrijk is dit?"),
        [InputRequired(_l("Kies een getal van 1 tot 5."))],
        coerce=int,
        choices=_MARKS,
    )
    urgency = RadioField(
        _l("Hoeveel haast heeft het?"),
        [InputRequired(_l("Kies een getal van 1 tot 5."))],
        coerce=int,
        choices=_MARKS,
    )
    remark = TextField(_l("Waarom vind je dat?"), [Optional()])


class LineForm(PlainForm):
    """What the group decides about one action, by its id: its place, its quadrant, and who takes it over."""

    Meta = Form.Meta  # the cleaning and the sentences that every form has

    action = HiddenField()
    place = IntegerField(_l("Plaats"), [NumberRange(1, MOST_ACTIONS, _l("Vul een plaats in, vanaf 1."))])
    quadrant = SelectField(_l("Wat doen we ermee?"), [Optional()])
    taken_by = SelectField(_l("Wie neemt het over?"), [Optional()])

    def validate_quadrant(self, field: Field) -> None:
        """What is handed over goes to someone."""
        if field.data == HAND_OVER and not self.taken_by.data:
            raise ValidationError(_("Kies ook wie dit overneemt."))


class SettleForm(Form):
    """What the group decides about every action of a round, in the order in which the group saw them."""

    lines = FieldList(FormField(LineForm))

    def offer(self, partners: Sequence[Partner], language: str) -> "SettleForm":
        """Let people choose from the quadrants of the method and these partners."""
        for line in self.lines:
            line.form.quadrant.choices = options(
                ("", _("Nog niet gekozen")), *((one.key, one.name.in_(language)) for one in quadrants())
            )
            line.form.taken_by.choices = options(
                ("", _("Niemand")), *((str(partner.id), partner.name) for partner in partners)
            )
        return self

    def decided(self) -> list[dict[str, Any]]:
        """The answers of every line."""
        return [line.data for line in self.lines]

    def is_about(self, action_ids: Collection[UUID]) -> bool:
        """Whether there is one line for each of these actions, and for no other."""
        answered = [answer["action"] for answer in self.decided()]
        return len(answered) == len(action_ids) and set(answered) == set(map(str, action_ids))
