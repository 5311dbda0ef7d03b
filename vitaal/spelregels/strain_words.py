"""How we speak of a strain: what it is about, how far it is, and who is in it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.spelregels.models import Part, Strain, StrainPerson, StrainStage

_STEPS = {
    StrainStage.TALKED: _l("We hebben gepraat"),
    StrainStage.AGREED: _l("Dit spreken we af"),
    StrainStage.CLOSED: _l("Afgesloten, en dit leerden we"),
}
_STAGES = {
    StrainStage.RAISED: _l("Nog niet besproken"),
    StrainStage.TALKED: _l("Besproken"),
    StrainStage.AGREED: _l("Afgesproken"),
    StrainStage.CLOSED: _l("Afgesloten"),
}
_PARTS = {
    Part.RAISED: _l("bracht dit in"),
    Part.OTHER: _l("praat mee"),
    Part.GUIDE: _l("begeleidt het gesprek"),
}
# The step of the method (of five: say it, say what you need, talk, agree, learn) that is next at each stage.
_NEXT_STEP = {StrainStage.RAISED: 3, StrainStage.TALKED: 4, StrainStage.AGREED: 5, StrainStage.CLOSED: 6}


def about(strain: Strain) -> str:
    """The rule as it holds now; without one, that something is the matter."""
    rule = strain.spelregel
    return f"{rule.number}. {rule.current.title}" if rule else str(_("Iets dat wringt"))


def stage(of: str) -> str:
    """How far a strain is."""
    return str(_STAGES[StrainStage(of)])


def step(to: str, *, again: bool = False) -> str:
    """What people say when they take a step; `again` when they agree on something else than before."""
    is_anew = again and to == StrainStage.AGREED
    return str(_("We spreken iets anders af") if is_anew else _STEPS[StrainStage(to)])


def part(someone: StrainPerson) -> str:
    """What someone has to do with it."""
    return str(_PARTS[Part(someone.part)])


def name(someone: StrainPerson) -> str:
    """Who someone is; who stands in the outer circle is named to insiders only."""
    return someone.member.name if someone.member else str(_("Iemand uit de buitencirkel"))


def next_step(strain: Strain) -> int:
    """The number of the step of the method that comes now; one past the last when it was closed."""
    return _NEXT_STEP[StrainStage(strain.stage)]
