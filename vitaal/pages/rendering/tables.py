"""The tables of a document as a spreadsheet: a sheet for each table; as CSV a file for each table."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from vitaal.kernel.sheets import writing
from vitaal.pages.document import Document, Table

ZIP = "zip"
MEDIA_TYPES = {**writing.MEDIA_TYPES, ZIP: "application/zip"}


def tables_of(document: Document) -> list[Table]:
    """All tables of a document, in order."""
    return [block for section in document.sections for block in section.blocks if isinstance(block, Table)]


def tables(document: Document, file_type: str) -> tuple[bytes, str]:
    """The tables as "csv", "xlsx" or "ods", and the ending of the file: "zip" for the CSV files of several tables.

    Raises ValueError when the document has no table.
    """
    found = tables_of(document)
    if not found:
        raise ValueError("There is no table in this document.")
    if file_type == "csv" and len(found) > 1:
        return _zipped(found), ZIP
    into = BytesIO()
    writing.write_sheets(file_type, into, [_sheet(table) for table in found])
    return into.getvalue(), file_type


def _sheet(table: Table) -> writing.Sheet:
    heads = [writing.Head(head.name, head.width) for head in table.heads]
    return writing.Sheet(table.caption, heads, table.rows)


def _zipped(found: list[Table]) -> bytes:
    """A file for each table, named by its key; a second one of the same key gets a number."""
    into = BytesIO()
    names = writing.different([table.key for table in found])
    with ZipFile(into, "w", ZIP_DEFLATED) as package:
        for name, table in zip(names, found, strict=True):
            content = BytesIO()
            writing.write_sheets("csv", content, [_sheet(table)])
            package.writestr(f"{name}.csv", content.getvalue())
    return into.getvalue()
