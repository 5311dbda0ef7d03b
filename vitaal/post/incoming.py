"""A mail that came in, as far as we look at it. Whatever bytes arrive, reading them never fails.

The older of the two parsers in the standard library is used, because the newer one raises on headers that are broken.
"""

import codecs
import hashlib
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

import nh3
from email_validator import EmailNotValidError

from vitaal.pages.forms import clean, is_visible, normal_address

_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol"}
_NOT_SAID = {"script", "style", "title", "blockquote"}
_ENDS_LINE = re.compile(r"<br>|</(?:p|div|li|tr|h[1-6]|pre|table|ul|ol)>")
_TAG = re.compile(r"<[^>]*>")
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # nobody means the control characters of Latin-1
_NO_WAY_TO_WRITE = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
_MOST_PARTS = 100
_MOST_LETTERS = 60_000  # a letter of ours is quoted in far fewer


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail that came in. `sender` is the one address that it says to be from, or '' when it says none or more.

    `text` is what it says, quotes and all; `file_names` are its attachments, without pictures inside the text.
    `is_report` when it tells what became of another mail (RFC 3464); `is_automatic` when no human wrote it.
    """

    message_id: str
    sender: str
    is_automatic: bool
    is_report: bool
    text: str
    file_names: Sequence[str]
    message: Message


def read(content: bytes, envelope_sender: str) -> Incoming:
    """Read a mail as it came over the line; `envelope_sender` is '' for what may never be answered."""
    message = message_from_bytes(content)
    parts = list(_parts(message))
    return Incoming(
        message_id=_message_id(message, content),
        sender=_sender(message),
        is_automatic=not envelope_sender or _says_automatic(message),
        is_report=message.get_content_type() == "multipart/report",
        text=_text(parts),
        file_names=[_file_name(part) for part in parts if _is_attachment(part)],
        message=message,
    )


def _message_id(message: Message, content: bytes) -> str:
    """The mail's own id; of what has none, or a strange one, what its content makes."""
    own = _header(message, "Message-ID").strip()
    return own if 0 < len(own) <= 250 and own.isprintable() else hashlib.sha256(content).hexdigest()


def _sender(message: Message) -> str:
    addresses = [
        address for _, address in getaddresses([str(value) for value in message.get_all("From", [])])
    ]
    try:
        return normal_address(addresses[0]) if len(addresses) == 1 else ""
    except EmailNotValidError:
        return ""


def _says_automatic(message: Message) -> bool:
    """RFC 3834, and what programs did before it."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or "X-Autoreply" in message
        or "X-Autorespond" in message
        or "List-Id" in message
        or _header(message, "Precedence").strip().lower() in {"bulk", "junk", "list", "auto_reply"}
    )


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, not those of a mail inside the mail."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [child for child in part.get_payload() if isinstance(child, Message)]
        else:
            yield part


def _is_attachment(part: Message) -> bool:
    """What someone sent along: not the text, and not a picture in a signature or a key or card that goes with it."""
    if part.get_content_disposition() == "attachment":
        return part.get_content_type() not in {"application/pgp-keys", "application/pkcs7-signature"}
    is_said = part.get_content_type() in {"text/plain", "text/html", "text/calendar"}
    return bool(part.get_filename()) and not is_said and "Content-ID" not in part and not _is_picture(part)


def _is_picture(part: Message) -> bool:
    return part.get_content_maintype() == "image" and part.get_content_disposition() == "inline"


def _file_name(part: Message) -> str:
    name = part.get_filename()
    return "".join(letter for letter in str(name or "") if letter.isprintable())[:100]


def _text(parts: Sequence[Message]) -> str:
    """The plain text, else what the HTML says without what it quotes."""
    said = [part for part in parts if part.get_content_disposition() != "attachment"]
    for content_type, as_text in (("text/plain", _plain), ("text/html", _without_tags)):
        texts = [as_text(part) for part in said if part.get_content_type() == content_type]
        if any(text.strip() for text in texts):
            return _visible("\n".join(texts))
    return ""


def _plain(part: Message) -> str:
    text = _decoded(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        return re.sub(r"(?m)^(?!-- $)([^>\n].*) \n(?=[^>\n])", r"\1 ", text)
    return text


def _without_tags(part: Message) -> str:
    safe = nh3.clean(_decoded(part), tags=_BLOCKS, clean_content_tags=_NOT_SAID, attributes={})
    flat = " ".join(safe.split())
    lines = _TAG.sub("", _ENDS_LINE.sub("\n", flat)).split("\n")
    return "\n".join(html.unescape(line).strip() for line in lines)


def _decoded(part: Message) -> str:
    """The words of a part: as it says they were written, else as they can have been."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    for charset in (_charset(part), "utf-8"):
        try:
            return _with_newlines(content.decode(charset))
        except UnicodeError:
            continue
    return _with_newlines(content.decode("cp1252", errors="replace"))


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _charset(part: Message) -> str:
    try:
        name = codecs.lookup(part.get_content_charset() or "utf-8").name
        "".encode(name)  # some codecs of Python turn bytes into bytes
    except (LookupError, UnicodeError, ValueError):
        return "utf-8"
    return "utf-8" if name in _NO_WAY_TO_WRITE else _AS_BROWSERS_DO.get(name, name)


def _visible(text: str) -> str:
    seen = "".join(letter for letter in text[:_MOST_LETTERS].replace("\xa0", " ") if is_visible(letter))
    return str(clean(seen))
