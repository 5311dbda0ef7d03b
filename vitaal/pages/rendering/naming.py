"""What the file of a document is called."""

from slugify import slugify

from vitaal.pages.document import Document

_LONGEST = 60  # letters of each part


def file_name(document: Document, ending: str) -> str:
    """`voortgang-samen-in-lindewaard-2026-11-23.pdf`: ASCII, lower case, with an ISO date (DOC-07)."""
    parts = (document.title, document.place, document.made_on.isoformat())
    slugs = [slugify(part, max_length=_LONGEST, word_boundary=True) for part in parts]
    return f"{'-'.join(filter(None, slugs))}.{ending}"
