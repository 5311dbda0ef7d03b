"""A small picture of an image, drawn anew: without where it was taken, by whom, or whatever else was hidden in it."""

from dataclasses import dataclass
from io import BytesIO
from struct import error as StructError  # noqa: N812 - it is a class

from flask_babel import gettext as _
from PIL import Image, ImageOps

SIDE = 640
MOST_PIXELS = 50_000_000  # a picture of more is refused: unpacked it would fill the memory
EASY_PIXELS = 25_000_000  # only a JPEG can be read small; other pictures of more get no preview
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MEDIA_TYPE = "image/webp"
# What Pillow raises about a picture that is damaged, or of which the notes of the camera (EXIF) are.
DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, StructError, TypeError, AttributeError,
)  # fmt: skip


class BadPicture(ValueError):
    """A picture that can't be opened, or not safely; the message says so."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture and its size."""

    content: bytes
    width: int
    height: int


def preview_of(content: bytes) -> Preview | None:
    """The preview of an image; None when the image is too large to make one quickly. Raises BadPicture."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            pixels = image.width * image.height
            if pixels > MOST_PIXELS:
                raise BadPicture(
                    _("Deze foto heeft te veel beeldpunten. Maak haar kleiner en probeer het opnieuw.")
                )
            if pixels > EASY_PIXELS and image.format != "JPEG":
                return None
            return _drawn_small(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture(
            _("Deze foto heeft te veel beeldpunten. Maak haar kleiner en probeer het opnieuw.")
        ) from None
    except DAMAGE as mistake:
        if isinstance(mistake, BadPicture):
            raise
        raise BadPicture(_("Deze foto kunnen we niet openen. Misschien is het bestand beschadigd.")) from None


def _drawn_small(image: Image.Image) -> Preview:
    image.draft("RGB", (SIDE, SIDE))
    upright = ImageOps.exif_transpose(image.convert("RGBA" if image.has_transparency_data else "RGB"))
    upright.thumbnail((SIDE, SIDE))
    fresh = Image.new(upright.mode, upright.size)
    fresh.paste(upright)
    written = BytesIO()
    fresh.save(written, "WEBP", quality=80)
    return Preview(written.getvalue(), fresh.width, fresh.height)
