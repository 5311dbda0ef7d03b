"""What someone sends along: is it what it says it is, and may it stay?

What a file is follows from what is in it, never from its name alone. Only kinds that people need and that do
nothing by themselves are kept: no programs, no web pages, no documents with macros.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zlib import error as ZlibError  # noqa: N812 - it is a class

import puremagic
from flask_babel import gettext as _

from vitaal.activity.kinds import KINDS, OF_ODF, OF_OFFICE, OF_OLD_OFFICE, TEXTS, FileKind, kind_of_ending
from vitaal.activity.previews import BadPicture, Preview, preview_of
from vitaal.pages.forms import TURNS, UNSEEN

MOST = 10 * 1024 * 1024
LONGEST_NAME = 120


class Refused(ValueError):
    """A file that is not kept; the message says why and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may stay: under which name, what it is, what it holds, and of an image a preview."""

    name: str
    kind: FileKind
    content: bytes
    preview: Preview | None = None


def examine(sent_name: str, content: bytes) -> Upload:
    """See what a file is. `content` may be cut off after MOST + 1 bytes. Raises Refused."""
    if not content:
        raise Refused(_("Dit bestand is leeg. Kies een ander bestand."))
    if len(content) > MOST:
        raise Refused(too_large())
    name, ending = _split(clean_name(sent_name))
    kind = _recognise(content, ending)
    if kind is None:
        raise Refused(_disguised(ending) if kind_of_ending(ending) else _unknown())
    name = _fitting(name, ending, kind)
    if not kind.is_picture:
        return Upload(name, kind, content)
    try:
        return Upload(name, kind, content, preview_of(content))
    except BadPicture as reason:
        raise Refused(str(reason)) from None


def too_large() -> str:
    """What to say about a file that is too large."""
    return str(
        _("Dit bestand is te groot. Er past 10 MB in: maak het kleiner, of zet er een link naar neer.")
    )


def _unknown() -> str:
    return str(
        _(
            "Dit soort bestand bewaren we niet. Het kan wel met een pdf, een foto, een tekst, een rekenblad, een"
            " presentatie of een afspraak voor de agenda."
        )
    )


def _disguised(ending: str) -> str:
    return str(
        _(
            "Dit bestand heet %(ending)s, maar van binnen is het iets anders. Open het, bewaar het opnieuw en"
            " kies het dan nog eens.",
            ending=ending,
        )
    )


def _recognise(content: bytes, ending: str) -> FileKind | None:
    """What kind of file this is, from what is in it; of plain text only its ending tells which kind."""
    starts_like = {match.mime_type for match in _matches(content) if content.startswith(match.byte_match)}
    for media_type in ("application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"):
        if media_type in starts_like:
            return KINDS[media_type]
    if content.startswith(b"PK\x03\x04"):
        return _in_package(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((KINDS[kind] for mark, kind in OF_OLD_OFFICE.items() if mark in content), None)
    return _as_text(content, ending)


def _matches(content: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(content)
    except puremagic.PureError:
        return []


def _in_package(content: bytes) -> FileKind | None:
    """An office document is a zip; which one, its table of contents says. Nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as inside:
                    said = inside.read(100).decode("ascii").strip()
                return KINDS.get(said) if said in OF_ODF else None
    except (zipfile.BadZipFile, ZlibError, RuntimeError, OSError, EOFError, ValueError):
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((KINDS[kind] for part, kind in OF_OFFICE.items() if part in names), None)


def _as_text(content: bytes, ending: str) -> FileKind | None:
    kind = TEXTS.get(ending)
    text = _decoded(content)
    if kind is None or text is None or re.match(r"\s*(<|#!)", text) or _has_controls(text):
        return None
    if kind.media_type == "text/calendar" and not text.lstrip("\ufeff").startswith("BEGIN:VCALENDAR"):
        return None
    return kind


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _has_controls(text: str) -> bool:
    return any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text)


def clean_name(sent_name: str) -> str:
    """The last part of a name, without what nobody can see and without what turns the reading direction."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sent_name))[-1]
    seen = "".join(_visible(last))
    return re.sub(r"\s+", " ", seen).strip(" .")


def _visible(name: str) -> Iterator[str]:
    for letter in name:
        if letter not in TURNS and unicodedata.category(letter) not in {*UNSEEN, "Cf"}:
            yield letter


def _split(name: str) -> tuple[str, str]:
    """A name and its ending, in small letters and with its dot; no ending when there is none that looks like one."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        return name, ""
    return stem, f".{ending.lower()}"


def _fitting(stem: str, ending: str, kind: FileKind) -> str:
    """The name with an ending that tells what the file is. Raises Refused when it says something else."""
    if ending not in kind.endings:
        other = kind_of_ending(ending)
        if other and not (other.is_picture and kind.is_picture):
            raise Refused(_disguised(ending))
        stem = stem if other else stem + ending
        ending = kind.endings[0]
    stem = stem.rstrip(" .") or _("bestand")
    return stem[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
