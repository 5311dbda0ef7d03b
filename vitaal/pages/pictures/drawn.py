"""The pictures that a document can hold, by name: the same drawing on a page, on paper and in a text document.

The data of each are plain, so that they can be kept. Every picture has a table beside it with the same facts, which the
part of the document brings along; what it shows is also said in words.
"""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from vitaal.pages.document import Picture
from vitaal.pages.pictures.circles import Kind, Mark, Ring, circles
from vitaal.pages.pictures.flower import Answer, Petal, flower


def draw(picture: Picture, uid: str = "") -> Markup:
    """The SVG of a picture, with its description. `uid` must be unique on the page; without one it is decoration.

    Raises KeyError when there is no picture of this name, or when its data lack something.
    """
    return _DRAWN[picture.name](picture.data, picture.alt if uid else "", uid)


def _circles(data: Mapping[str, Any], alt: str, uid: str) -> Markup:
    """`rings`: from the middle out, each with `name`, `is_free` and its `marks` (`text`, `kind`)."""
    rings = [
        Ring(
            ring["name"],
            [Mark(mark["text"], Kind(mark["kind"])) for mark in ring["marks"]],
            is_free=ring["is_free"],
        )
        for ring in data["rings"]
    ]
    return circles(rings, alt, "", uid)


def _flower(data: Mapping[str, Any], alt: str, uid: str) -> Markup:
    """`petals`: each with its `factor` and three `answers` (0, 1 or 2) from the heart out."""
    petals = []
    for petal in data["petals"]:
        first, second, third = map(Answer, petal["answers"])
        petals.append(Petal(petal["factor"], (first, second, third)))
    return flower(petals, uid, alt)


_DRAWN: dict[str, Callable[[Mapping[str, Any], str, str], Markup]] = {"circles": _circles, "flower": _flower}
NAMES = frozenset(_DRAWN)
