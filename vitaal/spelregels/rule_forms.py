"""What the pages about rules may send: what a partner signs, and what a group does with a rule it looked at again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, IntegerField, RadioField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from vitaal.kernel import clock
from vitaal.kernel.db import HIGHEST_NUMBER
from vitaal.pages.forms import AreaField, DateField, Form, options
from vitaal.spelregels.models import ReviewOutcome, Spelregel
from vitaal.spelregels.signing import Exactly

MOST_AHEAD = timedelta(days=2 * 366)


def exactly(sent: Any) -> Exactly:
    """A rule in one version, as a form sends it: `<id>.<version>`. Raises ValueError for anything else."""
    rule_id, _point, version = str(sent).partition(".")
    number = int(version)
    if not (version.isascii() and version.isdigit() and number <= HIGHEST_NUMBER):
        raise ValueError(sent)
    return Exactly(UUID(rule_id), number)


def as_sent(rule: Spelregel) -> str:
    """The version of a rule that holds, as a form sends it."""
    return f"{rule.id}.{rule.version}"


class SignForm(Form):
    """Which rules a partner signs, each in the version that the reader saw."""

    partner = HiddenField()
    rules = SelectMultipleField(_l("Welke spelregels teken je?"), validate_choice=False)

    def for_partner(self, partner_id: UUID, kept: Iterable[str] = ()) -> "SignForm":
        """The form of one partner, of the several that may stand on a page; nothing is ticked but what was `kept`."""
        self.partner.id, self.rules.id = f"partner-{partner_id}", f"regels-{partner_id}"
        self.partner.data, self.rules.data = str(partner_id), list(kept)
        return self

    def validate_rules(self, field: Field) -> None:
        """At least one, and each one that this page can have offered."""
        if not field.data:
            raise ValidationError(_("Zet een vinkje bij elke spelregel die je tekent."))
        for sent in field.data:
            try:
                exactly(sent)
            except ValueError:
                raise ValidationError(_("Kies iets uit de lijst.")) from None

    def wanted(self) -> frozenset[Exactly]:
        """What is to be signed; after `validate`."""
        return frozenset(exactly(sent) for sent in self.rules.data or ())


def _only_to_keep(form: Form, field: Field) -> None:
    """Ask for this only when the rule stays; whatever was typed otherwise does not count."""
    is_empty = not (field.raw_data and str(field.raw_data[0]).strip())
    if is_empty or form["outcome"].data != ReviewOutcome.KEEP:
        field.errors = []
        raise StopValidation(
            _("Kies een dag om weer te kijken.") if form["outcome"].data == ReviewOutcome.KEEP else ""
        )


class ReviewForm(Form):
    """What the group does with a rule that it looked at, and when it does so again."""

    version = IntegerField(validators=[NumberRange(1, HIGHEST_NUMBER)], widget=HiddenInput())
    reviews = IntegerField(validators=[NumberRange(0, HIGHEST_NUMBER)], widget=HiddenInput())
    outcome = RadioField(
        _l("Wat doen jullie met deze spelregel?"),
        [InputRequired(_l("Kies wat jullie met de spelregel doen."))],
        choices=options(
            (ReviewOutcome.KEEP.value, _l("Houden")),
            (ReviewOutcome.CHANGE.value, _l("Aanpassen")),
            (ReviewOutcome.RETIRE.value, _l("Stoppen")),
        ),
    )
    note = AreaField(
        _l("Wat hebben jullie gemerkt?"),
        [Optional()],
        longest=2_000,
        description=_l("Schrijf het zo op dat iedereen het mag lezen. Noem niemand die er niet bij was."),
    )
    next_on = DateField(
        _l("Wanneer kijken jullie weer?"),
        [_only_to_keep],
        description=_l("Alleen als jullie de spelregel houden. Meestal is een half jaar genoeg."),
    )

    def now_at(self, rule: Spelregel, reviews: int) -> "ReviewForm":
        """Let this form go on from the rule as its reader sees it now."""
        for field, value in ((self.version, rule.version), (self.reviews, reviews)):
            field.data, field.raw_data = value, None
        return self

    def validate_next_on(self, field: Field) -> None:
        """A rule that stays is looked at again: tomorrow at the earliest, and within two years."""
        if field.data and not clock.today() < field.data <= clock.today() + MOST_AHEAD:
            raise ValidationError(_("Kies een dag vanaf morgen, en binnen twee jaar."))
