"""What mail servers say became of a letter: delivery reports (RFC 3464), answers over SMTP, and what both mean.

An address only counts as gone when a server says that it does not exist, now or ever again. A full mailbox, a refusal
of the content (5.7) or a server that is away says nothing about the address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from email_validator import EmailNotValidError

from vitaal.pages.forms import normal_address

# RFC 3463 and the registry that RFC 5248 began: what each says of the address.
_GONE = {
    "5.1.1",  # no such mailbox
    "5.1.2",  # no such domain
    "5.1.3",  # this can't be an address
    "5.1.6",  # moved, without a new address
    "5.1.10",  # the domain says that it takes no mail (RFC 7505)
    "5.2.1",  # the mailbox was closed
    "5.4.4",  # the domain can't be found
}
# Servers that say nothing more precise than "5.0.0" (Exim), or hide it behind another code (Exchange Online: 5.4.1).
_VAGUE = {"", "5.0.0", "5.1.0", "5.5.0"}
_SAYS_GONE = re.compile(
    r"user unknown|unknown user|unknown (?:recipient|mailbox|address)|unrouteable address"
    r"|no such (?:user|recipient|mailbox|address|person)|invalid (?:recipient|mailbox)|mailbox not found"
    r"|(?:user|recipient|mailbox|account|address)\b.{0,60}\b(?:does not|doesn't|not) (?:exist|found)",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_US = re.compile(r"\bsender\b|\brelay", re.IGNORECASE)  # then it is we who are refused
_HIDDEN = re.compile(r"recipient address rejected: access denied", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_MOST_RECIPIENTS = 50


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that a report is about, and what it says; `is_gone` when the address does not exist."""

    addresses: frozenset[str]
    reason: str
    is_gone: bool


def failures(message: Message) -> Iterator[Failure]:
    """What a report says failed for good; nothing when it is no report, or tells of a delay or success."""
    for part in message.walk():
        blocks = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
            for block in blocks[:_MOST_RECIPIENTS]:
                if isinstance(block, Message) and _word(block, "Action") == "failed":
                    yield _failure(block)
            return


def is_gone(status: str, said: str) -> bool:
    """Whether a status code ("5.1.1", or "" without one) and the words with it mean that an address does not exist."""
    if status in _VAGUE:
        within = _STATUS.search(said)
        inner = ".".join(within.groups()) if within else ""
        says_gone = _SAYS_GONE.search(said) and not _ABOUT_US.search(said)
        return inner in _GONE or (inner in _VAGUE and bool(says_gone))
    return status in _GONE or (status == "5.4.1" and bool(_HIDDEN.search(said)))


def is_gone_over_smtp(code: int, said: str) -> bool:
    """Whether a refusal of a recipient, while a letter is offered, means that the address does not exist."""
    found = _STATUS.search(said)
    return code in {550, 551, 553, 556} and is_gone(".".join(found.groups()) if found else "", said)


def _failure(block: Message) -> Failure:
    said = " ".join(str(block.get("Diagnostic-Code", "")).split())
    found = _STATUS.search(str(block.get("Status", "")))
    status = ".".join(found.groups()) if found else ""
    named = {_address(block, "Final-Recipient"), _address(block, "Original-Recipient")} - {""}
    visible = "".join(letter for letter in f"{status} {said}" if letter.isprintable())
    return Failure(frozenset(named), visible.strip()[:500], is_gone(status, said))


def _word(block: Message, name: str) -> str:
    return str(block.get(name, "")).partition("(")[0].strip().lower()


def _address(block: Message, name: str) -> str:
    """The address in "rfc822; truus@example.nl"; '' when there is none."""
    typed = str(block.get(name, "")).rpartition(";")[2].strip().strip("<>")
    try:
        return normal_address(typed)
    except EmailNotValidError:
        return ""
