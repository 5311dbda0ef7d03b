"""The field of important and urgent: where a group stands on each action, and how far its members are apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from vitaal.pages.pictures.svg import n, opening

WIDTH, HEIGHT, LEFT, TOP = 600, 520, 56, 14
SMALL = 200
CORNERS = (("later", 0, 0), ("now", 1, 0), ("not", 0, 1), ("pass", 1, 1))


@dataclass(frozen=True, slots=True)
class Spot:
    """One action: its number, the middle of the answers (1 to 5) and how far they are apart (0 to 2)."""

    number: int
    importance: float
    urgency: float
    importance_apart: float
    urgency_apart: float
    is_apart: bool


def field(spots: Sequence[Spot], words: Mapping[str, str], uid: str = "veld") -> Markup:
    """All actions together. `words` has title, desc, the four corners, urgent, can_wait, important and less."""
    parts = [opening("matrix", "0 0 672 600", uid, words["title"], words["desc"]), *_corners(words)]
    parts += [
        f'<text class="axis" x="{LEFT + WIDTH}" y="{TOP + HEIGHT + 30}" text-anchor="end">{escape(words["urgent"])} →</text>',
        f'<text class="axis" x="{LEFT}" y="{TOP + HEIGHT + 30}">{escape(words["can_wait"])}</text>',
        f'<text class="axis" transform="translate(36 {TOP}) rotate(-90)" text-anchor="end">{escape(words["important"])} →</text>',
        f'<text class="axis" transform="translate(36 {TOP + HEIGHT}) rotate(-90)">{escape(words["less"])}</text>',
    ]
    clouds = [_cloud(spot) for spot in sorted(spots, key=lambda spot: spot.is_apart)]
    return Markup("".join([*parts, *clouds, *map(_mark, spots), "</svg>"]))  # noqa: S704 - its texts are escaped


def votes(given: Sequence[tuple[int, int, str]], title: str, urgent: str, important: str) -> Markup:
    """One action: where each partner stands, as (importance, urgency, initials). Equal answers stand side by side."""
    half = SMALL / 2
    parts = [
        f'<svg class="matrix mini" viewBox="0 0 {SMALL + 54} {SMALL + 26}" role="img" aria-label="{escape(title)}">'
    ]
    parts += [
        f'<rect class="quad q-{corner}" x="{n(24 + x * (half + 1.5))}" y="{n(y * (half + 1.5))}"'
        f' width="{n(half - 1.5)}" height="{n(half - 1.5)}" rx="9"/>'
        for corner, x, y in CORNERS
    ]
    parts.append(
        f'<text class="axis" x="{SMALL + 24}" y="{SMALL + 21}" text-anchor="end">{escape(urgent)} →</text>'
    )
    parts.append(
        f'<text class="axis" transform="translate(16 0) rotate(-90)" text-anchor="end">{escape(important)} →</text>'
    )
    return Markup("".join([*parts, *_dots(given), "</svg>"]))  # noqa: S704 - its texts are escaped


def _corners(words: Mapping[str, str]) -> Iterator[str]:
    for corner, x, y in CORNERS:
        left, top = LEFT + x * (WIDTH / 2 + 3), TOP + y * (HEIGHT / 2 + 3)
        yield (
            f'<rect class="quad q-{corner}" x="{n(left)}" y="{n(top)}" width="{n(WIDTH / 2 - 3)}"'
            f' height="{n(HEIGHT / 2 - 3)}" rx="16"/>'
            f'<text class="quad-t" x="{n(left + 16)}" y="{n(top + (28 if y == 0 else HEIGHT / 2 - 20))}">'
            f"{escape(words[corner])}</text>"
        )


def _place(importance: float, urgency: float) -> tuple[float, float]:
    return LEFT + (urgency - 0.55) / 4.9 * WIDTH, TOP + (5.45 - importance) / 4.9 * HEIGHT


def _cloud(spot: Spot) -> str:
    x, y = _place(spot.importance, spot.urgency)
    wide = max(22.0, spot.urgency_apart / 4.9 * WIDTH * 0.85)
    high = max(22.0, spot.importance_apart / 4.9 * HEIGHT * 0.85)
    return f'<ellipse class="cloud {_tone(spot)}" cx="{n(x)}" cy="{n(y)}" rx="{n(wide)}" ry="{n(high)}"/>'


def _mark(spot: Spot) -> str:
    x, y = _place(spot.importance, spot.urgency)
    return (
        f'<circle class="mean {_tone(spot)}" cx="{n(x)}" cy="{n(y)}" r="16"/>'
        f'<text class="mean-t" x="{n(x)}" y="{n(y + 6)}" text-anchor="middle">{spot.number}</text>'
    )


def _tone(spot: Spot) -> str:
    return "apart" if spot.is_apart else "near"


def _dots(given: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    cells: dict[tuple[int, int], list[str]] = {}
    for importance, urgency, letters in given:
        cells.setdefault((importance, urgency), []).append(letters)
    for (importance, urgency), names in cells.items():
        columns = 1 if len(names) == 1 else 2
        lines = -(-len(names) // columns)
        for place, letters in enumerate(names):
            x = 24 + (urgency - 0.5) / 5 * SMALL + (place % columns - (columns - 1) / 2) * 25
            y = (5.5 - importance) / 5 * SMALL + (place // columns - (lines - 1) / 2) * 25
            yield (
                f'<circle class="vote" cx="{n(x)}" cy="{n(y)}" r="12"/>'
                f'<text class="vote-t" x="{n(x)}" y="{n(y + 4)}" text-anchor="middle">{escape(letters)}</text>'
            )
