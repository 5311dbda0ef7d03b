"""From the bytes of a text file to its text, whatever program saved it."""

from charset_normalizer import from_bytes

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes) -> str:
    """The text, without its byte order mark; letters that can't be read become U+FFFD."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=["cp1252", "mac_roman"]).best()
        return str(best) if best else content.decode("cp1252", errors="replace")
