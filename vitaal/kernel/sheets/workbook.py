"""A program of its own: a workbook comes in, the rows of its first sheet with something on it go out as JSON.

It runs apart from Vitaal and knows nothing of it, so that a file which makes the reader ask for too much memory or
time ends this program and nothing else. It is started as `python workbook.py <most rows>`.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

TOO_MANY_ROWS, NO_TABLE, TOO_MUCH = 3, 4, 5
_MEMORY = 768 * 1024 * 1024
_SECONDS = 15
_COLUMNS = 60
_FARTHEST = 100_000  # a row below this is there by mistake, and makes a table of millions
_LETTERS = 30_000_000


def main(most_rows: int) -> int:
    """Read standard input, write standard output; returns the exit status."""
    _limit()
    try:
        with CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read())) as book:
            sheet = _first_sheet(book)
            if sheet and sheet.end and sheet.end[0] > _FARTHEST:
                return TOO_MANY_ROWS
            rows = list(islice(_rows(sheet), most_rows + 1)) if sheet else []
    except (CalamineError, ValueError, OSError):
        return NO_TABLE
    if sum(len(cell) for _, cells in rows for cell in cells) > _LETTERS:
        return TOO_MUCH
    json.dump(rows, sys.stdout)
    return 0


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _first_sheet(book: CalamineWorkbook) -> CalamineSheet | None:
    """The first sheet that people see and that holds something."""
    for place, about in enumerate(book.sheets_metadata):
        if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(place)
            if sheet.end:
                return sheet
    return None


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells[:_COLUMNS]]
        if any(map(str.strip, texts)):
            yield number, texts


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\x00", "\ufffd")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
