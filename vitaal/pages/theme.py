"""A municipality's look: one brand colour, or an NL Design System theme, as a small set of checked tokens.

The styles read only the names in CONTRACT. A theme is kept as tokens (name to value) and served as one CSS file
on `:root`. It fails closed: what is not a colour, a length or a font name that we host is not let in, and a theme
whose text can't be read is not a theme at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vitaal.pages.color import contrast, darken_until, from_oklch, to_oklch

Tokens = dict[str, str]

PREFIX = "--basis-color-"
SURFACES = (
    "bg-document",
    "bg-subtle",
    "bg-default",
    "border-subtle",
    "border-default",
    "color-subtle",
    "color-document",
)
ACTIONS = (
    *(
        "bg-subtle",
        "bg-default",
        "bg-hover",
        "border-subtle",
        "border-default",
        "color-default",
        "color-hover",
    ),
    *("inverse-bg-default", "inverse-bg-hover", "inverse-color-default"),
)
COLOURS = (
    *(f"{PREFIX}default-{name}" for name in SURFACES),
    *(f"{PREFIX}action-1-{name}" for name in ACTIONS),
)
FONTS = ("--basis-text-font-family-default", "--basis-heading-font-family")
CORNERS = tuple(f"--basis-border-radius-{size}" for size in ("sm", "md", "lg"))
CONTRACT = (*COLOURS, *FONTS, *CORNERS)
HOSTED_FONTS = {"figtree"}

# Foreground, background and the least contrast (WCAG 2.2: 1.4.3, 1.4.6 for running text, 1.4.11 for borders).
PAIRS = (
    ("default-color-document", "default-bg-document", 7),
    ("default-color-document", "default-bg-default", 7),
    ("default-color-document", "action-1-bg-hover", 7),
    ("default-color-subtle", "default-bg-document", 4.5),
    ("default-color-subtle", "default-bg-subtle", 4.5),
    ("default-color-subtle", "default-bg-default", 4.5),
    ("default-color-subtle", "action-1-bg-default", 4.5),
    ("action-1-color-default", "default-bg-document", 4.5),
    ("action-1-color-default", "default-bg-subtle", 4.5),
    ("action-1-color-default", "action-1-bg-default", 4.5),
    ("action-1-color-hover", "action-1-bg-hover", 4.5),
    ("action-1-inverse-color-default", "action-1-inverse-bg-default", 4.5),
    ("action-1-inverse-color-default", "action-1-inverse-bg-hover", 4.5),
    ("default-border-default", "default-bg-document", 3),
    ("default-border-default", "default-bg-subtle", 3),
    ("action-1-border-default", "default-bg-document", 3),
)
DARK_STEPS = {
    "merk": (0.81, 0.7),
    "merk-hover": (0.88, 0.5),
    "vlak": (0.37, 0.65),
    "vlak-diep": (0.31, 0.6),
    "tint": (0.31, 0.35),
    "tint-zacht": (0.265, 0.25),
    "tint-sterk": (0.37, 0.45),
    "tint-lijn": (0.48, 0.5),
    "blad": (0.68, 0.8),
}
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
LENGTH = re.compile(r"\d{1,3}(?:\.\d+)?(?:px|rem)")
FAMILY = re.compile(r"[\w ,'\"-]{1,200}")
LONGEST_CHAIN = 20


class NotATheme(ValueError):
    """This can't become a theme; the message says why, in one clear sentence."""


@dataclass(frozen=True)
class Failing:
    """A pair that can't be read well enough."""

    foreground: str
    background: str
    ratio: float
    least: float


def from_colour(brand: str) -> Tokens:
    """All tokens from one colour. A colour that is too light is darkened until white text reads on it.

    Raises NotATheme when `brand` is not written as #rgb or #rrggbb.
    """
    if not HEX.fullmatch(brand):
        raise NotATheme(f"{brand!r} is not a colour such as #14594b.")
    _, chroma, hue = to_oklch(brand)
    tint = min(chroma, 0.12)

    def step(lightness: float, factor: float, most: float = 1) -> str:
        return from_oklch(lightness, min(tint * factor, most), hue)

    solid = darken_until(brand, "#ffffff", 5.5)
    light, strength, _ = to_oklch(solid)
    link = darken_until(solid, step(0.94, 0.35), 4.9)
    deeper = from_oklch(max(to_oklch(link)[0] - 0.09, 0.2), strength, hue)
    surfaces = ("#ffffff", step(0.978, 0.08, 0.008), step(0.953, 0.12, 0.013), step(0.892, 0.16, 0.018))
    inks = (step(0.60, 0.25, 0.028), step(0.445, 0.25, 0.028), step(0.255, 0.35, 0.035))
    tints = (
        step(0.975, 0.18, 0.018),
        step(0.948, 0.35, 0.035),
        step(0.905, 0.5, 0.055),
        step(0.85, 0.6, 0.07),
    )
    mark = darken_until(step(0.62, 1), "#ffffff", 3.2)
    solids = (solid, from_oklch(max(light - 0.07, 0.2), strength, hue), "#ffffff")
    return repair(dict(zip(COLOURS, (*surfaces, *inks, *tints, mark, link, deeper, *solids), strict=True)))


def from_package(css: str) -> Tokens:
    """The tokens of an NL Design System theme file: only names of the contract, `var()` resolved, repaired.

    Raises NotATheme when the file has no `basis` layer or when a colour of it can't be used.
    """
    known = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)", css))
    found = {name: resolved(known[name], known).strip() for name in CONTRACT if name in known}
    tokens = {name: value for name, value in found.items() if is_allowed(name, value)}
    missing = [name for name in COLOURS if name not in tokens]
    if missing:
        raise NotATheme(
            f"The theme has no usable value for {missing[0]} ({len(missing)} of {len(COLOURS)} colours miss)."
        )
    return repair(tokens)


def check(tokens: Mapping[str, str]) -> list[Failing]:
    """The pairs that fail. An empty list means that the theme may be used."""
    found = []
    for foreground, background, least in PAIRS:
        ratio = contrast(tokens[PREFIX + foreground], tokens[PREFIX + background])
        if ratio < least:
            found.append(Failing(foreground, background, round(ratio, 2), least))
    return found


def repair(tokens: Tokens) -> Tokens:
    """The same theme with every failing foreground darkened until it passes.

    Raises NotATheme when that does not help, such as dark text on a dark page.
    """
    better = dict(tokens)
    for _round in range(2):
        for pair in check(better):
            fore, back = PREFIX + pair.foreground, PREFIX + pair.background
            lighter = pair.foreground.endswith("inverse-color-default")
            target, against = (back, fore) if lighter else (fore, back)
            better[target] = darken_until(better[target], better[against], pair.least)
    failing = check(better)
    if failing:
        raise NotATheme(f"Text can't be read: {failing[0].foreground} on {failing[0].background}.")
    return better


def css(tokens: Mapping[str, str]) -> str:
    """The stylesheet of a theme, with its dark scheme; anything that the contract does not allow is left out.

    Gives an empty text, so Vitaal's own look, when a colour is missing or can't be read.
    """
    kept = {name: value for name, value in tokens.items() if is_allowed(name, value)}
    if any(name not in kept for name in COLOURS) or check(kept):
        return ""
    kept |= _dark(kept[f"{PREFIX}action-1-inverse-bg-default"])
    lines = "".join(f"  {name}: {value};\n" for name, value in kept.items())
    return f":root {{\n{lines}}}\n"


def is_allowed(name: str, value: str) -> bool:
    """Whether a theme may set this name to this value: hex colours, lengths and fonts that we host."""
    if name in COLOURS:
        return HEX.fullmatch(value) is not None
    if name in CORNERS:
        return LENGTH.fullmatch(value) is not None
    if name in FONTS:
        first = value.split(",", maxsplit=1)[0].strip(" '\"").lower()
        return FAMILY.fullmatch(value) is not None and first in HOSTED_FONTS
    return False


def _dark(brand: str) -> Tokens:
    """The same brand for the dark scheme; dark.css reads these names and has its own look after the comma."""
    _, chroma, hue = to_oklch(brand)
    strength = min(chroma, 0.12)
    return {
        f"--donker-{name}": from_oklch(light, strength * factor, hue)
        for name, (light, factor) in DARK_STEPS.items()
    }


def resolved(value: str, known: Mapping[str, str], depth: int = 0) -> str:
    """A value of a stylesheet with what `var()` stands for in its place."""
    if depth > LONGEST_CHAIN:
        return ""
    return re.sub(
        r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)",
        lambda found: resolved(known.get(found[1], found[2] or ""), known, depth + 1),
        value,
    )
