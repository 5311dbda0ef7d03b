"""Who stands where: rings from the inner circle out, a mark for each partner, a dashed mark where someone is missing.

The shape tells the kind (square formal, round informal, a sun for residents); the list on the page is the
real control and says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

from markupsafe import Markup, escape

from vitaal.pages.pictures.svg import n, on_circle, opening

RADII = (146, 232, 310, 380)
MIDDLE = (98, 189, 271, 346)
NAME_ROOM = 60  # degrees that stay free on top for the name of the ring
SIZE = 29
FITS = (9, 14, 20, 26)  # marks of full size that fit on a ring; with more they shrink


class Kind(StrEnum):
    """The kind of a partner, as the picture tells it."""

    FORMAL = "formal"
    INFORMAL = "informal"
    RESIDENT = "resident"
    MISSING = "missing"


@dataclass(frozen=True)
class Mark:
    """One partner: at most two letters and its kind."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class Ring:
    """One circle: its name and who stands in it; the free space is drawn dashed."""

    name: str
    marks: Sequence[Mark]
    is_free: bool = False


def circles(rings: Sequence[Ring], title: str, desc: str, uid: str = "cirkels") -> Markup:
    """Draw at most four rings, the first in the middle.

    `title` and `desc` say in words what the picture shows. `uid` must be unique on the page.
    """
    edge = RADII[len(rings) - 1] + 4
    drawn = [opening("circles", f"{-edge} {-edge} {2 * edge} {2 * edge}", uid, title, desc)]
    for i, ring in reversed(list(enumerate(rings))):
        drawn.append(f'<circle class="ring ring{i}{" free" if ring.is_free else ""}" r="{RADII[i]}"/>')
    for i, ring in enumerate(rings):
        drawn += _marks(ring, i)
        if i:
            y = n(6 - MIDDLE[i])
            drawn.append(
                f'<text class="ring-t" x="0" y="{y}" text-anchor="middle">{escape(ring.name)}</text>'
            )
    drawn.append('<path class="lg-a" d="M0-29c12 9 18 18 18 29a18 18 0 0 1-36 0c0-11 6-20 18-29Z"/>')
    return Markup("".join(drawn) + "</svg>")  # noqa: S704 - the texts are escaped above


def key(kind: Kind) -> Markup:
    """The mark of one kind, for the legend."""
    shape = _shape(10, 10, kind, 8)
    return Markup(f'<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">{shape}</svg>')  # noqa: S704


def dots(count: int, kind: Kind) -> Markup:
    """A row of `count` marks; the number always stands beside it in words."""
    shapes = "".join(_shape(i * 19 + 9, 9, kind, 7) for i in range(count))
    size = f'viewBox="0 0 {count * 19} 18" width="{count * 19}" height="18"'
    return Markup(f'<svg class="dotrow" {size} aria-hidden="true" focusable="false">{shapes}</svg>')  # noqa: S704


def _marks(ring: Ring, index: int) -> list[str]:
    room = NAME_ROOM if index else 0
    step = (360 - room) / max(len(ring.marks), 1)
    size = SIZE * min(1, FITS[index] / max(len(ring.marks), 1))
    drawn = []
    for k, mark in enumerate(ring.marks):
        x, y = on_circle(-90 + room / 2 + step * (k + 0.5), MIDDLE[index])
        letters = (
            f'<text class="node-t" x="{n(x)}" y="{n(y + 7)}" text-anchor="middle">{escape(mark.text)}</text>'
        )
        drawn.append(_shape(x, y, mark.kind, size) + (letters if size > SIZE * 0.7 else ""))
    return drawn


def _shape(x: float, y: float, kind: Kind, size: float) -> str:
    css_class = f"node {kind}"
    if kind == Kind.FORMAL:
        side, corner = 2 * size - size / 7, size / 3
        place = f'x="{n(x - side / 2)}" y="{n(y - side / 2)}" width="{n(side)}" height="{n(side)}"'
        return f'<rect class="{css_class}" {place} rx="{n(corner)}"/>'
    if kind == Kind.RESIDENT:
        radii = (size * 0.93, size * 1.1)
        points = [(radii[i % 2] * cos(i * pi / 8), radii[i % 2] * sin(i * pi / 8)) for i in range(16)]
        return (
            f'<polygon class="{css_class}" points="{" ".join(f"{n(x + a)},{n(y + b)}" for a, b in points)}"/>'
        )
    return f'<circle class="{css_class}" cx="{n(x)}" cy="{n(y)}" r="{n(size)}"/>'
