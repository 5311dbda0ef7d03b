"""What the pages about strains may send."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation

from vitaal.kernel import clock
from vitaal.pages.forms import AreaField, DateField, Form, VersionedForm, options
from vitaal.spelregels import strain_words
from vitaal.spelregels.models import Spelregel, Strain, StrainStage
from vitaal.workspaces.models import Membership, Role
from vitaal.workspaces.words import ROLES

LONGEST = 2_000  # letters of one story: what fits on a page
SOMETHING_ELSE = "iets-anders"
_FAR = timedelta(days=366)


class Way(StrEnum):
    """How someone wants to talk about it: first with a guide alone, with the other, with both, or in the group."""

    GUIDE = "guide"
    TOGETHER = "together"
    GUIDED = "guided"
    GROUP = "group"


WITH_GUIDE = (Way.GUIDE, Way.GUIDED)
WITH_OTHER = (Way.TOGETHER, Way.GUIDED)


def only_when(name: str, *values: str) -> Callable[[Form, Field], None]:
    """A validator: what follows it counts only while another field has one of these values."""

    def check(form: Form, field: Field) -> None:
        if form[name].data not in values:
            field.errors = []
            raise StopValidation

    return check


class StrainForm(Form):
    """Which rule is strained, what happened, what is needed, and with whom to talk about it."""

    rule = SelectField(
        _l("Over welke spelregel gaat het?"),
        [InputRequired(_l("Kies een spelregel. Weet je het niet? Kies dan ‘Iets anders’."))],
    )
    happened = AreaField(
        _l("Wat gebeurde er?"),
        [DataRequired(_l("Schrijf in een paar woorden op wat er gebeurde."))],
        longest=LONGEST,
    )
    needed = AreaField(_l("Wat heb je nodig?"), [Optional()], longest=LONGEST)
    way = RadioField(_l("Hoe wil je het bespreken?"), [InputRequired(_l("Kies hoe je het wilt bespreken."))])
    other = SelectField(
        _l("Wie is de ander?"), [only_when("way", *WITH_OTHER), InputRequired(_l("Kies met wie je wilt praten."))]
    )  # fmt: skip
    guide = SelectField(
        _l("Welke begeleider kies je?"),
        [only_when("way", *WITH_GUIDE), InputRequired(_l("Kies een begeleider."))],
        description=_l("Gaat het over deze begeleider? Kies dan een ander."),
    )

    def offer(self, rules: Iterable[Spelregel], people: Iterable[Membership]) -> "StrainForm":
        """Let people choose from these rules and these others; without someone a way to talk falls away."""
        self.people = {str(one.id): one for one in people}
        self.guides = [one for one in self.people.values() if one.arranges]
        self.rules = {str(rule.number): rule for rule in rules}
        self.rule.choices = options(
            ("", _("Kies")),
            *((number, f"{number}. {rule.current.title}") for number, rule in self.rules.items()),
            (SOMETHING_ELSE, _("Iets anders")),
        )
        self.other.choices = options(
            ("", _("Kies")), *((key, f"{one.name}, {one.partner.name}") for key, one in self.people.items())
        )
        self.guide.choices = options(
            ("", _("Kies")), *((str(one.id), f"{one.name}, {_role(one)}") for one in self.guides)
        )
        self.way.choices = options(*((way, self._words_of(way)) for way in self._ways()))
        self._take_the_only_guide()
        return self

    def begin(self, number: str) -> "StrainForm":
        """Choose beforehand what is known: the rule that someone came from, and the most private way to talk."""
        self.rule.data = number if number in self.rules else ""
        private = [way for way in self._ways() if way != Way.GROUP]
        self.way.data = private[0] if private else None
        return self

    def validate_other(self, field: Field) -> None:
        """The other and the guide are two people."""
        if self.way.data == Way.GUIDED and field.data and field.data == self.guide.data:
            raise ValidationError(
                _("De ander en de begeleider zijn nu dezelfde. Kies twee mensen, of praat samen.")
            )

    @property
    def only_guide(self) -> Membership | None:
        """The one guide that there is, whom nobody has to choose."""
        return self.guides[0] if len(self.guides) == 1 else None

    @property
    def chosen_rule(self) -> UUID | None:
        """The rule that it is about; None for something else."""
        found = self.rules.get(self.rule.data)
        return found.id if found else None

    @property
    def chosen_other(self) -> Membership | None:
        """The other, where the way to talk has one."""
        return self.people[self.other.data] if self.way.data in WITH_OTHER else None

    @property
    def chosen_guide(self) -> Membership | None:
        """The guide, where the way to talk has one."""
        return self.people[self.guide.data] if self.way.data in WITH_GUIDE else None

    @property
    def lines(self) -> dict[str, str]:
        """Who reads it, by way to talk."""
        guide = self.only_guide
        return {
            Way.GUIDE: _("Alleen %(name)s ziet dit.", name=guide.name) if guide else _("Alleen wie je kiest, ziet dit."),
            Way.TOGETHER: _("We sturen jullie allebei een uitnodiging om te praten. Alleen jullie twee zien dit."),
            Way.GUIDED: _("We sturen jullie alle drie een uitnodiging. Alleen jullie drie zien dit."),
            Way.GROUP: _("De hele binnencirkel leest dit, zonder jouw naam. Schrijf het zo dat niemand te herkennen is."),
        }  # fmt: skip

    def _ways(self) -> list[Way]:
        if not self.people:
            return [Way.GROUP]
        if not self.guides:
            return [Way.TOGETHER, Way.GROUP]
        return [way for way in Way if way != Way.GUIDED or len(self.people) > 1]

    def _words_of(self, way: Way) -> str:
        guide = self.only_guide
        words = {
            Way.GUIDE: _("Ik wil eerst zelf met %(name)s praten", name=guide.name)
            if guide
            else _("Ik wil eerst zelf met een begeleider praten"),
            Way.TOGETHER: _("Samen met de ander"),
            Way.GUIDED: _("Met %(name)s erbij", name=guide.name) if guide else _("Met een begeleider erbij"),
            Way.GROUP: _("In de groep"),
        }
        return str(words[way])

    def _take_the_only_guide(self) -> None:
        if self.only_guide:
            self.guide.data = str(self.only_guide.id)
            self.guide.raw_data = [self.guide.data]


class FollowUpForm(VersionedForm):
    """The next step of a strain, with what belongs to it."""

    step = RadioField(
        _l("Wat is de volgende stap?"),
        [InputRequired(_l("Kies hoe ver jullie zijn."))],
        choices=options(*((to, to) for to in StrainStage if to != StrainStage.RAISED)),
    )
    agreed = AreaField(
        _l("Wat spreken jullie af?"),
        [only_when("step", StrainStage.AGREED), DataRequired(_l("Schrijf op wat jullie afspreken."))],
        longest=LONGEST,
    )
    check_on = DateField(
        _l("Wanneer kijken jullie of het lukt?"),
        [only_when("step", StrainStage.AGREED), InputRequired(_l("Kies een dag waarop jullie kijken of het lukt."))],
    )  # fmt: skip
    lesson = AreaField(
        _l("Wat leerden jullie?"), [only_when("step", StrainStage.CLOSED), Optional()], longest=LONGEST
    )

    @classmethod
    def of(cls, strain: Strain) -> "FollowUpForm":
        """The form for what comes next, with what was written before; which step that is, nobody said yet."""
        return cls(formdata=None, obj=strain)

    def offer(self, strain: Strain) -> "FollowUpForm":
        """Let people choose from what lies ahead only."""
        self.step.choices = options(
            *((to, strain_words.step(to, again=to == strain.stage)) for to in strain.ahead)
        )
        return self

    def follow(self, strain: Strain) -> None:
        """Let this form, with what was typed in it, go on from how the strain is now."""
        self.now_at(strain.version)
        if self.step.data not in strain.ahead:
            self.step.data = None

    def typed(self) -> dict[str, Any]:
        """The step that was chosen and what was written for it, by the name of the field."""
        names = {StrainStage.AGREED: ("agreed", "check_on"), StrainStage.CLOSED: ("lesson",)}
        step = StrainStage(self.step.data)
        return {"step": step, **{name: self[name].data for name in names.get(step, ())}}

    def validate_check_on(self, field: Field) -> None:
        """A day to come, within a year."""
        if field.data and field.data < clock.today():
            raise ValidationError(_("Deze dag is al geweest. Kies een latere dag."))
        if field.data and field.data > clock.today() + _FAR:
            raise ValidationError(_("Kies een dag binnen een jaar."))


def _role(guide: Membership) -> str:
    return str(ROLES[Role.LEAD if Role.LEAD in guide.roles else Role.FACILITATOR])
