"""A table as an answer: a file to keep."""

from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile

from flask import Response, send_file

from vitaal.kernel.sheets import Value
from vitaal.kernel.sheets.writing import MEDIA_TYPES, Head, write

_IN_MEMORY = 1024 * 1024  # bytes; what is larger goes by way of the disk


def send(
    file_name: str, file_type: str, name: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]]
) -> Response:
    """A table under its heads, as CSV, XLSX or ODS. `file_name` is without its ending, `name` that of the sheet."""
    into = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it when it was sent
    write(file_type, into, name, heads, rows)
    into.seek(0)
    return send_file(
        into, MEDIA_TYPES[file_type], as_attachment=True, download_name=f"{file_name}.{file_type}"
    )
