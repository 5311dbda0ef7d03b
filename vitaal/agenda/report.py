"""What the agenda says in a report: our ambition and goals, what was done, what goes on, and when we met."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from uuid import UUID

from babel.lists import format_list
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

from vitaal.agenda.models import Challenge, Goal, Indicator, Meeting, Status
from vitaal.agenda.report_queries import Then, actions_in, goals_in, known_to, meetings_held
from vitaal.kernel import clock
from vitaal.method import vision
from vitaal.pages.document import Block, Entries, Entry, Head, Table, Text
from vitaal.workspaces.models import Circle
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.reporting import Contribution, Part, Period, open_name

MOST_TOLD = 12  # so many are told one by one; with more there is a table of all
UNDER_WAY = (Status.DOING, Status.WAITING)


def contributions(period: Period) -> list[Contribution]:
    """What the agenda says, each circle's own things apart. Six statements at most."""
    actions, meetings = actions_in(period), meetings_held(period)
    found = [Contribution(Part.CHALLENGE, tuple(_ambition(period)))]
    for circle in (Circle.OUTER, Circle.INNER):
        of_circle = [then for then in actions if then.action.circle == circle]
        found.append(Contribution(Part.DONE, tuple(_done(of_circle, circle)), circle))
        held = [meeting for meeting in meetings if known_to(meeting) is circle]
        found.append(Contribution(Part.COLLABORATION, tuple(_meetings(held, circle)), circle))
    return [contribution for contribution in found if contribution.blocks]


def _ambition(period: Period) -> Iterator[Block]:
    challenges, goals, indicators = goals_in(period)
    for challenge in challenges:
        yield from _challenge(challenge)
    if goals:
        yield Entries(tuple(_goal(goal, indicators) for goal in goals), _("Onze doelen"))


def _challenge(challenge: Challenge) -> Iterator[Block]:
    """The ambition under its challenge; that of the workspace as a whole is told by the workspace itself."""
    is_told = challenge.title == this_workspace().challenge
    language = str(get_locale() or "nl")
    parts = tuple(
        Entry(part.name.in_(language), text)
        for part in vision.ambition_parts()
        if (text := getattr(challenge, part.key))
    )
    if parts:
        yield Entries(parts, _("Onze ambitie") if is_told else challenge.title)
    elif not is_told:
        yield Text(challenge.title)


def _goal(goal: Goal, indicators: Mapping[UUID, Sequence[Indicator]]) -> Entry:
    lines = [_indicator(indicator) for indicator in indicators.get(goal.id, ())]
    return Entry(goal.title, "\n\n".join(filter(None, [goal.why, *lines])), _span(goal))


def _indicator(indicator: Indicator) -> str:
    about = {"name": indicator.name, "now": indicator.now, "target": indicator.target}
    if indicator.now and indicator.target:
        return str(_("%(name)s: nu %(now)s, straks %(target)s.", **about))
    if indicator.now:
        return str(_("%(name)s: nu %(now)s.", **about))
    return str(_("%(name)s: straks %(target)s.", **about)) if indicator.target else f"{indicator.name}."


def _span(goal: Goal) -> str:
    first, last = (format_date(day, "MMMM y") if day else "" for day in (goal.from_on, goal.to_on))
    if first and last:
        return str(_("%(begin)s tot en met %(end)s", begin=first, end=last))
    if last:
        return str(_("tot en met %(end)s", end=last))
    return str(_("vanaf %(begin)s", begin=first)) if first else ""


def _done(actions: Sequence[Then], circle: Circle) -> Iterator[Block]:
    """What was finished, what goes on, what is still to begin, and what was stopped and why."""
    finished = sorted(_with(Status.DONE, actions), key=attrgetter("since"), reverse=True)
    if finished:
        yield from _finished(finished, circle)
    elif circle is Circle.OUTER:
        yield Text(_("In deze periode kwamen er geen acties klaar."))
    under_way = [then for then in actions if then.status in UNDER_WAY]
    if under_way:
        yield _under_way(under_way, circle)
    waiting = len(_with(Status.TO_DO, actions))
    if waiting and circle is Circle.OUTER:
        words = ngettext(
            "Daarna staat er nog %(num)d actie op de agenda.",
            "Daarna staan er nog %(num)d acties op de agenda.",
            waiting,
        )
        yield Text(words)
    stopped = _with(Status.STOPPED, actions)
    if stopped:
        entries = tuple(Entry(then.action.title, then.action.stop_reason, _day(then)) for then in stopped)
        yield Entries(entries, _named(_("Waar we mee stopten, en waarom"), circle))


def _finished(actions: Sequence[Then], circle: Circle) -> Iterator[Block]:
    told, rest = actions[:MOST_TOLD], len(actions) - MOST_TOLD
    entries = tuple(Entry(then.action.title, then.action.reason, _who_and_when(then)) for then in told)
    yield Entries(entries, _named(_("Dit kwam klaar"), circle))
    if rest > 0:
        words = ngettext(
            "En nog %(num)d actie kwam klaar. Alle acties staan in de tabel.",
            "En nog %(num)d acties kwamen klaar. Alle acties staan in de tabel.",
            rest,
        )
        yield Text(words)
        heads = (Head(_("Actie"), 40), Head(_("Doel"), 30), Head(_("Partner"), 26), Head(_("Klaar op"), 18))
        rows = tuple(
            (then.action.title, then.goal or "", _partner(then), clock.day_of(then.since)) for then in actions
        )
        yield Table(_key("finished", circle), _named(_("Alles wat klaar kwam"), circle), heads, rows)


def _under_way(actions: Iterable[Then], circle: Circle) -> Table:
    heads = (Head(_("Actie"), 40), Head(_("Doel"), 30), Head(_("Partner"), 26), Head(_("Wanneer klaar"), 18))
    rows = tuple((then.action.title, then.goal or "", _partner(then), then.action.due_on) for then in actions)
    return Table(_key("under-way", circle), _named(_("Waar we aan werken"), circle), heads, rows)


def _meetings(meetings: Sequence[Meeting], circle: Circle) -> Iterator[Block]:
    """How often we met, and on which days as long as that reads well."""
    if not meetings:
        return
    days = [_in_words(clock.day_of(meeting.starts_at)) for meeting in meetings]
    about = {"num": len(meetings), "days": format_list(days, locale=get_locale())}
    sentences = {
        Circle.OUTER: ngettext("We kwamen %(num)d keer bij elkaar", "We kwamen %(num)d keer bij elkaar", **about),
        Circle.INNER: ngettext(
            "De binnencirkel kwam %(num)d keer bij elkaar", "De binnencirkel kwam %(num)d keer bij elkaar", **about
        ),
    }  # fmt: skip
    said = sentences[circle]
    yield Text(_("%(said)s: op %(days)s.", said=said, **about) if len(days) <= MOST_TOLD else f"{said}.")


def _with(status: Status, actions: Iterable[Then]) -> list[Then]:
    return [then for then in actions if then.status == status]


def _partner(then: Then) -> str:
    return open_name(then.partner) if then.partner else ""


def _who_and_when(then: Then) -> str:
    return ", ".join(filter(None, (_partner(then), _day(then))))


def _day(then: Then) -> str:
    return _in_words(clock.day_of(then.since))


def _in_words(day: date) -> str:
    return str(format_date(day, "d MMMM y"))


def _key(name: str, circle: Circle) -> str:
    return name if circle is Circle.OUTER else f"{name}-inner"


def _named(title: str, circle: Circle) -> str:
    """What stands above something, with for whom when that is not everyone."""
    return title if circle is Circle.OUTER else str(_("%(title)s (binnencirkel)", title=title))
