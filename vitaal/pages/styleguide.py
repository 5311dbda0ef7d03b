"""What the styleguide shows: a form in every state and invented people, so that each part can be seen working."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from vitaal.pages.document import (
    Block,
    Document,
    Entries,
    Entry,
    Figure,
    Figures,
    Head,
    Picture,
    Quote,
    Section,
    Table,
    Text,
)
from vitaal.pages.forms import AreaField, DateField, EmailField, Form, TextField, options
from vitaal.pages.pictures.circles import Kind, Mark, Ring
from vitaal.pages.pictures.flower import Answer, Petal

FACTORS = {
    "relatie": _l("Relatie"),
    "samenstelling": _l("Samenstelling"),
    "ambitie": _l("Ambitie"),
    "belangen": _l("Belangen"),
    "organisatie": _l("Organisatie en proces"),
}
PETALS = (("relatie", 4), ("samenstelling", 4), ("ambitie", 2), ("belangen", 2), ("organisatie", 4))
GROWN = (
    "yyy",
    "yyp",
    "yp-",
    "p--",
    "---",
    "yyy",
    "ypn",
    "yyy",
    "yyy",
    "yyp",
    "yp-",
    "p--",
    "yy-",
    "yyy",
    "pp-",
    "---",
)
MEETING_ON = date(2026, 11, 26)


@dataclass(frozen=True)
class Someone:
    """An invented person."""

    name: str
    subtitle: str
    tone: str = ""


PEOPLE = (
    Someone("Hanneke Vos", "Vrijwilligerspunt"),
    Someone("Truus Dekker", "Seniorenraad", "sun"),
    Someone("Anouk de Wit", "Gemeente Lindewaard", "c"),
    Someone("Samir Benali", "Welzijn Lindewaard", "c"),
)


class Sample(Form):
    """One of each kind of field."""

    name = TextField(_l("Naam"), [InputRequired()])
    email = EmailField(
        _l("E-mail"), [InputRequired()], description=_l("We gebruiken dit alleen om je binnen te laten.")
    )
    phone = TextField(_l("Telefoon"), [Optional()], longest=20)
    owner = SelectField(
        _l("Wie doet het?"), choices=options(("", _l("Kies later")), ("joop", "Joop Kuipers"))
    )
    due_on = DateField(_l("Klaar op"), [Optional()])
    story = AreaField(_l("Jouw verhaal"), description=_l("Schrijf zoals je praat."))
    circle = RadioField(
        _l("In welke cirkel?"), choices=options(("inner", _l("Binnencirkel")), ("outer", _l("Buitencirkel")))
    )
    themes = SelectMultipleField(
        _l("Waarover wil je bericht?"),
        choices=options(
            ("mine", _l("Mijn acties")),
            ("meeting", _l("Een bijeenkomst")),
            ("story", _l("Een nieuw verhaal")),
        ),
    )
    talked = RadioField(
        _l("Hebben we het hierover gehad?"),
        choices=options(("yes", _l("ja")), ("partly", _l("deels")), ("no", _l("nog niet"))),
    )
    weight = RadioField(
        _l("Hoe belangrijk is dit?"), choices=options(*((number, number) for number in "12345"))
    )
    only_mine = BooleanField(_l("Alleen mijn acties"))


def sample_form() -> Sample:
    """The sample form as someone filled it in, with one mistake."""
    form = Sample(
        formdata=None,
        data={"name": "Truus Dekker", "email": "truus voorbeeld.nl", "circle": "inner", "talked": "partly"}
        | {"only_mine": True, "weight": "4", "themes": ["mine"]},
    )
    form.email.errors = [_l("Vul een e-mailadres in, met een @ erin.")]
    return form


def sample_petals() -> list[Petal]:
    """A flower that has grown for a year."""
    answers = {"y": Answer.YES, "p": Answer.PARTLY}
    factors = [factor for factor, size in PETALS for _ in range(size)]
    grown = [[answers.get(letter, Answer.NOT_YET) for letter in word] for word in GROWN]
    return [Petal(factor, (a, b, c)) for factor, (a, b, c) in zip(factors, grown, strict=True)]


def sample_document() -> Document:
    """A short report with each kind of part in it."""
    heads = (Head(_("Naam"), 30), Head(_("Acties"), 10), Head(_("Klaar op"), 20))
    petals = [{"factor": petal.factor, "answers": petal.answers} for petal in sample_petals()]
    blocks: tuple[Block, ...] = (
        Text(_("In maart begonnen we met drie mensen aan een keukentafel.")),
        Figures((Figure("22", _("organisaties en groepen")), Figure("3", _("acties klaar")))),
        Entries((Entry(_("Elke dinsdag soep"), _("Er eten er meer dan dertig."), "Joop Kuipers"),)),
        Quote(_("Ik kwam voor de soep. Ik bleef voor Riet."), _("Joop, Buurtkamer")),
        Picture("flower", {"petals": petals}, _("Een bloem op papier."), _("Van binnen naar buiten.")),
        Table("people", _("Wie er meedoen"), heads, tuple((one.name, 2, MEETING_ON) for one in PEOPLE)),
    )
    section = Section("stuk", _("In het kort"), blocks, words=_("Het ging om soep. De rest kwam vanzelf."))
    return Document(
        _("Negen maanden samen"), _("Wat we deden en wat nu nodig is."), "Thuis in Lindewaard", "Gemeente Lindewaard",
        _("Zo ziet een verslag eruit"), "nl", MEETING_ON, (section,),
    )  # fmt: skip


def sample_rings() -> list[Ring]:
    """Three circles with all kinds of partners."""
    formal, informal, resident, missing = Kind
    inner = [
        ("VP", informal),
        ("WL", formal),
        ("GL", formal),
        ("SR", resident),
        ("ZW", formal),
        ("MK", informal),
    ]
    outer = [("HS", formal), ("BI", formal), ("DD", informal), ("?", missing), ("SW", informal)]
    free = [("AP", formal), ("OC", formal), ("WV", resident), ("ML", informal)]
    named = ((_l("Binnencirkel"), inner), (_l("Buitencirkel"), outer), (_l("Vrije ruimte"), free))
    return [Ring(str(name), [Mark(*mark) for mark in marks], is_free=marks is free) for name, marks in named]
