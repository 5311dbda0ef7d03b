"""Tables as a file: CSV, XLSX or ODS, row by row, so that a long one takes no more memory than a short one.

What someone typed stays text, also when it looks like a formula: in XLSX and ODS because its type says so, in CSV
with a ' before it (OWASP, CSV injection). Days are real days. CSV is as Dutch Excel expects it: UTF-8 with a byte
order mark, `;` between the cells.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import IO
from unicodedata import normalize

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vitaal.kernel.plain_text import in_xml
from vitaal.kernel.sheets import Value
from vitaal.kernel.sheets.ods import write_ods

_BEGINS_A_FORMULA = set("=+-@")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_LONGEST = 32_767  # letters that a cell of Excel holds
_LONGEST_NAME = 31  # letters of the name of a sheet
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\s]+")
_FIRST_YEAR = 1900  # before it Excel knows no days


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column, and about how many letters wide the column is."""

    name: str
    width: int = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name; in a workbook that becomes the name of a sheet, made fit for it."""

    name: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Value]]


def write(
    file_type: str, into: IO[bytes], name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]
) -> None:
    """Write a table under its heads into a file. `file_type` is one of MEDIA_TYPES; `name` is that of the sheet."""
    write_sheets(file_type, into, [Sheet(name, heads, rows)])


def write_sheets(file_type: str, into: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write a workbook with a sheet for each table. A CSV file holds one: raises ValueError when there are more."""
    names = different(map(_sheet_name, (sheet.name for sheet in sheets)))
    writable = (
        Sheet(
            name,
            [Head(in_xml(head.name), head.width) for head in sheet.heads],
            ([_writable(value) for value in row] for row in sheet.rows),
        )
        for name, sheet in zip(names, sheets, strict=True)
    )
    _WRITERS[file_type](into, list(writable))


def different(names: Iterable[str]) -> list[str]:
    """The same names; one that occurred before, also with other capitals, gets a number after it."""
    found: dict[str, str] = {}
    for name in names:
        numbered = (f"{name[: _LONGEST_NAME - 4].rstrip()} {number}" for number in count(2))
        each = next(each for each in chain([name], numbered) if each.casefold() not in found)
        found[each.casefold()] = each
    return list(found.values())


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: also after spaces, and in full width."""
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    first = text[_UNSEEN.match(text).end() :][:1]  # type: ignore[union-attr]  # it matches nothing too
    return normalize("NFKC", first) in _BEGINS_A_FORMULA


def _sheet_name(name: str) -> str:
    """The part of a name that Excel accepts for a sheet."""
    fit = _NOT_IN_A_NAME.sub(" ", in_xml(name))[:_LONGEST_NAME].strip(" '")
    return f"{fit}." if fit.casefold() in {"", "history"} else fit


def _writable(value: Value) -> Value:
    if isinstance(value, str):
        return in_xml(value)[:_LONGEST]
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return value.isoformat()
    return value


def _write_csv(into: IO[bytes], sheets: Sequence[Sheet]) -> None:
    (sheet,) = sheets
    text = io.TextIOWrapper(into, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([_in_csv(head.name) for head in sheet.heads])
    writer.writerows([_in_csv(value) for value in row] for row in sheet.rows)
    text.detach()


def _in_csv(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and looks_like_a_formula(value) else value


def _write_xlsx(into: IO[bytes], sheets: Sequence[Sheet]) -> None:
    with Workbook(into, {"constant_memory": True}) as book:
        top = {"valign": "top"}
        formats = {
            str: book.add_format({"num_format": "@", "text_wrap": True, **top}),
            date: book.add_format({"num_format": "dd-mm-yyyy", **top}),
            int: book.add_format({"num_format": "0", **top}),
        }
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            _write_worksheet(book.add_worksheet(sheet.name), sheet, bold, formats)


def _write_worksheet(into: Worksheet, sheet: Sheet, bold: Format, formats: dict[type, Format]) -> None:
    into.freeze_panes(1, 0)
    for place, head in enumerate(sheet.heads):
        into.set_column(place, place, head.width)
        into.write_string(0, place, head.name, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            _write_cell(into, number, place, value, formats)


def _write_cell(sheet: Worksheet, row: int, place: int, value: Value, formats: dict[type, Format]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, formats[date])
    elif isinstance(value, int):
        sheet.write_number(row, place, value, formats[int])
    elif value:
        sheet.write_string(row, place, value, formats[str])


def _write_ods(into: IO[bytes], sheets: Sequence[Sheet]) -> None:
    write_ods(
        into,
        [(sheet.name, [(head.name, head.width) for head in sheet.heads], sheet.rows) for sheet in sheets],
    )


_WRITERS: dict[str, Callable[[IO[bytes], Sequence[Sheet]], None]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "ods": _write_ods,
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
