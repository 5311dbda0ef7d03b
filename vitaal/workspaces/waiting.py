"""What waits for a member, of all features in one question: each offers lines, and says what one of them asks.

A feature offers `waiting.py` with `lines(member, workspace)`, made with `line`, and `ask(waits, url)`. `vitaal/app.py` lists them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import (
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask

MOST = 30
Url = Callable[..., str]
WAITING = "waiting"  # where the app keeps the features that have something that can wait


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits: of which kind, which thing (by id or number), about what, for or from whom, since when.

    `until` is the moment after which it is too late, or from which it is late.
    """

    kind: str
    thing: UUID | None
    number: int | None
    title: str
    name: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature lets wait: its lines for a member, and what one line asks.

    `ask` makes addresses with `url`: as a page does (`flask.url_for`), or as a mail does (`web.address_of`).
    """

    lines: Callable[[Membership, Workspace], Iterable[Select[Any]]]
    ask: Callable[[Waits, Url], Ask]


def line(
    kind: str,
    *,
    since: Any,
    thing: Any = None,
    number: Any = None,
    title: Any = "",
    name: Any = "",
    until: Any = None,
) -> Select[Any]:
    """A question of which every row is something of this kind that waits; each value is a column or a plain one.

    A day counts as the moment at which it begins in UTC.
    """
    return select(
        literal(kind, Text).label("kind"),
        cast(null() if thing is None else thing, Uuid).label("thing"),
        cast(null() if number is None else number, Integer).label("number"),
        func.coalesce(cast(title, Text), "").label("title"),
        cast(name, Text).label("name"),
        _moment(since).label("since"),
        _moment(until).label("until"),
    )


def asks_of(member: Membership, workspace: Workspace, features: Iterable[Feature]) -> list[Ask]:
    """What waiting things ask of a member on Vandaag, what is soonest too late first. One statement, or none."""
    return [feature.ask(waits, url_for) for feature, waits in waiting_for(member, workspace, features)]


def waiting_for(
    member: Membership, workspace: Workspace, features: Iterable[Feature], most: int = MOST
) -> list[tuple[Feature, Waits]]:
    """What waits for a member, each with the feature that it is of; at most `most`. One statement, or none."""
    asked = [(feature, each) for feature in features for each in feature.lines(member, workspace)]
    if not asked:
        return []
    lines = [
        each.add_columns(literal(place, Integer).label("place")) for place, (_, each) in enumerate(asked)
    ]
    every = union_all(*lines).subquery()
    order = every.c.until.asc().nulls_last(), every.c.since, every.c.title
    rows = db.session.execute(select(every).order_by(*order).limit(most)).all()
    return [(asked[row.place][0], Waits(*row[:7])) for row in rows]


def _moment(value: Any) -> Any:
    if value is None:
        return cast(null(), DateTime(timezone=True))
    is_day = isinstance(value.type, Date)
    return func.timezone("UTC", cast(value, DateTime)) if is_day else cast(value, DateTime(timezone=True))
