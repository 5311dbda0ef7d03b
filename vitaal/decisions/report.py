"""What decisions say in a report: what was decided and agreed in a period, how that goes, and what we learned of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from vitaal.activity.topics import whereabouts
from vitaal.decisions import words
from vitaal.decisions.models import Agreement, AgreementCheck, Decision, Outcome
from vitaal.decisions.origins import source_of
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.pages.document import Block, Entries, Entry, Text
from vitaal.workspaces.models import Circle, Membership
from vitaal.workspaces.reporting import Contribution, Part, Period, open_name

MOST_TOLD = 20
POINT = "meeting_point"

Checks = Mapping[UUID, Sequence[AgreementCheck]]


def contributions(period: Period) -> list[Contribution]:
    """What each circle may know of it, apart. Three statements, and one for each kind of origin."""
    decisions, agreements = _decisions(period), _agreements(period)
    checks = _checks(agreements, period)
    circles = _known_to([*decisions, *agreements])
    found = []
    for circle in (Circle.OUTER, Circle.INNER):
        decided = [decision for decision in decisions if circles[decision.id] is circle]
        agreed = [agreement for agreement in agreements if circles[agreement.id] is circle]
        found.append(
            Contribution(
                Part.RULES, tuple(_decided_and_agreed(decided, agreed, checks, period, circle)), circle
            )
        )
        found.append(Contribution(Part.LESSONS, tuple(_lessons(agreed, checks, period, circle)), circle))
    return [contribution for contribution in found if contribution.blocks]


def _decisions(period: Period) -> Sequence[Decision]:
    """What was decided in a period, newest first; what gave way to another in the same period is left out.

    What came of a proposal is told with the rules, but where someone saw it otherwise.
    """
    newer = aliased(Decision)
    gave_way = exists().where(
        newer.workspace_id == Decision.workspace_id,
        newer.replaces_id == Decision.id,
        newer.decided_on <= period.last,
    )
    asked = select(Decision).where(
        Decision.decided_on.between(period.first, period.last),
        or_(Decision.proposal_id.is_(None), Decision.minority != ""),
        ~gave_way,
    )
    return db.session.scalars(asked.order_by(Decision.decided_on.desc(), Decision.id.desc())).all()


def _agreements(period: Period) -> Sequence[Agreement]:
    """What was agreed in a period, and what people looked at in it, newest first."""
    looked_at = exists().where(
        AgreementCheck.workspace_id == Agreement.workspace_id,
        AgreementCheck.agreement_id == Agreement.id,
        AgreementCheck.checked_at >= period.begins_at,
        AgreementCheck.checked_at < period.ends_before,
    )
    is_of_period = or_(Agreement.agreed_on.between(period.first, period.last), looked_at)
    at_hand = joinedload(Agreement.owner).joinedload(Membership.partner)
    asked = select(Agreement).where(is_of_period).options(at_hand)
    return db.session.scalars(asked.order_by(Agreement.agreed_on.desc(), Agreement.id.desc())).all()


def _checks(agreements: Iterable[Agreement], period: Period) -> Checks:
    """What people saw until a period ended, by agreement, the last one last."""
    found: dict[UUID, list[AgreementCheck]] = {agreement.id: [] for agreement in agreements}
    asked = select(AgreementCheck).where(
        AgreementCheck.agreement_id.in_(found), AgreementCheck.checked_at < period.ends_before
    )
    for check in db.session.scalars(asked.order_by(AgreementCheck.checked_at, AgreementCheck.id)):
        found[check.agreement_id].append(check)
    return found


def _known_to(rows: Iterable[Decision | Agreement]) -> Mapping[UUID, Circle]:
    """The outermost circle that may know of each, by id: never wider than that of where it came from.

    What was written at a point of a meeting is known to who knows of the point (the wall says the same).
    """
    topics = {row.id: (POINT, row.point_id) if row.point_id else source_of(row) for row in rows}
    places = whereabouts({(kind, topic_id) for kind, topic_id in filter(None, topics.values())})
    circles = {}
    for row in rows:
        topic = topics[row.id]
        place = places.get(topic) if topic else None
        origin = Circle.OUTER if topic is None else Circle(place.circle) if place else Circle.INNER
        own = Circle.OUTER if row.point_id else Circle(row.circle)
        circles[row.id] = Circle.INNER if Circle.INNER in {own, origin} else Circle.OUTER
    return circles


def _decided_and_agreed(
    decided: Sequence[Decision], agreed: Sequence[Agreement], checks: Checks, period: Period, circle: Circle
) -> Iterator[Block]:
    if decided:
        entries = tuple(Entry(decision.text, _how(decision)) for decision in decided[:MOST_TOLD])
        yield Entries(entries, _named(_("Wat we besloten"), circle))
        yield from _rest(len(decided), circle)
    elif circle is Circle.OUTER and not agreed:
        yield Text(_("In deze periode legden we geen besluiten of afspraken vast."))
    if agreed:
        entries = tuple(_agreed(agreement, checks[agreement.id], period) for agreement in agreed[:MOST_TOLD])
        yield Entries(entries, _named(_("Wat we afspraken, en hoe het daarmee gaat"), circle))


def _rest(count: int, circle: Circle) -> Iterator[Text]:
    rest = count - MOST_TOLD
    if rest > 0 and circle is Circle.OUTER:
        words = ngettext(
            "Er is nog %(num)d ander besluit. Het staat in het register.",
            "Er zijn nog %(num)d andere besluiten. Ze staan in het register.",
            rest,
        )
        yield Text(words)


def _how(decision: Decision) -> str:
    minority = f"{_('Wie het anders zag:')} {decision.minority}" if decision.minority else ""
    until = f"{words.holds_until(decision.valid_until)}." if decision.valid_until else ""
    return "\n\n".join(filter(None, (words.decided(decision), minority, until)))


def _agreed(agreement: Agreement, checks: Sequence[AgreementCheck], period: Period) -> Entry:
    partner = agreement.owner.partner if agreement.owner else None
    keeps = _("%(name)s let erop", name=open_name(partner)) if partner else ""
    return Entry(agreement.text, _how_it_goes(agreement, checks, period), keeps)


def _how_it_goes(agreement: Agreement, checks: Sequence[AgreementCheck], period: Period) -> str:
    if not checks:
        day = words.day(agreement.check_on)
        if agreement.check_on <= period.last:
            return str(_("We zouden op %(day)s kijken of dit werkt.", day=day))
        return str(_("We kijken op %(day)s of dit werkt.", day=day))
    last = checks[-1]
    day = words.day(clock.day_of(last.checked_at))
    sentences = {
        Outcome.KEEP: _("We keken ernaar op %(day)s. Het blijft zo.", day=day),
        Outcome.DONE: _("Klaar op %(day)s.", day=day),
        Outcome.STOP: _("Gestopt op %(day)s.", day=day),
    }
    return str(sentences[Outcome(last.outcome)])


def _lessons(
    agreements: Iterable[Agreement], checks: Checks, period: Period, circle: Circle
) -> Iterator[Entries]:
    """What people wrote down when they looked in this period whether an agreement works."""
    entries = tuple(
        Entry(agreement.text, check.lesson, words.day(clock.day_of(check.checked_at)))
        for agreement in agreements
        for check in checks[agreement.id]
        if check.lesson and period.contains(check.checked_at)
    )
    if entries:
        yield Entries(entries, _named(_("Wat onze afspraken ons leerden"), circle))


def _named(title: str, circle: Circle) -> str:
    """What stands above something, with for whom when that is not everyone."""
    return title if circle is Circle.OUTER else str(_("%(title)s (binnencirkel)", title=title))
