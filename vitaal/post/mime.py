"""A letter as the bytes that travel over SMTP: the same words as plain text and as HTML, and for the calendar."""

import re
from email.header import Header
from email.headerregistry import Address
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr

from vitaal.post.models import Letter

_ON_THE_WIRE = compat32.clone(linesep="\r\n", max_line_length=998)


def message_of(letter: Letter, sender: str) -> bytes:
    """The whole mail; the same letter always gives the same Message-ID and date.

    `sender` is "Name <address>". Raises ValueError when the address for answers is not exactly one address.

    With an address to unsubscribe, mail programs get their own button (RFC 8058).
    """
    message = MIMEMultipart("alternative")
    message["From"] = _with_name(sender)
    message["To"] = letter.recipient
    if letter.reply_to:
        message["Reply-To"] = str(Address(addr_spec=letter.reply_to))
    message["Subject"] = Header(letter.subject, None if letter.subject.isascii() else "utf-8").encode()
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.created_at)
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.attach(MIMEText(letter.text, "plain", "utf-8"))
    message.attach(MIMEText(letter.html, "html", "utf-8"))
    if letter.calendar:
        message.attach(_invitation(letter.calendar))
    return message.as_bytes(policy=_ON_THE_WIRE)


def address_in(sender: str) -> str:
    """The bare address of "Name <address>"."""
    return parseaddr(sender)[1]


def _invitation(calendar: str) -> MIMEText:
    """The last alternative: mail programs show it with buttons of their own, and put it in the calendar (RFC 6047)."""
    part = MIMEText(calendar, "calendar", "utf-8")
    method = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    if method:
        part.set_param("method", method[1])
    return part


def _with_name(sender: str) -> str:
    name, address = parseaddr(sender)
    return formataddr((name, address))
