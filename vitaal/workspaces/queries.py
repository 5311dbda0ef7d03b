"""What pages ask about workspaces, their partners and members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership, Workspace

_EVERYWHERE = {"across_workspaces": True}


def membership_in(slug: str, person_id: UUID) -> tuple[Workspace, Membership] | None:
    """The workspace at this address and the person's live membership of it; None when either is missing.

    Runs in the person's own context, so that a foreign workspace and an unknown one are the same.
    """
    found = db.session.execute(
        select(Workspace, Membership)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(
            Workspace.slug == slug,
            Workspace.founded_at.is_not(None),
            Membership.person_id == person_id,
            Membership.left_at.is_(None),
        ),
        execution_options=_EVERYWHERE,
    ).first()
    return (found[0], found[1]) if found else None


def my_workspaces(person_id: UUID) -> Sequence[tuple[Workspace, Membership]]:
    """Every founded workspace of which the person is a live member, by name."""
    rows = db.session.execute(
        select(Workspace, Membership)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(
            Membership.person_id == person_id,
            Membership.left_at.is_(None),
            Workspace.founded_at.is_not(None),
        )
        .order_by(Workspace.name),
        execution_options=_EVERYWHERE,
    ).all()
    return [(workspace, member) for workspace, member in rows]
