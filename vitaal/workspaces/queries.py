"""What pages ask about workspaces, their partners and members."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from vitaal.kernel.db import db
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.workspaces.models import Membership, Role, Workspace

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


def this_workspace() -> Workspace:
    """The workspace we are in."""
    return db.session.get_one(Workspace, the_workspace_id())


def live_members() -> Sequence[Membership]:
    """Every member who takes part now, by name, as far as the reader may see them."""
    return db.session.scalars(
        select(Membership).where(Membership.left_at.is_(None)).order_by(func.lower(Membership.name))
    ).all()


def helped_by(member: Membership) -> dict[UUID, str]:
    """The members who take part through this member's help, by id, with their names."""
    helped = select(Membership.id, Membership.name).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    return {row.id: row.name for row in db.session.execute(helped)}


def newcomers(member: Membership, since: datetime, limit: int = 30) -> Sequence[Membership]:
    """Who joined after a moment, newest first, with their partner; the member themselves is left out.

    The wall leaves out whom this member may not see.
    """
    return db.session.scalars(
        select(Membership)
        .where(Membership.joined_at > since, Membership.left_at.is_(None), Membership.id != member.id)
        .options(joinedload(Membership.partner))
        .order_by(Membership.joined_at.desc())
        .limit(limit)
    ).all()


def has_lead() -> bool:
    """Whether the workspace we are in has a lead."""
    leads = select(Membership.id).where(Membership.roles.contains([Role.LEAD]), Membership.left_at.is_(None))
    return bool(db.session.scalar(select(leads.exists())))
