"""How partners came, moved between the circles and left, from the periods in which they stood in one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import and_, func, select

from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle, CirclePeriod, Partner

_TAKES_PART = (Circle.INNER, Circle.OUTER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a partner stands, since when and why; of who left it is where it stood last, and since when no more."""

    partner: Partner
    circle: Circle
    since: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A partner, and the periods in which it stood in a circle, the first one first."""

    partner: Partner
    periods: Sequence[CirclePeriod]

    def before(self, moment: datetime) -> Place | None:
        """Where it stood until a moment, at least; None when it was not there."""
        running = [p for p in self.periods if p.from_at < moment and (p.to_at is None or moment <= p.to_at)]
        return self._place(running[-1]) if running else None

    def taking_part_before(self, moment: datetime) -> Place | None:
        """Where it took part until a moment, at least; None when it did not."""
        place = self.before(moment)
        return place if place and place.circle in _TAKES_PART else None

    def began_between(self, begin: datetime, end: datetime) -> Place:
        """Where it first took part in this time, in which it began to."""
        return next(
            self._place(period)
            for period in self.periods
            if period.circle in _TAKES_PART and begin <= period.from_at < end
        )

    def ended_between(self, begin: datetime, end: datetime) -> Place | None:
        """Since when it takes part no more, when that began in this time; the free space is where it can be then."""
        now, last = self.before(end), self.periods[-1]
        if now and now.circle is Circle.FREE and self.taking_part_before(begin):
            return now
        left = now is None and last.circle in _TAKES_PART and last.to_at and begin <= last.to_at < end
        return Place(self.partner, Circle(last.circle), last.to_at) if left and last.to_at else None

    def _place(self, period: CirclePeriod) -> Place:
        return Place(self.partner, Circle(period.circle), period.from_at, period.reason)


@dataclass(frozen=True, slots=True)
class Changes:
    """How the circles changed between two moments."""

    stays: Sequence[Stay]
    begin: datetime
    end: datetime

    @classmethod
    def between(cls, begin: datetime, end: datetime) -> "Changes":
        """Those from one moment until, but not at, another. One statement."""
        return cls(stays(), begin, end)

    @property
    def there(self) -> list[Place]:
        """Who took part at the end, by name."""
        return [place for stay in self.stays if (place := stay.taking_part_before(self.end))]

    @property
    def joined(self) -> list[Place]:
        """Who took part at the end and not at the beginning."""
        return [
            stay.began_between(self.begin, self.end)
            for stay in self.stays
            if stay.taking_part_before(self.end) and not stay.taking_part_before(self.begin)
        ]

    @property
    def moved(self) -> list[Place]:
        """Who took part all along, and stood in the other circle at the end."""
        return [*self._moved()]

    @property
    def left(self) -> list[Place]:
        """Who took part no more at the end."""
        return [place for stay in self.stays if (place := stay.ended_between(self.begin, self.end))]

    def standing(self) -> Mapping[Circle, Sequence[Partner]]:
        """Who stood in each circle at the end, from the middle outwards."""
        places = [place for stay in self.stays if (place := stay.before(self.end))]
        return {circle: [place.partner for place in places if place.circle is circle] for circle in Circle}

    def _moved(self) -> Iterator[Place]:
        for stay in self.stays:
            before, now = stay.taking_part_before(self.begin), stay.taking_part_before(self.end)
            if before and now and before.circle is not now.circle:
                yield now


def stays() -> list[Stay]:
    """How every partner came and went, by name; also those that left. One statement."""
    of_partner = and_(
        CirclePeriod.workspace_id == Partner.workspace_id,
        CirclePeriod.partner_id == Partner.id,
        CirclePeriod.member_id.is_(None),
    )
    asked = (
        select(Partner, CirclePeriod)
        .join(CirclePeriod, of_partner)
        .order_by(func.lower(Partner.name), Partner.id, CirclePeriod.from_at, CirclePeriod.id)
    )
    by_partner = groupby(db.session.execute(asked), itemgetter(0))
    return [Stay(partner, [period for _partner, period in rows]) for partner, rows in by_partner]


def took_part_before(moment: datetime) -> list[Partner]:
    """The partners that took part until a moment, at least, by name. One statement."""
    return [place.partner for stay in stays() if (place := stay.taking_part_before(moment))]
