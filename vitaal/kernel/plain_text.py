"""Plain text: from the bytes of a file, whatever program saved it, and into a file that can't hold every character."""

import re

from charset_normalizer import from_bytes

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode(content: bytes) -> str:
    """The text, without its byte order mark; letters that can't be read become U+FFFD."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=["cp1252", "mac_roman"]).best()
        return str(best) if best else content.decode("cp1252", errors="replace")


def in_xml(text: str) -> str:
    """The text with U+FFFD for each character that XML can't hold, such as control characters."""
    return _NOT_IN_XML.sub("\ufffd", text)
