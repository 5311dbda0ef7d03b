"""The few things every picture needs: short numbers and text that can't break out of its element."""

from math import cos, pi, sin

from markupsafe import escape

Point = tuple[float, float]


def n(value: float) -> str:
    """A number with at most one decimal."""
    short = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def on_circle(angle: float, radius: float) -> Point:
    """The point at `angle` degrees (0 is right, 90 is down) and `radius` from the middle."""
    return radius * cos(angle * pi / 180), radius * sin(angle * pi / 180)


def opening(css_class: str, box: str, uid: str, title: str, desc: str = "") -> str:
    """The `<svg>` tag with a name for screen readers; without a title the picture is decoration."""
    if not title:
        return f'<svg class="{css_class}" viewBox="{box}" aria-hidden="true" focusable="false">'
    names = f"{uid}-t {uid}-d" if desc else f"{uid}-t"
    described = f'<desc id="{uid}-d">{escape(desc)}</desc>' if desc else ""
    return (
        f'<svg class="{css_class}" viewBox="{box}" role="img" aria-labelledby="{names}">'
        f'<title id="{uid}-t">{escape(title)}</title>{described}'
    )
