"""What the spelregels say in a report, and the sheet of agreements as a document. Never anything of a strain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.pages.document import Block, Entries, Entry, Head, Section, Table, Text
from vitaal.spelregels.report_queries import (
    Known,
    Signed,
    on_their_way,
    rules_before,
    signatures_before,
)
from vitaal.spelregels.signing_words import listed
from vitaal.workspaces.models import Circle, Partner
from vitaal.workspaces.reporting import Contribution, Part, Period, open_name
from vitaal.workspaces.stays import took_part_before

Signatures = Mapping[UUID, Sequence[Signed]]


def contributions(period: Period) -> list[Contribution]:
    """The rules as they held when a period ended, what became of them in it, and who signed. Four statements."""
    moment = period.ends_before
    known = rules_before(moment)
    held = [each for each in known if each.holds_at(moment)]
    ended = [each for each in known if period.contains(each.rule.retired_at)]
    found = [Contribution(Part.RULES, tuple(_rules(held, ended, period)))]
    for circle, count in on_their_way(moment).items():
        if count:
            found.append(Contribution(Part.RULES, (Text(_under_way(count, circle)),), Circle(circle)))
    return found


def agreement() -> tuple[Section, ...]:
    """The sheet of agreements: the rules that hold today, and which partner signed which, on which day.

    It says who signed for a partner as the printed sheet does to anyone: not of who stands in the outer circle.
    Three statements.
    """
    moment = Period(clock.today(), clock.today()).ends_before
    held = [each for each in rules_before(moment) if each.holds_at(moment)]
    if not held:
        return (Section("rules", _("Onze spelregels"), (Text(_("We hebben nog geen spelregels.")),)),)
    rules = Entries(
        tuple(Entry(_titled(each), each.version.example, _since(each)) for each in held)
    )  # fmt: skip
    there, signed = took_part_before(moment), signatures_before(moment, held)
    return (
        Section("rules", _("Onze spelregels"), (Text(_("Zo gaan we met elkaar om.")), rules)),
        Section("signatures", _("Wie heeft getekend?"), (Text(_how_many(there, signed, held)), _sheet(there, signed))),
    )  # fmt: skip


def _rules(held: Sequence[Known], ended: Sequence[Known], period: Period) -> Iterator[Block]:
    if held:
        entries = tuple(Entry(_titled(each), each.version.example, _news(each, period)) for each in held)
        yield Entries(entries, _("Onze spelregels"))
        there, signed = took_part_before(period.ends_before), signatures_before(period.ends_before, held)
        yield Text(_how_many(there, signed, held))
        if any(signed.get(partner.id) for partner in there):
            yield _signers(there, signed, held)
    else:
        yield Text(_("We hebben nog geen spelregels."))
    if ended:
        entries = tuple(Entry(_titled(each), remark=_day(each.rule.retired_at)) for each in ended)
        yield Entries(entries, _("Deze spelregels gelden niet meer"))


def _how_many(there: Sequence[Partner], signed: Signatures, held: Sequence[Known]) -> str:
    """How many of the partners signed every rule as it holds."""
    count = sum(1 for partner in there if len(signed.get(partner.id, ())) == len(held))
    if not count:
        return str(_("Nog geen partner tekende alle spelregels."))
    if count == len(there):
        return str(_("Alle partners tekenden alle spelregels."))
    words = ngettext(
        "%(num)d van de %(all)s partners tekende alle spelregels.",
        "%(num)d van de %(all)s partners tekenden alle spelregels.",
        count,
        all=len(there),
    )
    return str(words)


def _signers(there: Iterable[Partner], signed: Signatures, held: Sequence[Known]) -> Table:
    """The partners that signed something, and when they last did."""
    heads = (Head(_("Partner"), 34), Head(_("Tekende"), 24), Head(_("Het laatst op"), 18))
    rows = tuple(
        (open_name(partner), _which(theirs, held), clock.day_of(theirs[-1].at))
        for partner in there
        if (theirs := signed.get(partner.id))
    )
    return Table("signatures", _("Wie de spelregels tekende"), heads, rows)


def _sheet(there: Iterable[Partner], signed: Signatures) -> Table:
    """Every partner, with each person who signed for it and each day on which they did."""
    heads = (Head(_("Partner"), 34), Head(_("Spelregels"), 20), Head(_("Naam"), 24), Head(_("Dag"), 18))
    rows: list[tuple[str | date | None, ...]] = []
    for partner in there:
        together: dict[tuple[str, date], list[int]] = defaultdict(list)
        for one in signed.get(partner.id, ()):
            together[one.by, clock.day_of(one.at)].append(one.number)
        rows += [(partner.name, listed(of), by, day) for (by, day), of in together.items()]
        if not together:
            rows.append((partner.name, str(_("nog niet getekend")), "", None))
    return Table("signatures", _("Handtekeningen"), heads, tuple(rows))


def _which(theirs: Sequence[Signed], held: Sequence[Known]) -> str:
    if len(theirs) == len(held):
        return str(_("alle spelregels"))
    rules = listed(one.number for one in theirs)
    return str(ngettext("spelregel %(rules)s", "spelregels %(rules)s", len(theirs), rules=rules))


def _titled(known: Known) -> str:
    return f"{known.rule.number}. {known.version.title}"


def _news(known: Known, period: Period) -> str:
    """Since when it holds so, and whether that is new in this period."""
    day = _day(known.version.adopted_at)
    if not period.contains(known.version.adopted_at):
        return str(_("Sinds %(day)s", day=day))
    return str(_("Nieuw sinds %(day)s", day=day) if known.version.version == 1 else _("Veranderd op %(day)s", day=day))  # fmt: skip


def _since(known: Known) -> str:
    day = _day(known.version.adopted_at)
    if known.version.version == 1:
        return str(_("Sinds %(day)s", day=day))
    return str(_("Sinds %(day)s, versie %(version)d", day=day, version=known.version.version))


def _under_way(count: int, circle: str) -> str:
    if circle == Circle.OUTER:
        words = ngettext(
            "Er is %(num)d voorstel onderweg. Daar praten we nog over.",
            "Er zijn %(num)d voorstellen onderweg. Daar praten we nog over.",
            count,
        )
    else:
        words = ngettext(
            "De binnencirkel praat nog over %(num)d voorstel.",
            "De binnencirkel praat nog over %(num)d voorstellen.",
            count,
        )
    return str(words)


def _day(moment: datetime | None) -> str:
    return str(format_date(clock.day_of(moment), "d MMMM y")) if moment else ""
