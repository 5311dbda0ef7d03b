"""Reading a PDF back, as a screen reader and an archive do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

PDF_UA = "http://www.aiim.org/pdfua/ns/id/"
PDF_A = "http://www.aiim.org/pdfa/ns/id/"


@dataclass(frozen=True)
class Read:
    """What stands in a PDF: its pages as text, and what programs read of it.

    `alts` are what pictures show in words, `scopes` those of the heads of tables; `fonts` says which are in the file.
    """

    pages: list[str]
    catalogue: Any
    title: str
    ua_part: str
    a_level: str
    bookmarks: list[str]
    tags: list[str]
    alts: list[str]
    scopes: list[str]
    fonts: dict[str, bool]
    colours: set[str]
    sizes: set[float]

    @property
    def text(self) -> str:
        """All words in order, one space between them; also those that go on in the next line."""
        return " ".join(" ".join(self.pages).split())


def read(made: bytes) -> Read:
    """Read a PDF back."""
    reader = PdfReader(BytesIO(made), strict=True)
    about = reader.xmp_metadata
    assert about
    assert about.dc_title
    elements = list(_elements(reader.root_object["/StructTreeRoot"]["/K"]))
    return Read(
        pages=[page.extract_text() for page in reader.pages],
        catalogue=reader.root_object,
        title=about.dc_title["x-default"],
        ua_part=_said(about.rdf_root, PDF_UA, "part"),
        a_level=_said(about.rdf_root, PDF_A, "part") + _said(about.rdf_root, PDF_A, "conformance"),
        bookmarks=list(_titles(reader.outline)),
        tags=[element["/S"].removeprefix("/") for element in elements],
        alts=[str(element["/Alt"]) for element in elements if element["/S"] == "/Figure"],
        scopes=[_scope(element) for element in elements if element["/S"] == "/TH"],
        fonts=dict(font for page in reader.pages for font in _fonts(page)),
        colours={colour for page in reader.pages for colour in _colours(page)},
        sizes={size for page in reader.pages for size in _sizes(page)},
    )


def _said(about: Any, namespace: str, name: str) -> str:
    found = about.getElementsByTagNameNS(namespace, name)
    return "".join(node.firstChild.data for node in found)


def _colours(page: PageObject) -> Iterator[str]:
    """The colours of what is filled, as #rrggbb."""
    content = page.get_contents()
    assert content is not None
    for numbers in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) scn", content.get_data()):
        yield "#" + "".join(f"{round(float(number) * 255):02x}" for number in numbers)


def _sizes(page: PageObject) -> Iterator[float]:
    """The sizes of the letters, in points."""
    content = page.get_contents()
    assert content is not None
    return (float(size) for size in re.findall(rb"/\S+ ([\d.]+) Tf", content.get_data()))


def _titles(outline: list[Any]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, Destination):
            yield str(item.title)
        else:
            yield from _titles(item)


def _elements(element: Any) -> Iterator[Any]:
    """The elements of the structure, in the order in which they are read."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for each in element:
            yield from _elements(each)
    elif isinstance(element, dict) and "/S" in element:
        yield element
        yield from _elements(element.get("/K", []))


def _scope(head: Any) -> str:
    said = head["/A"].get_object()
    attributes = [each.get_object() for each in said] if isinstance(said, list) else [said]
    return "".join(str(each["/Scope"]).removeprefix("/") for each in attributes if "/Scope" in each)


def _fonts(page: PageObject) -> Iterator[tuple[str, bool]]:
    """Each font with whether its letters are in the file."""
    for font in page["/Resources"].get("/Font", {}).values():
        for descended in font.get_object()["/DescendantFonts"]:
            about = descended.get_object()["/FontDescriptor"]
            yield about["/FontName"], "/FontFile2" in about or "/FontFile3" in about
