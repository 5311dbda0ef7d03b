"""From what people paste or upload to lines with a name, an address and an organisation (D-26)."""

import csv
import io
import re
from dataclasses import dataclass

from vitaal.kernel import plain_text

MOST_LINES = 10_000
MOST_BYTES = 2 * 1024 * 1024
TEMPLATE = "naam;e-mail;organisatie\r\n"

_HEADS = {
    "name": ("naam", "name"),
    "email": ("e-mail", "email", "e-mailadres", "emailadres", "mail", "e-mail address", "email address"),
    "organisation": ("organisatie", "organisation", "organization", "groep", "namens"),
}
_NAMED = re.compile(r"^\s*\"?(?P<name>[^<>\"]*?)\"?\s*<(?P<email>[^<>]*)>\s*$")


class ListTooLong(ValueError):
    """More than we take at once."""


@dataclass(frozen=True)
class Line:
    """One person on a list, as it was written there."""

    number: int
    email: str
    name: str = ""
    organisation: str = ""

    def as_row(self) -> str:
        """The line as a row of our own template, to carry it to the next page."""
        written = io.StringIO()
        csv.writer(written, delimiter=";").writerow([self.name, self.email, self.organisation])
        return written.getvalue()


def decode(content: bytes) -> str:
    """The text of a file, whatever program saved it. Raises ListTooLong."""
    if len(content) > MOST_BYTES:
        raise ListTooLong(len(content))
    return plain_text.decode(content)


def read(text: str) -> list[Line]:
    """Every person in a pasted list or a CSV, in order. Raises ListTooLong.

    Understands a header, `;` `,` or tabs between columns, quotes, "Naam <adres>", and several addresses on
    one line. What is no address stays in, so that it can be told.
    """
    text = text.replace("\x00", "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = [row for row in enumerate(_rows(text), 1) if any(cell.strip() for cell in row[1])]
    if len(rows) > MOST_LINES:
        raise ListTooLong(len(rows))
    columns = _columns(rows[0][1]) if rows else {}
    lines: list[Line] = []
    for number, cells in rows[1:] if columns else rows:
        lines += [_from_columns(number, cells, columns)] if columns else _from_cells(number, cells)
    if len(lines) > MOST_LINES:
        raise ListTooLong(len(lines))
    return lines


def _rows(text: str) -> list[list[str]]:
    first = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(";\t,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True))
    except csv.Error:  # a cell too large for any name: read it as plain lines
        return [[line[:1000]] for line in text.split("\n")]


def _columns(cells: list[str]) -> dict[str, int]:
    """Which column holds what, when the first row is a header."""
    heads = [cell.strip().lower() for cell in cells]
    found = {
        key: next((place for place, head in enumerate(heads) if head in names), -1)
        for key, names in _HEADS.items()
    }
    return found if found["email"] >= 0 else {}


def _from_columns(number: int, cells: list[str], columns: dict[str, int]) -> Line:
    values = {key: cells[place].strip() if 0 <= place < len(cells) else "" for key, place in columns.items()}
    name, email = _split(values["email"])
    return Line(number, email, values["name"] or name, values["organisation"])


def _from_cells(number: int, cells: list[str]) -> list[Line]:
    """Without a header the address is the cell with an @; more of those are more people."""
    cells = [cell.strip() for cell in cells if cell.strip()]
    if sum("@" in cell for cell in cells) > 1:
        return [Line(number, email, name) for name, email in (_split(cell) for cell in cells)]
    with_address = next((cell for cell in cells if "@" in cell), cells[0])
    others = [cell for cell in cells if cell is not with_address]
    name, email = _split(with_address)
    if not name and others:
        name = others.pop(0)
    return [Line(number, email, name, others[0] if others else "")]


def _split(cell: str) -> tuple[str, str]:
    named = _NAMED.match(cell)
    return (named["name"].strip(), named["email"].strip()) if named else ("", cell.strip())
