"""What the answers in a round say: where the group stands on an action, how far its partners are apart, and who most.

Plain arithmetic on answers from 1 to 5; nothing here asks the database.

Where the group stands is the **median**: one partner with a far-off answer does not move it.

How far the partners are apart is the **average difference**: take any two answers, how many steps lie between
them; over importance and urgency together, so from 0 (all the same) to 4 (half says 1 and 1, half 5 and 5). Chosen
because a group can say it in one sentence, because the one partner who sees something else counts (a median
distance would not see them), and because it does not grow with the number of partners, so that an action that few
rated can be laid beside one that all rated. Source of the quadrants: method, priority.yaml (4.3.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from statistics import median
from typing import TypeVar
from uuid import UUID

from vitaal.method.priority import Quadrant, quadrant_of, quadrants

LOWEST, MIDDLE, HIGHEST = 1, 3, 5
APART = 2  # from two steps of average difference, a difference is worth a conversation


@dataclass(frozen=True, slots=True)
class View:
    """What one partner said about one action."""

    partner_id: UUID
    partner: str
    importance: int
    urgency: int
    remark: str = ""

    @property
    def weight(self) -> int:
        """How much the action weighs for this partner, from 2 to 10."""
        return self.importance + self.urgency

    def steps_to(self, other: "View") -> int:
        """How many steps lie between two views, from 0 to 8."""
        return abs(self.importance - other.importance) + abs(self.urgency - other.urgency)


@dataclass(frozen=True)
class Weighing:
    """All views on one action. Without views it has no middle, and lies in no quadrant."""

    views: Sequence[View]

    @cached_property
    def importance(self) -> float | None:
        """How important the group finds it: the median, or None without views."""
        return _middle(view.importance for view in self.views)

    @cached_property
    def urgency(self) -> float | None:
        """How urgent the group finds it: the median, or None without views."""
        return _middle(view.urgency for view in self.views)

    @cached_property
    def importance_apart(self) -> Fraction:
        """The average difference in importance between two partners, from 0 to 2."""
        return average_difference([view.importance for view in self.views])

    @cached_property
    def urgency_apart(self) -> Fraction:
        """The average difference in urgency between two partners, from 0 to 2."""
        return average_difference([view.urgency for view in self.views])

    @property
    def apart(self) -> Fraction:
        """How far the partners are apart in all, from 0 to 4."""
        return self.importance_apart + self.urgency_apart

    @property
    def is_apart(self) -> bool:
        """Whether the partners see it differently enough to talk about it first."""
        return self.apart >= APART

    @cached_property
    def quadrant(self) -> Quadrant | None:
        """The quadrant that the medians lie in, as a proposal to the group.

        In doubt, exactly in the middle, an action is important and not urgent: it stays on the agenda, in peace.
        """
        if self.importance is None or self.urgency is None:
            return None
        return quadrant_of(is_important=self.importance >= MIDDLE, is_urgent=self.urgency > MIDDLE)

    @cached_property
    def extremes(self) -> tuple[View, View] | None:
        """The two views that lie furthest apart, the one for whom it weighs most first; None when all agree.

        Of pairs that are equally far apart, one that explains itself goes first, then by name.
        """
        pairs = [_heaviest_first(one, other) for one, other in combinations(self.views, 2)]
        furthest = min(pairs, key=_how_near, default=None)
        return furthest if furthest and furthest[0].steps_to(furthest[1]) else None


Placed = TypeVar("Placed")


def average_difference(answers: Sequence[int]) -> Fraction:
    """The average difference between two answers, each drawn from all answers; 0 without answers."""
    steps = sum(abs(one - other) for one in answers for other in answers)
    return Fraction(steps, max(len(answers), 1) ** 2)


def most_apart_first(weighed: Iterable[tuple[Placed, Weighing]]) -> list[tuple[Placed, Weighing]]:
    """Actions with their weighing, the largest disagreement first; where it is the same the order stays."""
    return sorted(weighed, key=lambda pair: -pair[1].apart)


def proposed_order(weighed: Iterable[tuple[Placed, Weighing]]) -> list[tuple[Placed, Weighing]]:
    """A first order to talk about: by quadrant, then what weighs most; what nobody rated comes last."""
    order = {quadrant: place for place, quadrant in enumerate(quadrants())}

    def rank(pair: tuple[Placed, Weighing]) -> tuple[int, float]:
        weighing = pair[1]
        if weighing.quadrant is None:
            return len(order), 0.0
        return order[weighing.quadrant], -((weighing.importance or 0) + (weighing.urgency or 0))

    return sorted(weighed, key=rank)


def reordered(wanted: Sequence[int]) -> list[int]:
    """The order that people mean when they give every line of a list a place, counted from 1.

    `wanted[i]` is the place that line i should get; returns the lines, by their index, in the new order. Who
    moves a line up to a place means before who stands there, who moves it down means after; so two lines with
    the same place are no mistake.
    """
    return sorted(
        range(len(wanted)), key=lambda line: (wanted[line], _direction(line + 1, wanted[line]), line)
    )


def _direction(now: int, wanted: int) -> int:
    return (wanted > now) - (wanted < now)


def _middle(answers: Iterable[int]) -> float | None:
    given = list(answers)
    return float(median(given)) if given else None


def _heaviest_first(one: View, other: View) -> tuple[View, View]:
    first, last = sorted((one, other), key=lambda view: (-view.weight, -view.importance, view.partner))
    return first, last


def _how_near(pair: tuple[View, View]) -> tuple[int, int, str, str]:
    one, other = pair
    return -one.steps_to(other), -bool(one.remark) - bool(other.remark), one.partner, other.partner
