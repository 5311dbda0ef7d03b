"""Addresses of our own, each made for one thing: where an answer goes, and where a letter comes back to.

The part before the @ is a word, a plus and a token: the id of the thing with a signature, so that nobody can make
up an address of ours. Mail servers may change capitals, so they mean nothing here.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from itsdangerous import Signer
from itsdangerous.encoding import base64_decode

from vitaal.settings import Settings

_OF_ID = 16
_OF_SIGNATURE = 10


class For(StrEnum):
    """What an address of ours is for: answering a notice, or hearing that a letter came back."""

    ANSWERS = "antwoord"
    RETURNS = "terug"


@dataclass(frozen=True, slots=True)
class OurAddress:
    """What an address turned out to be: for answers to the notice, or returns of the letter, with this id."""

    use: For
    id: UUID


class OurAddresses:
    """Makes and reads the addresses of one installation, at the domain where it takes mail in."""

    def __init__(self, domain: str, key: str) -> None:
        """`domain` is where mail comes in; `key` is the secret of the installation."""
        self._domain = domain
        self._key = key

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """Those of this installation; None when it can't take mail in."""
        return cls(settings.mail_domain, settings.signing_key()) if settings.mail_domain else None

    def address(self, use: For, about: UUID) -> str:
        """The address for one thing: at most 64 letters before the @ (RFC 5321)."""
        token = base64.b32encode(about.bytes + self._signature(use, about.bytes))
        return f"{use}+{token.decode().rstrip('=').lower()}@{self._domain}"

    def read(self, address: str) -> OurAddress | None:
        """What an address is for; None when it is not one of ours, or was made up."""
        local, _, domain = address.lower().rpartition("@")
        word, _, token = local.partition("+")
        if domain != self._domain or word not in set(For):
            return None
        try:
            content = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        except (binascii.Error, ValueError):
            return None
        about, signature = content[:_OF_ID], content[_OF_ID:]
        use = For(word)
        if len(about) != _OF_ID or not hmac.compare_digest(signature, self._signature(use, about)):
            return None
        return OurAddress(use, UUID(bytes=about))

    def _signature(self, use: For, about: bytes) -> bytes:
        """The first 80 bits of an HMAC with a key for this use only."""
        signer = Signer(self._key, salt=f"mail to {use}", key_derivation="hmac", digest_method=hashlib.sha256)
        return base64_decode(signer.get_signature(about))[:_OF_SIGNATURE]
