"""The shape of one petal, lying along the x axis: a cubic curve mirrored in that axis, cut by three rings."""

from functools import cache
from itertools import pairwise
from math import hypot

from vitaal.pages.pictures.svg import Point, n

RINGS = (30, 82, 126, 168)  # radii: base, end of ring 1, end of ring 2, tip
SIDE: tuple[Point, ...] = ((30, 3.6), (86, 12.6), (168, 38), (168, 0))
VEIN_RADII = ((46, 58, 70), (92, 104, 116), (136, 146, 156))


@cache
def whole() -> str:
    """Path of the whole petal."""
    return between(RINGS[0], RINGS[-1])


@cache
def ring(index: int) -> str:
    """Path of the part of the petal inside ring 0, 1 or 2."""
    return between(RINGS[index], RINGS[index + 1])


@cache
def veins(index: int) -> str:
    """Path of the stripes that say "partly" in ring 0, 1 or 2."""
    return "".join(_vein(radius) for radius in VEIN_RADII[index])


def between(start: float, end: float) -> str:
    """Closed path of the petal between two radii."""
    begin = 0.0 if start == RINGS[0] else _parameter_at(start)
    finish = 1.0 if end == RINGS[-1] else _parameter_at(end)
    a, b, c, d = _cut(begin, finish)
    tip = f"A{n(end)} {n(end)} 0 0 0 {_xy(d, flip=True)}" if finish < 1 else ""
    base = f"A{n(start)} {n(start)} 0 0 1 {_xy(a)}" if begin > 0 else ""
    out = f"M{_xy(a)}C{_xy(b)} {_xy(c)} {_xy(d)}"
    back = f"C{_xy(c, flip=True)} {_xy(b, flip=True)} {_xy(a, flip=True)}"
    return f"{out}{tip}{back}{base}Z"


def _vein(radius: float, inset: float = 2.2) -> str:
    y = max(_at(_parameter_at(radius))[1] - inset, 1)
    x = (radius**2 - y**2) ** 0.5
    return f"M{n(x)} {n(y)}A{n(radius)} {n(radius)} 0 0 0 {n(x)} {n(-y)}"


def _at(t: float) -> Point:
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, SIDE, strict=True)),
        sum(w * p[1] for w, p in zip(weights, SIDE, strict=True)),
    )


def _slope(t: float) -> Point:
    u = 1 - t
    weights = (3 * u * u, 6 * u * t, 3 * t * t)
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(SIDE)]
    return (
        sum(w * s[0] for w, s in zip(weights, steps, strict=True)),
        sum(w * s[1] for w, s in zip(weights, steps, strict=True)),
    )


def _cut(begin: float, finish: float) -> tuple[Point, Point, Point, Point]:
    """The part of the side between two parameters, as the control points of a new curve."""
    a, d = _at(begin), _at(finish)
    third = (finish - begin) / 3
    (ax, ay), (dx, dy) = _slope(begin), _slope(finish)
    return a, (a[0] + ax * third, a[1] + ay * third), (d[0] - dx * third, d[1] - dy * third), d


def _parameter_at(radius: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if hypot(*_at(middle)) < radius else (low, middle)
    return low


def _xy(point: Point, flip: bool = False) -> str:
    return f"{n(point[0])} {n(-point[1] if flip else point[1])}"
