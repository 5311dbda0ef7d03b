"""The address in a mail with which its reader, and nobody else, stops exactly that mail without signing in.

The secret is signed, lives as long as the installation's key, and authorises only that form (rule D-21).
"""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


@dataclass(frozen=True, slots=True)
class Stops:
    """What a secret stops: someone's digest or what they are told at once, about one workspace or about all."""

    person_id: UUID
    workspace_id: UUID | None
    at_once: bool


def secret_for(person_id: UUID, *, workspace_id: UUID | None = None, at_once: bool = False) -> str:
    """The secret in the links of a mail; for the same person and the same kind of mail always the same."""
    if workspace_id is None and not at_once:
        return str(_signer().dumps(person_id.hex))
    return str(_signer().dumps([person_id.hex, workspace_id.hex if workspace_id else "", at_once]))


def what_of(secret: str) -> Stops | None:
    """What this secret stops, or None when we never gave it."""
    try:
        said = _signer().loads(secret)
        if isinstance(said, str):
            return Stops(UUID(said), None, at_once=False)
        person, workspace, at_once = said
        return Stops(UUID(person), UUID(workspace) if workspace else None, at_once=bool(at_once))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="digests.stop")
