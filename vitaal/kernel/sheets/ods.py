"""Tables as an OpenDocument spreadsheet (ODF 1.3), written as a stream.

The library for it, odfdo, needs half a minute for 2,000 actions and holds all of them in memory; a test reads what is
written here with it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from vitaal.kernel.sheets import Value

_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_CENTIMETRES = 0.2  # of one letter
_AT_ONCE = 200  # rows that are written together
_GAPS = re.compile(r"  +|^ |\t", re.MULTILINE)  # spaces that a reader would take for one, and tabs

_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MEDIA_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
_OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.3"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<office:automatic-styles>
<number:date-style style:name="day-as-written"><number:day number:style="long"/><number:text>-</number:text>
<number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/></number:date-style>
<number:text-style style:name="text-as-written"><number:text-content/></number:text-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="day-as-written"/>
<style:style style:name="text" style:family="table-cell" style:data-style-name="text-as-written">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
"""
_CLOSING = "</office:spreadsheet></office:body></office:document-content>"


def write_ods(
    into: IO[bytes], sheets: Sequence[tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[Value]]]]
) -> None:
    """Write sheets: a name, heads (name, width in letters) and rows of cells. Text holds only what XML can hold."""
    with ZipFile(into, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", _MEDIA_TYPE, ZIP_STORED)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        with package.open("content.xml", "w") as content:
            styles = "".join(_columns(number, heads) for number, (_, heads, _) in enumerate(sheets))
            opening = f"{_OPENING}{styles}</office:automatic-styles><office:body><office:spreadsheet>"
            content.write(opening.encode())
            for number, (name, heads, rows) in enumerate(sheets):
                content.write(_top(number, name, heads).encode())
                for some in _some_at_once(rows):
                    content.write("".join(map(_row, some)).encode())
                content.write(b"</table:table>")
            content.write(_CLOSING.encode())


def _columns(sheet: int, heads: Sequence[tuple[str, int]]) -> str:
    """The styles of the columns of a sheet."""
    return "".join(
        f'<style:style style:name="s{sheet}c{place}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _CENTIMETRES:.1f}cm"/></style:style>'
        for place, (_, width) in enumerate(heads)
    )


def _top(sheet: int, name: str, heads: Sequence[tuple[str, int]]) -> str:
    """A sheet as far as its first row."""
    columns = "".join(
        f'<table:table-column table:style-name="s{sheet}c{place}"/>' for place in range(len(heads))
    )
    cells = "".join(_text(head, "head") for head, _ in heads)
    return (
        f"<table:table table:name={quoteattr(name)}>{columns}"
        f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"
    )


def _some_at_once(rows: Iterable[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    some = []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    yield some


def _row(cells: Sequence[Value]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(value: Value) -> str:
    if isinstance(value, date):
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d-%m-%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return _text(value, "text") if value else "<table:table-cell/>"


def _text(text: str, style: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = "".join(f"<text:p>{_GAPS.sub(_gap, escape(line))}</text:p>" for line in lines)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}</table:table-cell>'


def _gap(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'
