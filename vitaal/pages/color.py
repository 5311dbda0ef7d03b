"""Colour maths for themes: OKLCH ramps (Ottosson, bottosson.github.io/posts/oklab) and WCAG 2 contrast."""

from math import atan2, cos, hypot, pi, sin

Colour = str  # "#14594b"


def contrast(one: Colour, other: Colour) -> float:
    """The WCAG 2 contrast ratio of two hex colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def to_oklch(colour: Colour) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma and hue (degrees) of a hex colour."""
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a) * 180 / pi % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """The hex colour; the chroma is lowered until it fits on a screen (sRGB)."""
    while True:
        channels = _channels(lightness, chroma, hue)
        if all(-0.0005 <= channel <= 1.0005 for channel in channels) or chroma < 0.001:
            return "#" + "".join(f"{round(255 * min(1.0, max(0.0, _gamma(c)))):02x}" for c in channels)
        chroma -= 0.002


def darken_until(colour: Colour, against: Colour, ratio: float) -> Colour:
    """The lightest darker colour of the same hue that reaches the contrast; black-ish when none does."""
    lightness, chroma, hue = to_oklch(colour)
    while contrast(colour, against) < ratio and lightness > 0.05:
        lightness -= 0.01
        colour = from_oklch(lightness, chroma, hue)
    return colour


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(hue * pi / 180), chroma * sin(hue * pi / 180)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _luminance(colour: Colour) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: Colour) -> tuple[float, float, float]:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def _gamma(channel: float) -> float:
    channel = max(0.0, channel)
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
