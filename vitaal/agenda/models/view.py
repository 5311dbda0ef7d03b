"""A view of the agenda that is kept under a name: what is shown, and how."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db
from vitaal.workspaces.models import Membership

MOST_VIEWS = 50


class AgendaView(Tenant, Base):
    """The query string of an agenda page under a name; of one member, or shared with everyone."""

    __tablename__ = "agenda_view"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    member_id: Mapped[UUID]
    name: Mapped[str]
    query: Mapped[str]
    is_shared: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @classmethod
    def keep(cls, name: str, query: str, *, by: Membership, is_shared: bool) -> None:
        """Keep a view; it takes the place of the member's own view of the same name."""
        db.session.execute(delete(cls).where(cls.member_id == by.id, cls.name == name))
        db.session.add(cls(member_id=by.id, name=name, query=query, is_shared=is_shared))
        db.session.flush()

    @classmethod
    def all(cls) -> Sequence["AgendaView"]:
        """The views that this reader may use, by name: their own and the shared ones."""
        return db.session.scalars(select(cls).order_by(cls.name, cls.id).limit(MOST_VIEWS)).all()
