"""What the pages about a proposal may send."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from vitaal.kernel import clock
from vitaal.kernel.db import HIGHEST_NUMBER
from vitaal.method import spelregels
from vitaal.pages.forms import AreaField, DateField, Form, TextField, options
from vitaal.spelregels.closing_days import MOST_DAYS, earliest_closing_day
from vitaal.spelregels.proposing import Text
from vitaal.spelregels.words import day
from vitaal.workspaces.models import Membership, Role

LONGEST_TITLE, LONGEST_TEXT = 160, 1000


def _later_than_today(_form: Form, field: Field) -> None:
    if field.data and field.data <= clock.today():
        raise ValidationError(_("Kies een dag die nog komt."))


class TextForm(Form):
    """A rule in words."""

    title = TextField(
        _l("De spelregel in één zin"),
        [DataRequired(_l("Schrijf de spelregel op in één zin."))],
        longest=LONGEST_TITLE,
        description=_l("Zoals je het ook tegen een buurman zou zeggen."),
    )
    example = AreaField(
        _l("Zo ziet het eruit als we het doen"),
        [Optional()],
        longest=LONGEST_TEXT,
        description=_l("Geef een voorbeeld uit de praktijk. Schrijf geen namen van mensen op."),
    )
    why = AreaField(
        _l("Waarom is deze regel nodig, juist hier?"),
        [DataRequired(_l("Schrijf op waarom deze regel nodig is. Eén zin is genoeg."))],
        longest=LONGEST_TEXT,
    )
    review_on = DateField(
        _l("Wanneer kijken jullie of de regel werkt?"),
        [InputRequired(_l("Kies een dag.")), _later_than_today],
        description=_l("Meestal na een half jaar."),
    )
    silence_leaves = BooleanField(
        _l("Wie niet antwoordt, laat het aan de anderen over"),
        description=_l(
            "Kruis dit alleen aan als de regel daarover gaat. Het geldt dan voor elke partner die de regel tekent."
        ),
    )

    @property
    def text(self) -> Text:
        """What was typed, as the text of a rule."""
        return Text(
            self.title.data or "", self.example.data or "", self.why.data or "", self.review_on.data or clock.today(),
            bool(self.silence_leaves.data),
        )  # fmt: skip


class GuideField(SelectField):
    """Who guides the talk: someone else than who proposes."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **settings: Any):
        super().__init__(label, list(validators), coerce=_id_or_none, choices=[], **settings)

    def offer(self, guides: Sequence[Membership]) -> None:
        """Let people choose one of these members, or nobody yet."""
        self.choices = options(("", _("Nog niemand")), *((str(each.id), _with_role(each)) for each in guides))
        self.members = {each.id: each for each in guides}

    @property
    def is_choice(self) -> bool:
        """Whether there is anyone to choose."""
        return bool(self.members)

    @property
    def member(self) -> Membership | None:
        """The member who was chosen."""
        return self.members.get(self.data) if self.data else None


class ProposalForm(TextForm):
    """A new rule, or another text for one that holds: then the reason is why it should change."""

    theme = RadioField(_l("Waar gaat het over?"), [DataRequired(_l("Kies waar de regel over gaat."))])
    guide = GuideField(
        _l("Wie begeleidt het gesprek?"),
        description=_l("Iemand anders dan jij: jij gaat over de tekst, de begeleider over de stappen."),
    )

    def offer(self, guides: Sequence[Membership], language: str) -> "ProposalForm":
        """Let people choose from the themes of the method and from these members."""
        self.theme.choices = options(*((one.key, one.name.in_(language)) for one in spelregels.themes()))
        self.guide.offer(guides)
        return self

    def about_a_rule(self) -> "ProposalForm":
        """Ask why a rule that holds should change."""
        self.why.label.text = _("Waarom moet de regel anders?")
        return self


class RetireForm(Form):
    """Why a rule should end."""

    why = AreaField(
        _l("Waarom stoppen jullie met deze regel?"),
        [DataRequired(_l("Schrijf op waarom jullie met deze regel stoppen."))],
        longest=LONGEST_TEXT,
    )
    guide = GuideField(
        _l("Wie begeleidt het gesprek?"),
        description=_l("Iemand anders dan jij: jij gaat over de tekst, de begeleider over de stappen."),
    )

    def offer(self, guides: Sequence[Membership], _language: str) -> "RetireForm":
        """Let people choose from these members."""
        self.guide.offer(guides)
        return self


class RewordForm(TextForm):
    """A better text for a proposal; `wording` is the number of the text that the writer saw."""

    wording = IntegerField(widget=HiddenInput(), validators=[NumberRange(1, HIGHEST_NUMBER)])


class AmendmentForm(Form):
    """Another text that someone offers."""

    title = TextField(
        _l("De spelregel in één zin"),
        [DataRequired(_l("Schrijf de spelregel op in één zin."))],
        longest=LONGEST_TITLE,
    )
    example = AreaField(_l("Zo ziet het eruit als we het doen"), [Optional()], longest=LONGEST_TEXT)
    why = AreaField(_l("Waarom is dit beter?"), [Optional()], longest=LONGEST_TEXT)


class ReplyForm(Form):
    """What the proposer does with another text: taking it over needs no words, leaving it out does."""

    reply = AreaField(
        _l("Waarom neem je dit niet over?"),
        longest=LONGEST_TEXT,
        description=_l("Alleen nodig als je het niet overneemt. Wie het voorstelde, leest dit."),
    )

    def must_say_why(self) -> bool:
        """Whether leaving it out is explained; says so at the field when not."""
        if self.reply.data:
            return True
        self.reply.errors = [*self.reply.errors, _("Schrijf op waarom je dit niet overneemt.")]
        return False


class GuideForm(Form):
    """Who guides from now on."""

    guide = GuideField(
        _l("Wie begeleidt het gesprek?"), [DataRequired(_l("Kies iemand die het gesprek begeleidt."))]
    )


class WithdrawForm(Form):
    """Why a proposal is let go."""

    why = AreaField(
        _l("Waarom trek je het in?"),
        [DataRequired(_l("Schrijf op waarom het voorstel niet doorgaat."))],
        longest=400,
    )


class GoOnForm(Form):
    """Going on before the day on which a stage closes: only when everyone was there (rule D-45)."""

    stage = HiddenField()
    everyone_was_there = BooleanField(_l("We deden dit in een bijeenkomst waar alle partners bij waren"))

    def validate_everyone_was_there(self, field: Field) -> None:
        """Without that, people who read on Sunday would come too late."""
        if not field.data:
            raise ValidationError(
                _("Wacht tot de dag voorbij is, of kruis aan dat alle partners erbij waren.")
            )


class RoundForm(Form):
    """How everyone is asked: until a day, or in a meeting until everyone spoke."""

    how = RadioField(
        _l("Hoe vraag je het?"),
        [InputRequired(_l("Kies hoe je het vraagt."))],
        choices=options(
            ("online", _l("Iedereen antwoordt zelf, tot een dag")), ("live", _l("Nu, in een bijeenkomst"))
        ),
    )
    closes_on = DateField(_l("Tot en met welke dag?"), [Optional()])
    everyone_is_here = BooleanField(_l("Van al deze partners is iemand hier"))

    def is_complete(self) -> bool:
        """Whether it leaves time, or everyone is there; says so at the field when not."""
        if self.how.data == "online":
            return self.leaves_time()
        if not self.everyone_is_here.data:
            self.everyone_is_here.errors = [
                *self.everyone_is_here.errors,
                _("Is niet iedereen er? Kies dan een dag, zodat iedereen kan antwoorden."),
            ]
        return bool(self.everyone_is_here.data)

    def leaves_time(self) -> bool:
        """Whether five working days and a Sunday lie before the day (rule D-45); says so at the field when not."""
        mistake = self._mistake()
        if mistake:
            self.closes_on.errors = [*self.closes_on.errors, mistake]
        return mistake is None

    def _mistake(self) -> str | None:
        first, last = earliest_closing_day(clock.today()), clock.today() + timedelta(days=MOST_DAYS)
        if self.closes_on.data is None:
            return str(_("Kies een dag."))
        if self.closes_on.data < first:
            return str(
                _("Kies %(day)s of later: iedereen heeft vijf werkdagen en een zondag nodig.", day=day(first))
            )
        return str(_("Kies een dag binnen drie maanden.")) if self.closes_on.data > last else None


def _id_or_none(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None


def _with_role(member: Membership) -> str:
    if Role.FACILITATOR in member.roles:
        return f"{member.name} ({_('procesbegeleider')})"
    return f"{member.name} ({_('trekker')})" if Role.LEAD in member.roles else member.name
