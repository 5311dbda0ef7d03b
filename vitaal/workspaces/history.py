"""How a workspace's own changes reach its history: `activity` lies a layer above, so the app says who writes it down."""

from typing import Any
from uuid import UUID

from flask import current_app

from vitaal.workspaces.models import Circle, Membership

RECORD = "record"


def tell(
    verb: str,
    object_kind: str,
    object_name: str,
    *,
    by: Membership | str,
    object_id: UUID | None = None,
    circle: Circle = Circle.INNER,
    **detail: Any,
) -> None:
    """Write down what happened, in the same transaction as the change itself (see `activity.models.record`)."""
    write = current_app.extensions[RECORD]
    write(verb, object_kind, object_name, by=by, object_id=object_id, circle=circle, **detail)
