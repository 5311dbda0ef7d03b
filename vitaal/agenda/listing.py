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
from vitaal.agenda.lines import Line, Order, Page, joined, page
from vitaal.agenda.models import Action, Goal, Status
from vitaal.agenda.narrowing import Owner, conditions
from vitaal.agenda.words import day
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership, Partner

LATE = date.min  # stands for the weeks of what is late
_NO_DAY = date.max
_LAST = 2**31 - 1
_CLOSED = (Status.DONE, Status.STOPPED)

Group = UUID | date | None
Counts = Mapping[Group, tuple[int, int]]


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
    return page(_wanted(found, member), _order(found.grouping, clock.today()), after)


def counts(found: Filter, member: Membership) -> Counts:
    """Of each group of the list: how many actions were agreed on, and how many of those are done."""
    key = _column(found.grouping, clock.today())
    agreed = Action.status.not_in([Status.IDEA, Status.STOPPED])
    asked = joined(
        select(key, func.count().filter(agreed), func.count().filter(Action.status == Status.DONE))
    )
    rows = db.session.execute(asked.where(*_wanted(found, member)).group_by(key))
    return {group: (agreed_on, done) for group, agreed_on, done in rows}


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
        yield Section(group, title, above, lines, *counted.get(group, (0, 0)), goes_on=goes_on)


def _numbered(section: Section, places: Mapping[Group, int]) -> Section:
    place = places.get(section.group)
    return replace(section, above=_("Doel %(number)s", number=place)) if place else section


def _wanted(found: Filter, member: Membership) -> list[ColumnElement[bool]]:
    """By week, what is finished and was due before this week is left out, unless it is asked for."""
    wanted = conditions(found, member)
    if found.grouping == Grouping.WEEK and not found.stage and not found.words:
        wanted.append(Action.status.not_in(_CLOSED) | (Action.due_on >= _monday(clock.today())))
    return wanted


def _order(grouping: Grouping, today: date) -> Order:
    """By what the lines are ordered: never empty, and never the same for two actions."""
    nobody = literal(NONE)
    due = func.coalesce(Action.due_on, _NO_DAY)
    first: dict[Grouping, list[Any]] = {
        Grouping.GOAL: [func.coalesce(Goal.position, _LAST), func.coalesce(Goal.id, nobody)],
        Grouping.PERSON: [
            Owner.name.is_(None), func.lower(func.coalesce(Owner.name, "")), func.coalesce(Owner.id, nobody), due,
        ],
        Grouping.ORGANISATION: [
            Partner.name.is_(None), func.lower(func.coalesce(Partner.name, "")), func.coalesce(Partner.id, nobody),
        ],
        Grouping.WEEK: [func.coalesce(_column(Grouping.WEEK, today), _NO_DAY), due],
    }  # fmt: skip
    return [*first[grouping], Action.position, Action.id]


def _column(grouping: Grouping, today: date) -> Any:
    """What tells groups apart, in the database; `_group_of` says the same of a line."""
    late = and_(Action.due_on < today, Action.status.not_in(_CLOSED))
    columns: dict[Grouping, Any] = {
        Grouping.GOAL: Goal.id,
        Grouping.PERSON: Owner.id,
        Grouping.ORGANISATION: Partner.id,
        Grouping.WEEK: case(
            (late, literal(LATE, Date)), else_=func.date_trunc("week", Action.due_on).cast(Date)
        ),
    }
    return columns[grouping]


def _group_of(line: Line, grouping: Grouping, today: date) -> Group:
    if grouping == Grouping.WEEK:
        return LATE if line.days_late(today) else line.due_on and _monday(line.due_on)
    groups = {
        Grouping.GOAL: line.goal_id,
        Grouping.PERSON: line.owner_id,
        Grouping.ORGANISATION: line.partner_id,
    }
    return groups[grouping]


def _words_for(group: Group, line: Line, grouping: Grouping, today: date) -> tuple[str, str]:
    """The title of a group, and what stands above it."""
    if isinstance(group, date):
        return _week_in_words(group, today)
    names = {
        Grouping.GOAL: line.goal or _("Nog zonder doel"),
        Grouping.PERSON: line.owner or _("Nog geen eigenaar"),
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
