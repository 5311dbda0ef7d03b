"""From a file to the rows of a table: CSV, XLSX or ODS. What it is follows from what is in it, never from its name.

A spreadsheet is opened by a program of its own that may use little memory and time (`workbook.py`), because a few
hundred bytes can claim a table of billions of cells.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from unicodedata import category
from zipfile import BadZipFile, ZipFile

from vitaal.kernel.plain_text import decode
from vitaal.kernel.sheets import workbook

Row = tuple[int, list[str]]  # its number in the file, from 1, and its cells

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_PARTS = 2_000
_SECONDS = 20
_SEPARATORS = ";\t,"


class Reason(StrEnum):
    """Why a file can't be read as a table."""

    EMPTY = "empty"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MUCH = "too_much"
    LOCKED_OR_OLD = "locked_or_old"
    NO_TABLE = "no_table"


class Unreadable(ValueError):
    """A file that is no table we can read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read(content: bytes, most_rows: int) -> list[Row]:
    """The rows that hold something, as text; days as 2026-11-24. Raises Unreadable.

    Characters that nobody can have meant (NUL, half letters) become U+FFFD, so that they can be told.
    """
    if content.startswith(_OLE):  # Excel before 2007, and any office file with a password
        raise Unreadable(Reason.LOCKED_OR_OLD)
    rows = list(_in_workbook(content, most_rows) if content.startswith(_ZIP) else _in_text(content))
    if not rows:
        raise Unreadable(Reason.EMPTY)
    if len(rows) > most_rows:
        raise Unreadable(Reason.TOO_MANY_ROWS)
    return rows


def _in_text(content: bytes) -> Iterator[Row]:
    text = _visible(decode(content))
    lines = text.split("\n", 1)
    if lines[0].strip().lower().startswith("sep="):  # a hint to Excel
        text, separator = (lines[1:] or [""])[0], lines[0].strip()[4:5] or ";"
    else:
        first = next((line for line in text.splitlines() if line.strip()), "")
        separator = max(_SEPARATORS, key=first.count)
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1
        ):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:  # a cell of more than 131,072 letters
        raise Unreadable(Reason.NO_TABLE) from None


def _visible(text: str) -> str:
    """The text with its control characters told; raises Unreadable when there are so many that it is no text."""
    controls = {letter for letter in set(text) if category(letter) in {"Cc", "Cs"} and letter not in "\t\n\r"}
    if sum(map(text.count, controls)) * 100 > len(text):
        raise Unreadable(Reason.NO_TABLE)
    return text.translate(dict.fromkeys(map(ord, controls), "\ufffd"))


def _in_workbook(content: bytes, most_rows: int) -> Iterator[Row]:
    _refuse_bomb(content)
    command = [sys.executable, "-I", workbook.__file__, str(most_rows)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(Reason.TOO_MUCH) from None
    if done.returncode in {workbook.TOO_MANY_ROWS, workbook.NO_TABLE}:
        raise Unreadable(
            Reason.TOO_MANY_ROWS if done.returncode == workbook.TOO_MANY_ROWS else Reason.NO_TABLE
        )
    if done.returncode:  # it asked for more memory or time than it may have
        raise Unreadable(Reason.TOO_MUCH)
    yield from ((number, cells) for number, cells in json.loads(done.stdout))


def _refuse_bomb(content: bytes) -> None:
    """Raise Unreadable for what says itself that it unpacks to too much, and for what is no spreadsheet."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            is_sheet = _is_spreadsheet(package)
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable(Reason.NO_TABLE) from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unreadable(Reason.TOO_MUCH)
    if not is_sheet:
        raise Unreadable(Reason.NO_TABLE)


def _is_spreadsheet(package: ZipFile) -> bool:
    names = set(package.namelist())
    if "mimetype" not in names:
        return "xl/workbook.xml" in names
    with package.open("mimetype") as inside:
        return inside.read(len(_ODS) + 1).strip() == _ODS
