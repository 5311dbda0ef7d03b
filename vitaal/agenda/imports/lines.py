"""From the rows of a file to lines of which each cell is known: the head may stand anywhere near the top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from vitaal.agenda.columns import recognise
from vitaal.kernel.sheets.reading import Row
from vitaal.kernel.sheets.writing import looks_like_a_formula
from vitaal.pages.forms import clean

MOST_LINES = 5_000
MOST_BYTES = 10 * 1024 * 1024
HEAD_AMONG = 10  # rows; above the head of a list there is often its name


class NoTitle(ValueError):
    """No row near the top has a column with the titles."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number there, and what stands in each of its columns."""

    number: int
    cells: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """As it is kept until the import is done."""
        return {"line": self.number, **self.cells}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The line that `as_json` kept."""
        return cls(kept["line"], {name: value for name, value in kept.items() if name != "line"})


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines under the head, and the heads of the columns that were not recognised."""

    lines: Sequence[Line]
    unknown_columns: Sequence[str]


def lines_of(rows: Sequence[Row]) -> Listed:
    """Find the head, and take what stands under it. Raises NoTitle."""
    place, places = _head(rows)
    heads = rows[place][1]
    unknown = [
        head.strip()[:60] for at, head in enumerate(heads) if head.strip() and at not in places.values()
    ]
    lines = [
        Line(number, {key: _cell(cells, at) for key, at in places.items() if _cell(cells, at)})
        for number, cells in rows[place + 1 :]
    ]
    return Listed([line for line in lines if line.cells], unknown)


def _head(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    """The row that has most of our columns, the titles among them."""
    found = [(place, recognise(cells)) for place, (_, cells) in enumerate(rows[:HEAD_AMONG])]
    with_title = [(place, places) for place, places in found if "title" in places]
    if not with_title:
        raise NoTitle
    return max(with_title, key=lambda one: (len(one[1]), -one[0]))


def _cell(cells: Sequence[str], at: int) -> str:
    """What stands there, without the ' that our own CSV puts before what looks like a formula."""
    text = str(clean(cells[at])) if at < len(cells) else ""
    return text[1:].strip() if text.startswith("'") and looks_like_a_formula(text[1:]) else text
