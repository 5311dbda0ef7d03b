"""What the pages about decisions and agreements may send."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation

from vitaal.decisions.agreeing import OwnerCannotSee, refuse_unseeing
from vitaal.decisions.models import How, Outcome
from vitaal.decisions.origins import Origin
from vitaal.decisions.words import AUDIENCES, HOW_NAMES
from vitaal.kernel import clock
from vitaal.pages.forms import AreaField, DateField, Form, TextField, VersionedForm, is_near, options
from vitaal.workspaces.models import Circle, Membership

A_QUARTER = timedelta(weeks=13)  # after it people look whether an agreement works, unless they say otherwise


def has_come(_form: Form, field: Field) -> None:
    """Refuse a day that is still to come."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("Kies de dag waarop jullie het besloten, niet een dag die nog komt."))


def is_to_come(_form: Form, field: Field) -> None:
    """Refuse a day that has come."""
    if field.data and field.data <= clock.today():
        raise ValidationError(_("Kies een dag die nog komt."))


def asked_when_kept(form: Form, field: Field) -> None:
    """Ask for the day only when an agreement is kept."""
    is_kept = form.outcome.data == Outcome.KEEP
    if is_kept and any(field.raw_data or ()):
        return
    field.errors = []
    raise StopValidation(_("Kies de dag waarop jullie weer kijken.") if is_kept else "")


def _who_reads() -> RadioField:
    return RadioField(
        _l("Wie mag dit lezen?"), choices=options(*AUDIENCES.items()),
        validators=[InputRequired(_l("Kies wie dit mag lezen."))],
    )  # fmt: skip


class DecisionForm(Form):
    """What was decided, how, by whom, and until when. With a majority there are people who saw it otherwise."""

    text = AreaField(
        _l("Wat is besloten?"), [DataRequired(_l("Schrijf op wat jullie besloten."))], longest=2000
    )
    how = RadioField(
        _l("Hoe besloten jullie dit?"), choices=options(*HOW_NAMES.items()),
        validators=[InputRequired(_l("Kies hoe jullie dit besloten."))],
    )  # fmt: skip
    minority = AreaField(
        _l("Wie zag het anders, en waarom?"), longest=2000,
        description=_l("Zo blijft die mening bewaard. Schrijf op om welke groep of organisatie het gaat, en noem geen namen van mensen."),
    )  # fmt: skip
    decided_on = DateField(_l("Op welke dag?"), [InputRequired(_l("Kies een dag.")), is_near, has_come])
    decided_by = TextField(
        _l("Wie besloot dit?"), [Optional()],
        description=_l("Bijvoorbeeld: de binnencirkel, of werkgroep Vervoer."),
    )  # fmt: skip
    valid_until = DateField(
        _l("Tot en met welke dag geldt het?"), [Optional(), is_near],
        description=_l("Laat dit leeg als het geldt tot jullie iets anders besluiten."),
    )  # fmt: skip

    def validate_minority(self, field: AreaField) -> None:
        """Whether someone saw it otherwise is asked when the most votes counted."""
        if self.how.data == How.MAJORITY and not field.data:
            raise ValidationError(
                _(
                    "Schrijf op wat wie het anders zag ervan vond. Zag niemand het anders? Schrijf dan ‘niemand’."
                )
            )

    def validate_valid_until(self, field: DateField) -> None:
        """A day on which it was decided already."""
        if field.data and self.decided_on.data and field.data < self.decided_on.data:
            raise ValidationError(_("Kies een dag na die waarop jullie het besloten."))

    @property
    def wanted(self) -> dict[str, Any]:
        """What was decided, as the rules ask for it."""
        how = How(self.how.data)
        return {
            "text": self.text.data, "how": how, "on": self.decided_on.data, "decided_by": self.decided_by.data or "",
            "minority": self.minority.data or "" if how == How.MAJORITY else "",
            "valid_until": self.valid_until.data,
        }  # fmt: skip


class ReplacementForm(DecisionForm):
    """A decision as the register asks for it: who decided has to be said."""

    decided_by = TextField(
        _l("Wie besloot dit?"), [DataRequired(_l("Schrijf op wie dit besloot."))],
        description=_l("Bijvoorbeeld: de binnencirkel, of werkgroep Vervoer."),
    )  # fmt: skip


class RecordForm(ReplacementForm):
    """A decision, and who may read it."""

    circle = _who_reads()

    def offer(self, origin: Origin) -> "RecordForm":
        """Ask who may read it only where there is a choice."""
        if origin.circle == Circle.INNER:
            del self.circle
        return self

    @property
    def wanted(self) -> dict[str, Any]:
        """What was decided, and who may read it."""
        return {**super().wanted, "circle": self.circle.data if "circle" in self else Circle.INNER}


class _OwnerForm(Form):
    """Asks for a member who looks after an agreement, who has to be able to read it."""

    owner = SelectField(_l("Wie let erop?"), [InputRequired(_l("Kies iemand uit de lijst."))])

    def offer_members(self, members: Sequence[Membership]) -> None:
        """Let people choose from these members."""
        self._members = {str(member.id): member for member in members}
        self.owner.choices = options(
            ("", _("Kies iemand")), *((key, member.name) for key, member in self._members.items())
        )

    @property
    def chosen_owner(self) -> Membership:
        """Who was chosen."""
        return self._members[self.owner.data]

    def _refuse_unseeing(self, circle: str) -> None:
        owner = self._members.get(self.owner.data or "")
        try:
            if owner:
                refuse_unseeing(owner, circle)
        except OwnerCannotSee:
            raise ValidationError(
                _("%(name)s staat in de buitencirkel en kan dit dan niet lezen.", name=self.chosen_owner.name)
            ) from None


class AgreementForm(_OwnerForm):
    """What was agreed, who looks after it, and when people look whether it works."""

    text = AreaField(
        _l("Wat spreken jullie af?"), [DataRequired(_l("Schrijf op wat jullie afspreken."))], longest=2000,
        description=_l("Schrijf het zo op dat je later kunt zien of het werkt."),
    )  # fmt: skip
    check_on = DateField(
        _l("Op welke dag kijken jullie of het werkt?"), [InputRequired(_l("Kies een dag.")), is_near, is_to_come]
    )  # fmt: skip
    agreed_on = DateField(
        _l("Op welke dag spraken jullie dit af?"), [InputRequired(_l("Kies een dag.")), is_near]
    )
    circle = _who_reads()

    def offer(self, members: Sequence[Membership], origin: Origin) -> "AgreementForm":
        """Let people choose from these members; ask who may read it only where there is a choice."""
        self.offer_members(members)
        if origin.circle == Circle.INNER:
            del self.circle
        return self

    def validate_agreed_on(self, field: DateField) -> None:
        """A day that has come."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("Kies de dag waarop jullie dit afspraken, niet een dag die nog komt."))

    def validate_owner(self, _field: SelectField) -> None:
        """Who looks after it can read it."""
        self._refuse_unseeing(self.chosen_circle)

    @property
    def chosen_circle(self) -> str:
        """Who may read it."""
        return str(self.circle.data) if "circle" in self else Circle.INNER

    @property
    def wanted(self) -> dict[str, Any]:
        """What was agreed, as the rules ask for it."""
        return {
            "text": self.text.data, "owner": self.chosen_owner, "check_on": self.check_on.data,
            "on": self.agreed_on.data, "circle": self.chosen_circle,
        }  # fmt: skip


class CheckForm(VersionedForm):
    """Whether an agreement works."""

    outcome = RadioField(
        _l("Werkt deze afspraak?"),
        choices=options(
            (Outcome.KEEP, _l("Houden")), (Outcome.DONE, _l("Klaar")), (Outcome.STOP, _l("Stoppen"))
        ),
        validators=[InputRequired(_l("Kies wat jullie met de afspraak doen."))],
    )  # fmt: skip
    next_on = DateField(_l("Op welke dag kijken jullie weer?"), [asked_when_kept, is_near, is_to_come])
    lesson = AreaField(
        _l("Wat leerden jullie ervan?"), [Optional()], longest=2000,
        description=_l("Eén zin is genoeg. Noem geen namen van mensen over wie het gaat."),
    )  # fmt: skip


class HandOverForm(VersionedForm, _OwnerForm):
    """Who looks after an agreement from now on."""

    def offer(self, members: Sequence[Membership], circle: str) -> "HandOverForm":
        """Let people choose from these members, for an agreement that this circle reads."""
        self.offer_members(members)
        self._circle = circle
        return self

    def validate_owner(self, _field: SelectField) -> None:
        """Who looks after it can read it."""
        self._refuse_unseeing(self._circle)
