"""A secret address with which someone's own calendar program follows what is planned here."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock, tokens
from vitaal.kernel.db import Base, Tenant, db
from vitaal.workspaces.models import Membership

PURPOSE = "calendar"


class FeedKind(StrEnum):
    """What a calendar shows."""

    MINE = "mine"
    WORKSPACE = "workspace"


class CalendarFeed(Tenant, Base):
    """A feed of one member; of its secret only the hash is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    member_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    kind: Mapped[str]
    hash: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]

    @classmethod
    def make(cls, kind: FeedKind, *, by: Membership) -> str:
        """Make a feed for a member with an account. Returns its secret, which can't be read again."""
        secret = tokens.fresh_secret(PURPOSE)
        db.session.add(cls(member_id=by.id, person_id=by.person_id, kind=kind, hash=secret.hash))
        db.session.flush()
        return secret.plain

    def revoke(self) -> None:
        """Make its address worth nothing, from now on."""
        self.revoked_at = self.revoked_at or clock.now()
