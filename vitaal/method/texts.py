"""A text of the method, in the two languages it is written in."""

from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Dutch and in English; Dutch is the language the method was written in."""

    nl: str
    en: str

    def in_(self, language: str) -> str:
        """Give the text in a language (`nl`, `en`, `en_GB`); in Dutch when it was not written in that language."""
        return self.en if language[:2] == "en" else self.nl

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> Self:
        """Read a text from the `nl` and `en` of a piece of content."""
        return cls(nl=content["nl"].strip(), en=content["en"].strip())


@dataclass(frozen=True, slots=True)
class Point:
    """One text that can be referred to by its key: a line of a list, a question, an advice."""

    key: str
    text: Text

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> Self:
        """Read a point from a piece of content with `key`, `nl` and `en`."""
        return cls(key=content["key"], text=Text.from_content(content))


def points(content: list[dict[str, Any]]) -> tuple[Point, ...]:
    """Read a list of points, in the order of the method."""
    return tuple(Point.from_content(point) for point in content)
