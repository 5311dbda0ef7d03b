"""The address in every digest with which its reader, and nobody else, stops it without signing in.

The secret is signed, lives as long as the installation's key, and authorises only that form (rule D-21).
"""

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def secret_for(person_id: UUID) -> str:
    """The secret in the links of this person's digests; always the same."""
    return str(_signer().dumps(person_id.hex))


def person_of(secret: str) -> UUID | None:
    """Whose secret this is, or None."""
    try:
        return UUID(_signer().loads(secret))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="digests.stop")
