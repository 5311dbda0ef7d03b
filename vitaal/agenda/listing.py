"""The list: lines under headings, by goal, person, organisation or week. A group may go on over pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Date, and_, case, func, literal, select

from vitaal.agenda.choices import Choice
from vitaal.agenda.filters import NONE, Filter, Grouping
from vitaal.agenda.lines import PAGE, Line, Order, Page, joined, page
from vitaal.agenda.models import Action, Goal, Status
from vitaal.agenda.narrowing import DAY, HAS_UNSEEN_OWNER, Owner, conditions
from vitaal.agenda.words import day, owner
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership, Partner

LATE = date.min  # stands for the weeks of what is late
_NO_DAY = date.max
_ADJUSTED_AT_ONCE = PAGE // 2  # lines; each carries more when it can be ticked and moved
_UNSEEN = UUID(int=1)  # stands for every owner whom the reader does not see
_LAST = 2**31 - 1
_CLOSED = (Status.DONE, Status.STOPPED)

Group = UUID | date | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a group: how many actions were agreed on, how many of those are done, and how many stand in it in all."""

    agreed: int = 0
    done: int = 0
    all: int = 0


Counts = Mapping[Group, Tally]


@dataclass(frozen=True, slots=True)
class Section:
    """One group on a page: what it is of (None: of no goal, nobody, no day), its lines, and how far it is."""

    group: Group
    title: str
    above: str = ""
    lines: Sequence[Line] = ()
    agreed: int = 0
    done: int = 0
    goes_on: bool = False


def page_of_list(found: Filter, member: Membership, after: int | None = None) -> Page:
    """The first lines of the list, or those after the action numbered `after`."""
    most = _ADJUSTED_AT_ONCE if found.adjusts else PAGE
    return page(_wanted(found, member), _order(found.grouping, clock.today()), after, most)


def counts(found: Filter, member: Membership) -> Counts:
    """Of each group of the list, how many actions it has and how far they are."""
    key = _column(found.grouping, clock.today())
    agreed = Action.status.not_in([Status.IDEA, Status.STOPPED])
    asked = joined(
        select(
            key, func.count().filter(agreed), func.count().filter(Action.status == Status.DONE), func.count()
        )
    )
    rows = db.session.execute(asked.where(*_wanted(found, member)).group_by(key))
    return {group: Tally(*numbers) for group, *numbers in rows}


def sections(shown: Page, found: Filter, counted: Counts, goals: Sequence[Choice]) -> list[Section]:
    """A page of the list under its headings; goals without actions stand on the last page of all that there is."""
    today = clock.today()
    places: dict[Group, int] = {goal.id: place for place, goal in enumerate(goals, start=1)}
    made = list(_sections(shown, found.grouping, counted, today))
    if found.grouping != Grouping.GOAL:
        return made
    if not found.is_narrowed and not shown.has_more:
        empty = [Section(goal.id, goal.name) for goal in goals if goal.id not in counted]
        made = sorted([*made, *empty], key=lambda section: places.get(section.group, _LAST))
    return [_numbered(section, places) for section in made]


def _sections(shown: Page, grouping: Grouping, counted: Counts, today: date) -> Iterator[Section]:
    for group, found in groupby(shown.lines, key=lambda line: _group_of(line, grouping, today)):
        lines = list(found)
        goes_on = shown.before is not None and _group_of(shown.before, grouping, today) == group
        title, above = _words_for(group, lines[0], grouping, today)
        tally = counted.get(group, Tally())
        yield Section(group, title, above, lines, tally.agreed, tally.done, goes_on=goes_on)


def _numbered(section: Section, places: Mapping[Group, int]) -> Section:
    place = places.get(section.group)
    return replace(section, above=_("Doel %(number)s", number=place)) if place else section


def _wanted(found: Filter, member: Membership) -> list[ColumnElement[bool]]:
    """By week, what is finished and was due before this week is left out, unless it is asked for."""
    wanted = conditions(found, member)
    if found.grouping == Grouping.WEEK and not found.stage and not found.words:
        wanted.append(Action.status.not_in(_CLOSED) | (_monday(clock.today()) <= DAY))
    return wanted


def _order(grouping: Grouping, today: date) -> Order:
    """By what the lines are ordered: never empty, and never the same for two actions."""
    nobody = literal(NONE)
    due = func.coalesce(Action.due_on, _NO_DAY)
    first: dict[Grouping, list[Any]] = {
        Grouping.GOAL: [func.coalesce(Goal.position, _LAST), func.coalesce(Goal.id, nobody)],
        Grouping.PERSON: [
            Action.owner_id.is_(None), Owner.name.is_(None), func.lower(func.coalesce(Owner.name, "")), func.coalesce(Owner.id, nobody), due,
        ],
        Grouping.ORGANISATION: [
            Partner.name.is_(None), func.lower(func.coalesce(Partner.name, "")), func.coalesce(Partner.id, nobody),
        ],
        Grouping.WEEK: [func.coalesce(_column(Grouping.WEEK, today), _NO_DAY), func.coalesce(DAY, _NO_DAY)],
    }  # fmt: skip
    return [*first[grouping], Action.position, Action.id]


def _column(grouping: Grouping, today: date) -> Any:
    """What tells groups apart, in the database; `_group_of` says the same of a line."""
    late = and_(Action.due_on < today, Action.status.not_in(_CLOSED))
    columns: dict[Grouping, Any] = {
        Grouping.GOAL: Goal.id,
        Grouping.PERSON: case((HAS_UNSEEN_OWNER, literal(_UNSEEN)), else_=Owner.id),
        Grouping.ORGANISATION: Partner.id,
        Grouping.WEEK: case((late, literal(LATE, Date)), else_=func.date_trunc("week", DAY).cast(Date)),
    }
    return columns[grouping]


def _group_of(line: Line, grouping: Grouping, today: date) -> Group:
    if grouping == Grouping.WEEK:
        return LATE if line.days_late(today) else line.day and _monday(line.day)
    groups = {
        Grouping.GOAL: line.goal_id,
        Grouping.PERSON: _UNSEEN if line.has_unseen_owner else line.owner_id,
        Grouping.ORGANISATION: line.partner_id,
    }
    return groups[grouping]


def _words_for(group: Group, line: Line, grouping: Grouping, today: date) -> tuple[str, str]:
    """The title of a group, and what stands above it."""
    if isinstance(group, date):
        return _week_in_words(group, today)
    names = {
        Grouping.GOAL: line.goal or _("Nog zonder doel"),
        Grouping.PERSON: owner(line),
        Grouping.ORGANISATION: line.partner or _("Nog geen organisatie"),
        Grouping.WEEK: _("Nog geen datum"),
    }
    return names[grouping], ""


def _week_in_words(monday: date, today: date) -> tuple[str, str]:
    if monday == LATE:
        return _("Datum voorbij"), ""
    named = {_monday(today): _("Deze week"), _monday(today) + timedelta(days=7): _("Volgende week")}
    title = named.get(monday) or _("Week %(number)s", number=monday.isocalendar().week)
    return title, _(
        "%(first)s tot en met %(last)s", first=day(monday, today), last=day(monday + timedelta(6), today)
    )


def _monday(one: date) -> date:
    return one - timedelta(days=one.weekday())
