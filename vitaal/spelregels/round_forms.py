"""What people may say in a round, and how an objection comes to an end."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from vitaal.pages.forms import AreaField, Form, TextField, options
from vitaal.spelregels.consent import Answer, Closing
from vitaal.spelregels.models import ConsentAnswer, Proposal
from vitaal.spelregels.words import answer_name
from vitaal.workspaces.models import Partner

LONGEST = 1000


class AnswerForm(Form):
    """What a partner says. A worry and an objection are explained; the other two need no words (rules D-46, D-47)."""

    round = IntegerField(widget=HiddenInput(), validators=[Optional()])
    answer = RadioField(_l("Wat is het antwoord?"), [InputRequired(_l("Kies een antwoord."))])
    worry = AreaField(
        _l("Wat is de zorg?"), [Optional()], longest=LONGEST,
        description=_l("De zorg komt bij het besluit te staan. We kijken ernaar als we de regel nakijken."),
    )  # fmt: skip
    goes_wrong = AreaField(_l("Wat gaat er mis?"), [Optional()], longest=LONGEST)
    for_whom = TextField(_l("Voor wie?"), [Optional()])
    seen_where = AreaField(_l("Waar zie je dat nu al?"), [Optional()], longest=LONGEST)
    would_help = AreaField(
        _l("Wat zou het oplossen?"), [Optional()], longest=LONGEST,
        description=_l("Weet je het niet? Dan zoeken we het samen."),
    )  # fmt: skip

    @classmethod
    def of(cls, given: ConsentAnswer | None, proposal: Proposal, partner: Partner) -> "AnswerForm":
        """The form with what was said before."""
        form = cls(formdata=None, round=proposal.round).offer(proposal, partner)
        if given:
            form.answer.data = given.answer
            form.worry.data = given.remark if given.answer == Answer.WORRY else ""
            form.goes_wrong.data = given.remark if given.answer == Answer.OBJECTION else ""
            form.for_whom.data, form.seen_where.data = given.for_whom, given.seen_where
            form.would_help.data = given.would_help
        return form

    def offer(self, proposal: Proposal, partner: Partner) -> "AnswerForm":
        """Let people choose from the four answers, in the words of this partner."""
        self.answer.choices = options(
            *((each.value, answer_name(each, proposal, partner)) for each in Answer)
        )
        return self

    def is_explained(self) -> bool:
        """Whether a worry or an objection says what it is; says so at the field when not."""
        needed = {Answer.WORRY: self.worry, Answer.OBJECTION: self.goes_wrong}.get(Answer(self.answer.data))
        if needed is None or needed.data:
            return True
        sentence = (
            _("Schrijf op wat de zorg is.") if needed is self.worry else _("Schrijf op wat er misgaat.")
        )
        needed.errors = [*needed.errors, sentence]
        return False

    def said(self) -> dict[str, str]:
        """What belongs to the answer that was chosen; what was typed for another one is left out."""
        if self.answer.data == Answer.WORRY:
            return {"remark": self.worry.data or ""}
        if self.answer.data != Answer.OBJECTION:
            return {}
        return {
            "remark": self.goes_wrong.data or "", "for_whom": self.for_whom.data or "",
            "seen_where": self.seen_where.data or "", "would_help": self.would_help.data or "",
        }  # fmt: skip


class ClosingForm(Form):
    """Why an objection stops nothing any more."""

    seen = HiddenField()
    why = RadioField(_l("Wat spraken jullie af?"), [InputRequired(_l("Kies wat jullie afspraken."))])
    talked = BooleanField(_l("We hebben hierover gepraat met wie het bezwaar heeft"))
    reason = AreaField(
        _l("Leg uit hoe jullie hierop uitkwamen"),
        [DataRequired(_l("Schrijf op hoe jullie hierop uitkwamen."))],
        longest=LONGEST,
        description=_l("Dit blijft bij het besluit staan."),
    )

    def offer(self, *, is_own: bool, guides: bool) -> "ClosingForm":
        """Who objected may take it back; who guides writes down what the group agreed."""
        own = [(Closing.WITHDRAWN.value, _("We trekken ons bezwaar in"))] if is_own else []
        group = [
            (Closing.MINORITY.value, _("We gaan door, en deze andere mening staat bij het besluit")),
            (Closing.SET_ASIDE.value, _("We leggen dit bezwaar samen opzij")),
        ] if guides else []  # fmt: skip
        self.why.choices = options(*own, *group)
        return self

    def was_talked_about(self) -> bool:
        """Whether the group spoke with who objected before it goes on; says so at the field when not."""
        if self.why.data == Closing.WITHDRAWN or self.talked.data:
            return True
        self.talked.errors = [
            *self.talked.errors,
            _("Praat eerst met wie het bezwaar heeft, en kruis dit dan aan."),
        ]
        return False


class OutcomeForm(Form):
    """What was decided, in one sentence of the group's own, and whether someone does something about it."""

    outcome = AreaField(
        _l("Wat hebben jullie besloten, in één zin?"),
        [DataRequired(_l("Schrijf in één zin wat jullie besloten."))],
        longest=400,
        description=_l("In jullie eigen woorden, zoals je het aan een ander vertelt."),
    )
    next = RadioField(
        _l("Doet iemand iets om dit te laten lukken?"),
        [InputRequired(_l("Kies of iemand iets doet."))],
        choices=options(
            ("agree", _l("Ja, we spreken af wie waarop let")),
            ("nothing", _l("Nee, er hoeft nu niets te gebeuren")),
        ),
    )
