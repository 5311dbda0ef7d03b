"""Small marks: the logo of Vitaal, the leaf of a workspace without a logo, and a quarter flower for a corner."""

from functools import cache

from markupsafe import Markup

from vitaal.pages.pictures import petal as shape


@cache
def logo(name: str = "leaf") -> Markup:
    """`"vitaal"` is the product's own mark (five petals); `"leaf"` stands for a workspace without a logo."""
    if name == "vitaal":
        petal = "M5 0C9 5.5 15 8 22 0 15-8 9-5.5 5 0Z"
        turned = "".join(f'<path transform="rotate({i * 72 - 90})" d="{petal}"/>' for i in range(5))
        inside = f'<g class="lg-a">{turned}</g><circle class="fl-heart" r="5"/>'
        box = "-24 -24 48 48"
    else:
        inside = (
            '<path class="lg-a" d="M24 4c10 8 15 15.6 15 24a15 15 0 0 1-30 0C9 19.6 14 12 24 4Z"/>'
            '<path class="lg-b" d="M24 43V22m0 12c-5 0-8-3-8-7m8 3c4 0 7-3 7-7"/>'
        )
        box = "0 0 48 48"
    return Markup(f'<svg class="logo" viewBox="{box}" aria-hidden="true" focusable="false">{inside}</svg>')  # noqa: S704


@cache
def sprig() -> Markup:
    """Decoration for the corner of a solid card."""
    turns = range(186, 270, 21)
    leaves = "".join(f'<path transform="rotate({angle})" d="{shape.whole()}"/>' for angle in turns)
    head = '<svg class="sprig" viewBox="-170 -170 170 170" aria-hidden="true" focusable="false">'
    return Markup(f"{head}{leaves}</svg>")  # noqa: S704 - only shapes
