"""The three circles, and the periods in which a partner or a member stands in one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, update
from sqlalchemy.orm import Mapped

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db


class Circle(StrEnum):
    """Where a partner stands; the order is from the middle outwards (method: circles.yaml)."""

    INNER = "inner"
    OUTER = "outer"
    FREE = "free"

    @property
    def distance(self) -> int:
        """0 in the middle, then outwards."""
        return list(Circle).index(self)

    def further_out(self, other: "Circle") -> "Circle":
        """Whichever of the two lies further from the middle."""
        return max(self, other, key=lambda circle: circle.distance)


class CirclePeriod(Tenant, Base):
    """From when until when a partner stood in a circle, why, and who decided it.

    With `member_id` it is that member's own limit: further out than the partner on purpose, or `inner`, which
    means along with the partner. Periods are closed and never rewritten, so that what anyone could see on any
    past day can be rebuilt (see `workspaces.circles`).
    """

    __tablename__ = "circle_period"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "partner_id"], ["app.partner.workspace_id", "app.partner.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "member_id"], ["app.membership.workspace_id", "app.membership.id"]
        ),
    )

    partner_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    circle: Mapped[str]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    reason: Mapped[str]
    decided_by: Mapped[str]

    @classmethod
    def begin(
        cls, partner_id: UUID, circle: Circle, *, reason: str, decided_by: str, member_id: UUID | None = None
    ) -> None:
        """Close the running period of this partner (or member) and open the next one, at this moment."""
        now = clock.now()
        cls.close(partner_id, member_id, now)
        db.session.add(
            cls(
                partner_id=partner_id,
                member_id=member_id,
                circle=circle,
                from_at=now,
                reason=reason,
                decided_by=decided_by,
            )
        )
        db.session.flush()

    @classmethod
    def close(cls, partner_id: UUID, member_id: UUID | None = None, at: datetime | None = None) -> None:
        """Close the running period of this partner (or member), now or `at`; does nothing where none runs."""
        partners_own = (cls.partner_id == partner_id) & cls.member_id.is_(None)
        whose = partners_own if member_id is None else cls.member_id == member_id
        db.session.execute(update(cls).where(whose, cls.to_at.is_(None)).values(to_at=at or clock.now()))
