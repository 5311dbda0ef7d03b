"""A table as a file: CSV, XLSX or ODS, row by row, so that a long one takes no more memory than a short one.

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
_FIRST_YEAR = 1900  # before it Excel knows no days


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column, and about how many letters wide the column is."""

    name: str
    width: int = 20


def write(
    file_type: str, into: IO[bytes], name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]
) -> None:
    """Write a table under its heads into a file. `file_type` is one of MEDIA_TYPES; `name` is that of the sheet."""
    _WRITERS[file_type](into, name, heads, ([_writable(value) for value in row] for row in rows))


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: also after spaces, and in full width."""
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    first = text[_UNSEEN.match(text).end() :][:1]  # type: ignore[union-attr]  # it matches nothing too
    return normalize("NFKC", first) in _BEGINS_A_FORMULA


def _writable(value: Value) -> Value:
    if isinstance(value, str):
        return in_xml(value)[:_LONGEST]
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return value.isoformat()
    return value


def _write_csv(into: IO[bytes], _name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]) -> None:
    text = io.TextIOWrapper(into, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([head.name for head in heads])
    writer.writerows([_in_csv(value) for value in row] for row in rows)
    text.detach()


def _in_csv(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and looks_like_a_formula(value) else value


def _write_xlsx(into: IO[bytes], name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]) -> None:
    with Workbook(into, {"constant_memory": True}) as book:
        top = {"valign": "top"}
        formats = {
            str: book.add_format({"num_format": "@", "text_wrap": True, **top}),
            date: book.add_format({"num_format": "dd-mm-yyyy", **top}),
            int: book.add_format({"num_format": "0", **top}),
        }
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, head in enumerate(heads):
            sheet.set_column(place, place, head.width)
            sheet.write_string(0, place, head.name, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value, formats)


def _write_cell(sheet: Worksheet, row: int, place: int, value: Value, formats: dict[type, Format]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, formats[date])
    elif isinstance(value, int):
        sheet.write_number(row, place, value, formats[int])
    elif value:
        sheet.write_string(row, place, value, formats[str])


def _write_ods(into: IO[bytes], name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]) -> None:
    write_ods(into, name, [(head.name, head.width) for head in heads], rows)


_Writer = Callable[[IO[bytes], str, Sequence[Head], Iterable[Sequence[Value]]], None]
_WRITERS: dict[str, _Writer] = {"csv": _write_csv, "xlsx": _write_xlsx, "ods": _write_ods}
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
