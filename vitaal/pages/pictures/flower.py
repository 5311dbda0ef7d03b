"""The signature picture: one petal per ingredient, grouped by factor, with a ring for each check.

Full is "every partner says yes", stripes are "some do", empty is "not yet". There is never a number in it,
and a page that shows it also has a table with the same facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import groupby
from math import cos, pi, sin

from markupsafe import Markup

from vitaal.pages.pictures import petal as shape
from vitaal.pages.pictures.svg import n, opening

GAP = 8  # degrees between two factors
EDGE = 172
SEEDS = ((0, 1), (8, 6), (15, 11))  # radius and number of the seeds in the heart


class Answer(IntEnum):
    """How far the partners are with one check."""

    NOT_YET = 0
    PARTLY = 1
    YES = 2


@dataclass(frozen=True)
class Petal:
    """One ingredient: the key of its factor (a colour class `f-<key>`) and the answers from the heart out."""

    factor: str
    answers: tuple[Answer, Answer, Answer] = (Answer.NOT_YET, Answer.NOT_YET, Answer.NOT_YET)


def flower(petals: Sequence[Petal], uid: str = "bloem", title: str = "", desc: str = "") -> Markup:
    """Draw the petals clockwise from the top. Without a title it is decoration, hidden from screen readers.

    `uid` must be unique on the page when there is a title.
    """
    box = f"{-EDGE} {-EDGE} {2 * EDGE} {2 * EDGE}"
    leaves = "".join(_leaf(petal, angle) for petal, angle in zip(petals, angles(petals), strict=True))
    rings = "".join(f'<circle class="fl-sep" r="{radius}"/>' for radius in shape.RINGS[1:3])
    return Markup(opening("flower", box, uid, title, desc) + leaves + rings + _heart() + "</svg>")  # noqa: S704


def mini_flower(petals: Sequence[Petal], label: str) -> Markup:
    """A small flower for lists: each petal is as long as the furthest check that is at least partly met."""
    head = opening("mini-flower", "-36 -36 72 72", _slug(label), label)
    drawn = []
    for petal, angle in zip(petals, angles(petals), strict=True):
        turn = f'transform="rotate({n(angle)})"'
        depth = max((i for i, answer in enumerate(petal.answers, 1) if answer), default=0)
        drawn.append(f'<path class="base" {turn} d="{_mini(3)}"/>')
        if depth:
            drawn.append(f'<path class="f-{petal.factor}" {turn} d="{_mini(depth)}"/>')
    return Markup(head + "".join(drawn) + '<circle class="fl-heart" r="5"/></svg>')  # noqa: S704


@cache
def empty_flower() -> Markup:
    """The flower in which nothing has grown yet, as decoration of an empty state."""
    sizes = {"relatie": 4, "samenstelling": 4, "ambitie": 2, "belangen": 2, "organisatie": 4}
    return flower([Petal(factor) for factor, size in sizes.items() for _ in range(size)])


def angles(petals: Sequence[Petal]) -> list[float]:
    """The middle angle of each petal; neighbours of the same factor stand together, factors apart."""
    groups = [list(group) for _factor, group in groupby(petals, key=lambda petal: petal.factor)]
    if not groups:
        return []
    slot = (360 - len(groups) * GAP) / len(petals)
    found, angle = [], -90 + GAP / 2
    for group in groups:
        found += [angle + slot * (i + 0.5) for i in range(len(group))]
        angle += slot * len(group) + GAP
    return found


def _leaf(petal: Petal, angle: float) -> str:
    drawn = [f'<path class="leaf" d="{shape.whole()}"/>']
    for i, answer in enumerate(petal.answers):
        if answer == Answer.YES:
            drawn.append(f'<path class="r{i + 1}" d="{shape.ring(i)}"/>')
        elif answer == Answer.PARTLY:
            drawn.append(f'<path class="vein" d="{shape.veins(i)}"/>')
    return f'<g class="f-{petal.factor}" transform="rotate({n(angle)})">{"".join(drawn)}</g>'


@cache
def _heart() -> str:
    places = [(radius, 2 * pi * i / count) for radius, count in SEEDS for i in range(count)]
    seeds = "".join(f'<circle cx="{n(r * cos(a))}" cy="{n(r * sin(a))}" r="1.9"/>' for r, a in places)
    return f'<circle class="fl-heart" r="22"/><g class="fl-seed">{seeds}</g>'


@cache
def _mini(depth: int) -> str:
    k = (0.55, 0.78, 1.0)[depth - 1]
    out = f"C{n(16 * k)} {n(5.4 * k)} {n(34 * k)} {n(9 * k)} {n(34 * k)} 0"
    back = f"C{n(34 * k)} {n(-9 * k)} {n(16 * k)} {n(-5.4 * k)} 7 0"
    return f"M7 0{out}{back}Z"


def _slug(label: str) -> str:
    return "mini-" + "".join(letter if letter.isalnum() else "-" for letter in label.lower())
