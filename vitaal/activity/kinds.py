"""Which kinds of files people may share, and how we speak of them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what browsers call it, how its names end (the usual one first), a word and an icon."""

    media_type: str
    endings: tuple[str, ...]
    word: Any
    icon: str

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_TEXT, _SHEET, _SLIDES = _l("tekst"), _l("rekenblad"), _l("presentatie")

KINDS = {
    kind.media_type: kind
    for kind in (
        FileKind("application/pdf", (".pdf",), _l("pdf"), "file-pdf"),
        FileKind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), _l("foto"), "image"),
        FileKind("image/png", (".png",), _l("afbeelding"), "image"),
        FileKind("image/webp", (".webp",), _l("afbeelding"), "image"),
        FileKind("image/gif", (".gif",), _l("afbeelding"), "image"),
        FileKind(f"{_OFFICE}.wordprocessingml.document", (".docx",), _TEXT, "file-text"),
        FileKind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _SHEET, "table"),
        FileKind(f"{_OFFICE}.presentationml.presentation", (".pptx",), _SLIDES, "presentation"),
        FileKind(f"{_ODF}.text", (".odt",), _TEXT, "file-text"),
        FileKind(f"{_ODF}.spreadsheet", (".ods",), _SHEET, "table"),
        FileKind(f"{_ODF}.presentation", (".odp",), _SLIDES, "presentation"),
        FileKind("application/msword", (".doc",), _TEXT, "file-text"),
        FileKind("application/vnd.ms-excel", (".xls",), _SHEET, "table"),
        FileKind("application/vnd.ms-powerpoint", (".ppt",), _SLIDES, "presentation"),
        FileKind("text/plain", (".txt",), _TEXT, "file-text"),
        FileKind("text/csv", (".csv",), _SHEET, "file-csv"),
        FileKind("text/calendar", (".ics",), _l("afspraak"), "calendar-blank"),
    )
}
_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
ACCEPTED = ",".join(_BY_ENDING)  # what a browser offers to choose first

TEXTS = {ending: kind for ending, kind in _BY_ENDING.items() if kind.media_type.startswith("text/")}
OF_ODF = {media_type for media_type in KINDS if media_type.startswith(_ODF)}
# A file in the package that only this kind of document has.
OF_OFFICE = {
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}.presentationml.presentation",
}
# The name of a stream that only this kind of older document has.
OF_OLD_OFFICE = {
    "WordDocument".encode("utf-16-le"): "application/msword",
    "PowerPoint Document".encode("utf-16-le"): "application/vnd.ms-powerpoint",
    "Workbook".encode("utf-16-le"): "application/vnd.ms-excel",
}


def kind_of_ending(ending: str) -> FileKind | None:
    """The kind that a name with this ending (".pdf") promises, or None."""
    return _BY_ENDING.get(ending)
