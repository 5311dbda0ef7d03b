"""How decisions and agreements are told, in the language of the reader."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vitaal.decisions.filters import Kind, State
from vitaal.decisions.models import Agreement, AgreementCheck, Decision, How, Outcome
from vitaal.decisions.origins import Origin, Source
from vitaal.decisions.register import Entry
from vitaal.kernel import clock
from vitaal.workspaces.models import Circle, Membership

HOWS = {
    How.CONSENT: _l("iedereen kon ermee leven"),
    How.MAJORITY: _l("met de meeste stemmen"),
    How.MANDATE: _l("namens de groep"),
}
HOW_NAMES = {
    How.CONSENT: _l("Iedereen kan ermee leven"),
    How.MAJORITY: _l("De meeste stemmen telden"),
    How.MANDATE: _l("Iemand mocht dit namens de groep beslissen"),
}
HOW_LINES = {How.CONSENT: _l("Niemand had een bezwaar dat eerst opgelost moest worden.")}
OUTCOMES = {
    Outcome.KEEP: _l("Blijft"),
    Outcome.DONE: _l("Klaar"),
    Outcome.STOP: _l("Gestopt"),
}
OUTCOME_LINES = {
    Outcome.KEEP: _l("Het werkt, of we geven het meer tijd. We kijken later weer."),
    Outcome.DONE: _l("Het is gelukt, of niet meer nodig."),
    Outcome.STOP: _l("Het werkt niet. We doen het niet meer zo."),
}
AFTER_CHECK = {
    Outcome.KEEP: _l("De afspraak blijft. Op de dag die je koos, vragen we het weer."),
    Outcome.DONE: _l("De afspraak is klaar. Ze blijft in het register te lezen."),
    Outcome.STOP: _l("De afspraak stopt. Ze blijft in het register te lezen."),
}
KINDS = {Kind.DECISIONS: _l("Besluiten"), Kind.AGREEMENTS: _l("Afspraken")}
STATES = {State.HOLDS: _l("Geldt nu"), State.REPLACED: _l("Vervangen"), State.OVER: _l("Voorbij")}
SOURCES = {
    Source.MEETING: _l("Een bijeenkomst"),
    Source.ACTION: _l("Een actie"),
    Source.GROUP: _l("Een werkgroep"),
    Source.PROPOSAL: _l("Een voorstel voor een spelregel"),
}
AUDIENCES = {Circle.OUTER: _l("Iedereen die meedoet"), Circle.INNER: _l("Alleen de binnencirkel")}
INNER_CIRCLE, AT_MEETING = _l("de binnencirkel"), _l("wie bij de bijeenkomst was")  # who decided, most likely
SEES_THE_POINT = _l("Wie dit punt van de bijeenkomst ziet")
UNSEEN = _l("Iemand uit de buitencirkel")  # in the place of a name that the reader does not see


def day(one: date) -> str:
    """17 december 2026."""
    return str(format_date(one, "d MMMM y"))


def decided(decision: Decision) -> str:
    """On which day something was decided, by whom, and how."""
    about = {"day": day(decision.decided_on), "how": HOWS[How(decision.how)]}
    if decision.proposal_id and decision.decided_by:
        return str(_("Besloten op %(day)s: %(how)s. %(who)s.", who=decision.decided_by, **about))
    if decision.decided_by:
        return str(_("Besloten op %(day)s door %(who)s: %(how)s.", who=decision.decided_by, **about))
    return str(_("Besloten op %(day)s: %(how)s.", **about))


def holds_until(on: date) -> str:
    """Until which day something holds, or held."""
    words = _("Gold tot en met %(day)s", day=day(on)) if on < clock.today() else _("Geldt tot en met %(day)s", day=day(on))  # fmt: skip
    return str(words)


def about(entry: Entry) -> str:
    """What stands under an entry in a list: what it is, of which day, and who decided how or looks after it."""
    if entry.how:
        parts = [_("Besluit"), day(entry.day), HOWS[How(entry.how)], entry.decided_by]
    else:
        parts = [_("Afspraak"), day(entry.day), _("%(name)s let erop", name=entry.owner or UNSEEN)]
    return " · ".join(str(part) for part in parts if part)


def audience(row: Decision | Agreement | Entry) -> str:
    """Who may read it."""
    return str(SEES_THE_POINT if row.point_id else AUDIENCES[Circle(row.circle)])


def when_to_check(on: date) -> str:
    """When it is time to look whether an agreement works."""
    today = clock.today()
    if on > today:
        return str(_("Jullie kijken op %(day)s. Eerder mag ook.", day=day(on)))
    return str(_("Vandaag is de dag om te kijken.") if on == today else _("Jullie zouden op %(day)s kijken.", day=day(on)))  # fmt: skip


def looked(check: AgreementCheck, reader: Membership) -> str:
    """Who looked whether an agreement works, as far as this reader may know."""
    if reader.is_inside:
        return check.by_name
    return check.by.name if check.by else str(UNSEEN)


def state(entry: Entry) -> str:
    """Whether something still holds, and if not, why."""
    if entry.replaced_by_id:
        return str(STATES[State.REPLACED])
    if entry.outcome and entry.ended_at:
        return str(OUTCOMES[Outcome(entry.outcome)])
    return str(STATES[State.OVER if entry.is_over else State.HOLDS])


def from_what(source: Source | None, name: str) -> str:
    """From what something came, with the name of it: de actie ‘Samen eten’."""
    sentences = {
        Source.MEETING: _("de bijeenkomst ‘%(name)s’", name=name),
        Source.ACTION: _("de actie ‘%(name)s’", name=name),
        Source.GROUP: _("de werkgroep ‘%(name)s’", name=name),
        Source.PROPOSAL: _("het voorstel ‘%(name)s’", name=name),
        None: _("het besluit ‘%(name)s’", name=name),
    }
    return str(sentences[source])


def who_decides(origin: Origin) -> str:
    """Who most likely decided, for who writes it down to improve."""
    if origin.source == Source.GROUP and origin.where:
        return str(_("werkgroep %(name)s", name=origin.where.name))
    if origin.source == Source.MEETING:
        return str(AT_MEETING)
    return str(INNER_CIRCLE)


def gone() -> str:
    """What someone reads when what they wrote about was thrown away at that moment."""
    return str(_("Waar dit bij hoorde, is net weggegooid. Leg je het nu vast, dan is het van de hele groep."))


def already_replaced() -> str:
    """What someone reads when another replaced the same decision just before."""
    return str(_("Dit besluit is al vervangen. Kijk eerst wat er nu staat, en vervang dat."))


def changed_meanwhile() -> str:
    """What someone reads when another changed the same agreement just before."""
    return str(
        _(
            "Iemand anders veranderde deze afspraak net ook. Kijk eerst hoe ze nu is. Wat jij invulde, staat er nog."
        )
    )
