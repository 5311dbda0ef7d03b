"""A document as OpenDocument text, for those who go on writing in it: real headings, lists and tables (DOC-04)."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from odfdo import Cell, Element, Frame, Header, List, ListItem, Paragraph, Row, Table
from odfdo import Document as Odf

from vitaal.kernel.plain_text import in_xml
from vitaal.pages import document as shape
from vitaal.pages.document import Block, Document, Entries, Entry, Figures, Picture, Quote, Section, Text
from vitaal.pages.pictures.alone import alone
from vitaal.pages.pictures.drawn import draw
from vitaal.pages.rendering.odt_styles import add_styles, column_style
from vitaal.pages.rendering.words import in_words, paragraphs
from vitaal.pages.theme import Tokens

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_PICTURE_SIDE = "10cm"


def odt(document: Document, *, tokens: Tokens) -> bytes:
    """The text document in the colours of a workspace. Raises KeyError when a picture can't be drawn."""
    document = shape.from_json(_writable(shape.to_json(document)))
    made = Odf("text")
    made.language = _LANGUAGES.get(document.language, document.language)
    made.meta.title = document.title
    made.meta.generator = "Vitaal"
    add_styles(made, tokens)
    made.body.clear()
    for element in _Writing(made, document.language, tokens).whole(document):
        made.body.append(element)
    into = BytesIO()
    made.save(into)
    return into.getvalue()


def _writable(kept: Any) -> Any:
    """The same data without what XML can't hold."""
    if isinstance(kept, str):
        return in_xml(kept.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(kept, dict):
        return {name: _writable(value) for name, value in kept.items()}
    return [_writable(value) for value in kept] if isinstance(kept, list | tuple) else kept


class _Writing:
    """The elements of one document, in order; pictures and widths of columns are put into the file on the way."""

    def __init__(self, made: Odf, language: str, tokens: Tokens) -> None:
        self._made, self._language, self._tokens = made, language, tokens
        self._count = 0

    def whole(self, document: Document) -> Iterator[Element]:
        place = " · ".join(filter(None, (document.place, document.subplace)))
        yield Paragraph(place, style="Place")
        yield _heading(1, document.title)
        if document.lead:
            yield Paragraph(document.lead, style="Lead")
        if document.aside:
            yield Paragraph(document.aside, style="Remark")
        for section in document.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[Element]:
        yield _heading(2, section.title)
        yield from _running(section.words, "Own_20_words")
        for block in section.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Text():
                yield from _running(block.text)
            case Figures():
                yield from _figures(block)
            case Entries():
                yield from _entries(block)
            case Quote():
                yield from _running(block.text, "Quotations")
                if block.by:
                    yield Paragraph(block.by, style="Quoted_20_person")
            case Picture():
                yield from self._picture(block)
            case shape.Table():
                yield Paragraph(block.caption, style="Caption")
                yield self._table(block)

    def _picture(self, picture: Picture) -> Iterator[Element]:
        self._count += 1
        name = f"Pictures/{picture.name}-{self._count}.svg"
        self._made.container.set_part(name, alone(draw(picture, "picture"), self._tokens).encode())  # type: ignore[union-attr]  # it was opened
        self._made.manifest.add_full_path(name, "image/svg+xml")
        frame = Frame.image_frame(name, size=(_PICTURE_SIDE, _PICTURE_SIDE), anchor_type="as-char")
        frame.svg_title = picture.caption or picture.alt
        frame.svg_description = picture.alt
        holder = Paragraph(style="Text_20_body")
        holder.append(frame)
        yield holder
        if picture.caption:
            yield Paragraph(picture.caption, style="Caption")

    def _table(self, table: shape.Table) -> Element:
        self._count += 1
        made = Table(f"{table.key}-{self._count}")
        whole = sum(head.width for head in table.heads)
        for head in table.heads:
            column = Element.from_tag("table:table-column")
            column.set_attribute("table:style-name", column_style(self._made, head.width / whole))
            made.append(column)
        heads = Element.from_tag("table:table-header-rows")
        heads.append(_row([_text_cell(head.name, "Table_20_Heading") for head in table.heads]))
        made.append(heads)
        for row in table.rows:
            made.append(_row([self._cell(value) for value in row]))
        return made

    def _cell(self, value: shape.Value) -> Cell:
        """A cell of its own type: days and numbers stay what they are."""
        if value is None or isinstance(value, str):
            return _text_cell(value or "", "Table_20_Contents")
        cell = Cell(value)
        cell.clear()
        kind = "date" if isinstance(value, date) else "float"
        cell.set_attribute("office:value-type", kind)
        cell.set_attribute("office:date-value" if kind == "date" else "office:value", str(value))
        cell.append(Paragraph(in_words(value, self._language), style="Table_20_Contents"))
        return cell


def _heading(level: int, title: str) -> Element:
    heading = Header(level, title)
    heading.set_attribute("text:style-name", f"Heading_20_{level}")
    return heading


def _running(text: str, style: str = "Text_20_body") -> Iterator[Element]:
    for paragraph in paragraphs(text):
        yield Paragraph(paragraph, style=style)


def _figures(block: Figures) -> Iterator[Element]:
    """Each number with its label on a line of its own."""
    for figure in block.figures:
        line = Paragraph(f"{figure.value} {figure.label}", style="Text_20_body")
        line.set_span("Figure", offset=0, length=len(figure.value))
        yield line


def _entries(block: Entries) -> Iterator[Element]:
    if block.title:
        yield _heading(3, block.title)
    if block.entries:
        entries = List(style="Numbering_20_1" if block.is_numbered else "List_20_1")
        for entry in block.entries:
            entries.append(_entry(entry))
        yield entries


def _entry(entry: Entry) -> Element:
    item = ListItem()
    item.append(Paragraph(entry.title, style="Entry" if entry.text or entry.remark else "Text_20_body"))
    for paragraph in _running(entry.text):
        item.append(paragraph)
    if entry.remark:
        item.append(Paragraph(entry.remark, style="Remark"))
    return item


def _row(cells: list[Cell]) -> Row:
    row = Row()
    for cell in cells:
        row.append(cell)
    return row


def _text_cell(text: str, style: str) -> Cell:
    cell = Cell()
    cell.set_attribute("office:value-type", "string")
    cell.append(Paragraph(text, style=style))
    return cell
